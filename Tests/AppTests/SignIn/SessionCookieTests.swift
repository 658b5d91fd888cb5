import Foundation
import Storage
import Testing

@testable import App

@Suite struct SessionCookieTests {
    private var loopback: Configuration {
        Configuration(
            dataFolder: URL(filePath: "/tmp"), resources: URL(filePath: "/tmp"),
            database: DatabaseOptions(.sqlite(path: "/tmp/none")))
    }
    private var secure: Configuration {
        var configuration = loopback
        configuration.baseURL = URL(string: "https://resolute.example.vn")
        return configuration
    }

    @Test func overHttpsItIsBoundToTheHostAndUnreadableByScripts() {
        #expect(
            SessionCookie.set(Secret(text: "abc"), secure)
                == "__Host-resolute=abc; Path=/; HttpOnly; SameSite=Lax; Secure")
        #expect(SessionCookie.clear(secure).hasSuffix("; Secure; Max-Age=0"))
    }

    @Test func onPlainLoopbackItHasNoPrefixThatBrowsersWouldRefuse() {
        #expect(SessionCookie.set(Secret(text: "abc"), loopback) == "resolute=abc; Path=/; HttpOnly; SameSite=Lax")
    }

    @Test(
        arguments: [
            ("resolute=abc", "abc"), ("a=1; resolute=abc; b=2", "abc"), ("a=1;resolute=a=b", "a=b"),
            ("xresolute=1", nil), ("resolute", nil), ("resolute=", nil), ("", nil), (nil, nil),
            ("resolute=one; resolute=two", nil), ("resolute=one; a=1; resolute=one", nil),
        ] as [(String?, String?)])
    func theHeaderIsReadStrictly(_ header: String?, _ expected: String?) {
        #expect(SessionCookie.secret(in: header, loopback)?.text == expected)
    }

    @Test func anEndlessValueIsIgnored() {
        #expect(SessionCookie.secret(in: "resolute=" + String(repeating: "a", count: 201), loopback) == nil)
    }

    @Test func theLanguageCookieKnowsOurLanguagesOnly() {
        #expect(LanguageCookie.language(in: "resolute-language=en") == .english)
        #expect(LanguageCookie.language(in: "resolute-language=xx") == nil)
        #expect(LanguageCookie.set(.english, secure).contains("Max-Age=31536000"))
    }

    @Test func theFormTokenFollowsTheCookie() throws {
        let first = AnonymousCSRF(cookies: Cookies(header: nil))
        let planted = try #require(first.cookie).prefix { $0 != ";" }
        let second = AnonymousCSRF(cookies: Cookies(header: String(planted)))
        #expect(second.token == first.token)
        #expect(second.cookie == nil)
        #expect(AnonymousCSRF(cookies: Cookies(header: "resolute-form=short")).cookie != nil)
        #expect(!planted.contains(first.token))
    }

    @Test func theFormCookieIsBoundToTheHostOverHttps() throws {
        let cookie = try #require(AnonymousCSRF(cookies: Cookies(header: nil), secure: true).cookie)
        #expect(cookie.hasPrefix("__Host-resolute-form="))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
    }
}

@Suite struct ReturnPathTests {
    @Test(arguments: ["/", "/units", "/units?q=l%C3%A0o&x=1", "/units/1#a", "/%5Cevil"])
    func aPathOfOursIsKept(_ path: String) { #expect(ReturnPath.local(path) == path) }

    @Test(arguments: [
        "", "units", "//evil.example", "/\\evil.example", "/\\/evil", "https://evil.example", "javascript:alert(1)",
        "/a\\b", "/\t/evil.example", "/a\nSet-Cookie: x", " /units", "/lào", "/\u{0}",
    ])
    func whatCouldLeadElsewhereIsNot(_ path: String) { #expect(ReturnPath.local(path) == nil) }

    @Test(arguments: ["/sign-in", "/sign-in?return=/units", "/sign-out", "/confirmation?return=/x", "//evil", ""])
    func nobodyIsSentRoundInACircle(_ path: String) { #expect(ReturnPath.afterSignIn(path) == "/") }

    @Test func itIsBounded() { #expect(ReturnPath.local("/" + String(repeating: "a", count: 2_000)) == nil) }
}
