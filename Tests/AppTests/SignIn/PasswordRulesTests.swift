import Foundation
import Testing

@testable import App

@Suite struct PasswordRulesTests {
    private func keys(_ password: String, signIn: String = "an.nguyen") -> [String] {
        PasswordRules.problems(password, signIn: signIn).map(\.message.key)
    }

    @Test(arguments: [
        "mưa rào trên phố huyện", "correct horse battery", "tZ8#kQ2!vX9$", "con meo 1945 ngu say", "!@#$%^&*()_+",
    ])
    func aLongPasswordIsAccepted(_ password: String) { #expect(keys(password).isEmpty) }

    @Test func elevenCharactersAreTooFewAndTwelveAreEnough() {
        #expect(keys("kimono xanh") == ["signin.password.short"])
        #expect(keys("kimono xanh9").isEmpty)
    }

    @Test func charactersAreCountedAndNotBytesOrMarks() {
        #expect(keys("ngõ nhỏ phố".decomposedStringWithCanonicalMapping) == ["signin.password.short"])
        #expect(keys(String(repeating: "ngõ nhỏ ", count: 25)).isEmpty)
        #expect(keys(String(repeating: "ngõ nhỏ ", count: 25) + "x") == ["signin.password.long"])
    }

    @Test(arguments: [
        "123456789012", "matkhau123456", "Mật khẩu 123456", "password1234", "anhyeuem2025", "iloveyou1234",
        "qwertyuiop123", "Admin@123456", "vietnam123456", "matkhau!!!!!",
    ])
    func aFavouriteIsRefused(_ password: String) { #expect(keys(password) == ["signin.password.common"]) }

    @Test(arguments: ["aaaaaaaaaaaa", "abababababab", "abcdefghijkl", "lkjihgfedcba"])
    func aPatternIsRefused(_ password: String) { #expect(keys(password) == ["signin.password.pattern"]) }

    @Test func theSignInMustNotBeInIt() {
        #expect(keys("xin chào AN.NGUYEN nhé") == ["signin.password.has_sign_in"])
        #expect(keys("xin chào an.nguyen nhé", signIn: "binh").isEmpty)
    }

    @Test func theProblemNamesItsField() {
        #expect(PasswordRules.problems("ngắn", signIn: "", field: "again").first?.field == "again")
    }
}
