import Foundation

/// What a password must be (NIST SP 800-63B): long, not guessable from the account, not a favourite. No rules of
/// composition: they make passwords worse.
public enum PasswordRules {
    public static let length = 12...200

    /// What is wrong with a new password; empty when it may be used. `field` names the field of the form.
    public static func problems(_ password: String, signIn: String, field: String = "password") -> [Problem] {
        let clean = password.precomposedStringWithCanonicalMapping
        if clean.count < length.lowerBound {
            return [Problem(field, "signin.password.short", ["min": .number(length.lowerBound)])]
        }
        if clean.count > length.upperBound {
            return [Problem(field, "signin.password.long", ["max": .number(length.upperBound)])]
        }
        if !signIn.isEmpty, clean.lowercased().contains(signIn.lowercased()) {
            return [Problem(field, "signin.password.has_sign_in")]
        }
        let lower = clean.lowercased()
        if Set(lower).count <= 3 || isRun(lower) { return [Problem(field, "signin.password.pattern")] }
        // A favourite stays one when it is repeated or decorated: `matkhau123456`.
        let plain = bare(clean)
        let rest = favourites.reduce(plain) { $0.replacing($1, with: "") }
        if rest != plain, rest.count < 4 { return [Problem(field, "signin.password.common")] }
        return []
    }

    /// Lower case, no accents, only letters and digits.
    private static func bare(_ password: String) -> String {
        TextFold.fold(password).replacing(" ", with: "")
    }

    /// `abcdefghijkl`, `987654321…`: each character follows its neighbour.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }
        guard let first = steps.first, abs(first) <= 1 else { return false }
        return steps.allSatisfy { $0 == first }
    }

    /// Lower case and without accents, the longest first.
    private static let favourites: [String] = [
        "1234567890", "0123456789", "0987654321", "123456789", "987654321", "12345678", "87654321", "123456",
        "654321", "123123", "112233", "121212", "147258369", "987987", "111111", "000000", "666666", "888888",
        "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "1q2w3e4r", "abc123", "password", "passw0rd", "letmein",
        "welcome", "iloveyou", "dragon", "monkey", "football", "sunshine", "princess", "superman", "administrator",
        "admin", "administrative", "changeme", "secret", "default", "matkhaucuatoi", "matkhau", "anhyeuem",
        "emyeuanh", "yeuem", "vietnam", "hanoi", "saigon", "hochiminh", "congsan", "dangcongsan", "quyettam",
        "nghiquyet", "resolute", "xinchao", "khongbiet", "khongnho", "thanhcong", "mothaiba", "123qwe", "123",
        "2025", "2026",
    ].sorted { $0.count > $1.count }
}
