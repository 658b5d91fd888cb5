import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What was typed is not lost when the session ends, the password is wanted again, or the token of the page is old.
@Suite struct CarriedFormTests {
    private static func sameOrigin(_ site: String = "same-origin") -> HTTPFields {
        var headers = HTTPFields()
        if let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = site }
        return headers
    }

    private func unit(_ world: World) throws -> [(String, String)] {
        [
            ("kind", "department"), ("name", "Phòng <Thử> & \"Nghiệm\""), ("parent", try world.uid(.science).text),
            ("from", world.today.text), ("secrecy", "internal"), ("basis", "Căn cứ\r\nhai dòng"),
        ]
    }

    private func made(_ world: World) async throws -> Int {
        try await world.database.read { tx in
            try tx.first("SELECT COUNT(*) FROM unit_version WHERE name = \("Phòng <Thử> & \"Nghiệm\"")")?.int(0) ?? 0
        }
    }

    /// The hidden fields of a page, as a browser would send them.
    private func hidden(_ page: Reply) -> [(String, String)] {
        page.text.matches(of: #/<input type="hidden" name="([^"]*)" value="([^"]*)">/#).map { match in
            let value = String(match.2).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
            return (String(match.1), value)
        }.filter { $0.0 != "csrf" && $0.0 != "return" }
    }

    @Test(arguments: Engine.allCases) func aSessionThatEndsWhileTypingKeepsTheForm(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .administrator)
            world.clock.advance(world.services.configuration.limits.sessionIdle)
            let refused = try await browser.post("/units", form: try unit(world), headers: Self.sameOrigin())
            #expect(refused.status == 401)
            #expect(refused.header("Cache-Control") == "no-store")
            let signIn = [("sign_in", world.signIn(.administrator))]
            let wrong = try await browser.post(
                "/sign-in", form: hidden(refused) + signIn + [("password", "không phải mật khẩu")])
            #expect(wrong.status == 422)
            let page = try await browser.post("/sign-in", form: hidden(wrong) + signIn + [("password", World.password)])
            #expect(page.status == 200)
            #expect(page.text.contains("action=\"/units\""))
            #expect(try await made(world) == 0)
            #expect(try await browser.post("/units", form: hidden(page)).status == 303)
            #expect(try await made(world) == 1)
        }
    }

    @Test func aPasswordThatIsWantedAgainKeepsTheForm() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .administrator)
            let path = "/people"
            world.clock.advance(world.services.configuration.limits.confirmation)
            let fields = [
                ("name", "Trần Thị Mới"), ("title", "Chuyên viên"), ("unit", try world.uid(.science).text),
                ("from", world.today.text),
            ]
            let asked = try await browser.post(path, form: fields, headers: Self.sameOrigin())
            #expect(asked.status == 403)
            let page = try await browser.post("/confirmation", form: hidden(asked) + [("password", World.password)])
            #expect(page.status == 200)
            let brought = Dictionary(hidden(page)) { first, _ in first }
            #expect(brought == Dictionary(uniqueKeysWithValues: fields))
            #expect(try await browser.post(path, form: hidden(page)).status == 303)
        }
    }

    @Test func aFormOfAnOlderSessionCanBeSentAgain() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .administrator)
            let old = try unit(world) + [("csrf", "of-an-older-session")]
            let page = try await browser.post("/units", form: old, headers: Self.sameOrigin())
            #expect(page.status == 403)
            #expect(try await made(world) == 0)
            #expect(try await browser.post("/units", form: hidden(page)).status == 303)
            #expect(try await made(world) == 1)
        }
    }

    /// Otherwise a foreign page could put its words into the mouth of whoever signs in.
    @Test(arguments: ["cross-site", "same-site", "none", ""])
    func whatNoPageOfOursHasSentIsNotCarried(_ site: String) async throws {
        try await World.with(.sqlite) { world in
            let headers = site.isEmpty ? HTTPFields() : Self.sameOrigin(site)
            let stranger = try await world.browser().post("/units", form: try unit(world), headers: headers)
            #expect(stranger.status == 303)
            #expect(stranger.location?.hasPrefix("/sign-in") == true)
            let signedIn = try await world.browser(as: .administrator)
                .post("/units", form: try unit(world) + [("csrf", "x")], headers: headers)
            #expect(signedIn.status == 403)
            #expect(!signedIn.text.contains("Nghiệm"))
        }
    }

    @Test func secretsDoNotTravel() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .leader)
            world.clock.advance(world.services.configuration.limits.confirmation)
            let fields = [("password", "một mật khẩu rất dài"), ("again", "một mật khẩu rất dài")]
            let reply = try await browser.post("/account/password", form: fields, headers: Self.sameOrigin())
            #expect(reply.status == 303)
            #expect(!reply.text.contains("rất dài"))
        }
    }

    @Test(arguments: ["https://evil.example/units", "//evil.example", "/sign-in", "/confirmation", "", "units"])
    func aFormIsCarriedOnlyToAPageOfOurs(_ action: String) {
        let fields = Fields(raw: ["carried": action, "carried.name": "x"])
        #expect(CarriedForm(broughtBy: fields) == nil)
    }
}
