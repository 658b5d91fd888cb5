import Foundation

/// The word that somebody signs in with: 3 to 64 letters, digits and `. - _ @`, lower case.
public enum SignInName {
    /// What was typed as it is compared: NFC, lower case, no blanks at the ends. Says nothing about its shape.
    static func folded(_ typed: String) -> String {
        typed.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
            .lowercased().precomposedStringWithCanonicalMapping
    }

    /// Nil when it cannot be a sign-in.
    public static func normalised(_ typed: String) -> String? {
        guard typed.utf8.count <= 1_000 else { return nil }
        let name = folded(typed)
        guard (3...64).contains(name.unicodeScalars.count), name.unicodeScalars.allSatisfy(isAllowed) else {
            return nil
        }
        return name
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        ".-_@".unicodeScalars.contains(scalar) || scalar.properties.isAlphabetic
            || scalar.properties.generalCategory == .decimalNumber
    }
}
