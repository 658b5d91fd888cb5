import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Session, token, fresh password, and where a change comes from.
@Suite struct GuardsTests {
    private func with(_ body: (World) async throws -> Void) async throws { try await World.with(.sqlite, body) }

    private func unit(_ world: World) throws -> [(String, String)] {
        [
            ("kind", "department"), ("name", "Phòng Thử"), ("parent", try world.uid(.science).text),
            ("from", world.today.text), ("secrecy", "internal"),
        ]
    }

    private func count(_ world: World) async throws -> Int {
        try await world.database.read { tx in try tx.first("SELECT COUNT(*) FROM unit")?.int(0) ?? 0 }
    }

    // MARK: Forgery

    @Test func aFormWithoutOurTokenIsRefused() async throws {
        try await with { world async throws in
            let before = try await count(world)
            let browser = try world.browser(as: .administrator)
            let stranger = try world.browser(as: .leader)
            let right = browser.csrf
            for token in ["", "x", String(right.dropLast()), right + "x", right.uppercased(), stranger.csrf] {
                let reply = try await browser.post("/units", form: try unit(world) + [("csrf", token)])
                #expect(reply.status == 403, "\(token)")
            }
            let none = try unit(world).map { "\($0.0)=\(URLText.query($0.1))" }.joined(separator: "&")
            #expect(try await browser.post("/units", raw: Array(none.utf8)).status == 403)
            #expect(try await count(world) == before)
            #expect(try await browser.post("/units", form: try unit(world) + [("csrf", right)]).status == 303)
            #expect(try await count(world) == before + 1)
        }
    }

    /// With the token given twice neither counts.
    @Test func aDoubledTokenIsRefused() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .administrator)
            let pairs = try unit(world) + [("csrf", "x"), ("csrf", browser.csrf)]
            let status = try await browser.post("/units", form: pairs).status
            #expect([403, 422].contains(status))
            #expect(try await count(world) == Place.allCases.count)
        }
    }

    @Test(arguments: ["cross-site", "same-site", "something"])
    func aRequestFromAnotherSiteIsRefused(_ site: String) async throws {
        try await with { world async throws in
            var headers = HTTPFields()
            if let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = site }
            let reply = try await world.browser(as: .administrator).post(
                "/units", form: try unit(world), headers: headers)
            #expect(reply.status == 403)
            #expect(try await count(world) == Place.allCases.count)
        }
    }

    @Test(arguments: [
        ("http://evil.example", 403), ("http://127.0.0.1.evil.example", 403), ("garbage", 403),
        ("http://127.0.0.1:8080", 303), ("null", 303),
    ])
    func theOriginThatABrowserReportsMustBeOurs(_ origin: String, _ status: Int) async throws {
        try await with { world async throws in
            let reply = try await world.browser(as: .administrator).post(
                "/units", form: try unit(world), headers: [.origin: origin])
            #expect(reply.status == status)
        }
    }

    @Test func theSignInFormIsGuardedToo() async throws {
        try await with { world async throws in
            let fields = [("sign_in", world.signIn(.leader)), ("password", World.password)]
            #expect(try await world.browser().post("/sign-in", form: fields).status == 403)
            let browser = try world.browser()
            _ = try await browser.get("/sign-in")
            #expect(try await browser.post("/sign-in", form: fields + [("csrf", "x")]).status == 403)
            // The token of one browser is worth nothing with another's cookie.
            let other = try world.browser()
            _ = try await other.get("/sign-in")
            #expect(try await browser.post("/sign-in", form: fields + [("csrf", other.csrf)]).status == 403)
            #expect(try await browser.post("/sign-in", form: fields).status == 303)
            #expect(try await browser.get("/").status == 200)
        }
    }

    /// The API takes a session too, but only with the token in a header that no foreign form can set.
    @Test func aSessionOnTheAPINeedsTheHeader() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .administrator)
            let body = Array(JSONValue.object(try unit(world).map { ($0.0, .text($0.1)) }).text.utf8)
            var headers: HTTPFields = [.contentType: "application/json"]
            #expect(try await browser.send(.post, "/api/v1/units", headers: headers, body: body).status == 403)
            let name = try #require(HTTPField.Name("X-CSRF-Token"))
            headers[name] = "x"
            #expect(try await browser.send(.post, "/api/v1/units", headers: headers, body: body).status == 403)
            headers[name] = browser.csrf
            #expect(try await browser.send(.post, "/api/v1/units", headers: headers, body: body).status == 201)
        }
    }

    // MARK: Sessions and tokens

    @Test func whoHasNotSignedInComesBackAfterwards() async throws {
        try await with { world async throws in
            let reply = try await world.browser().get("/units?q=pleiku&sort=level")
            #expect(reply.status == 303)
            #expect(reply.location == "/sign-in?return=/units%3Fq%3Dpleiku%26sort%3Dlevel")
            let json = try await world.api(as: nil).get("/api/v1/units")
            #expect(json.status == 401)
            #expect(json.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        }
    }

    @Test func aTokenOpensTheAPIAndNoPage() async throws {
        try await with { world async throws in
            let program = try world.api(as: .leader)
            #expect(try await program.get("/api/v1/units").status == 200)
            #expect(try await program.get("/units").status == 403)
            #expect(try await program.get("/account").status == 403)
        }
    }

    @Test(arguments: ["Bearer", "Bearer x", "Bearer rsl_wrong", "Basic cm9vdDpyb290", "rsl_", "Bearer rsl_a rsl_b", ""])
    func aTokenThatOpensNothingIsRefused(_ header: String) async throws {
        try await with { world async throws in
            let reply = try await world.door.send(.get, "/api/v1/units", headers: [.authorization: header])
            #expect(reply.status == 401)
        }
    }

    @Test func aReadingTokenChangesNothing() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .administrator)
            let shown = try await browser.post("/tokens", ["name": "Đọc", "scope": "read", "days": "1"])
            let start = try #require(shown.text.range(of: "rsl_"))
            let secret = String(
                shown.text[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || "-_".contains($0) })
            var headers: HTTPFields = [.authorization: "Bearer \(secret)", .contentType: "application/json"]
            #expect(try await world.door.send(.get, "/api/v1/units", headers: headers).status == 200)
            let body = Array(JSONValue.object(try unit(world).map { ($0.0, .text($0.1)) }).text.utf8)
            #expect(try await world.door.send(.post, "/api/v1/units", headers: headers, body: body).status == 403)
            world.clock.advance(.seconds(86_401))
            headers[.contentType] = nil
            #expect(try await world.door.send(.get, "/api/v1/units", headers: headers).status == 401)
        }
    }

    @Test func wrongTokensAreCountedByAddress() async throws {
        try await with { world async throws in
            var statuses: [Int] = []
            for number in 0..<105 {
                statuses.append(
                    try await world.door.send(
                        .get, "/api/v1/units", headers: [.authorization: "Bearer rsl_\(number)"], peer: "192.0.2.9"
                    ).status)
            }
            let last = try await world.door.send(
                .get, "/api/v1/units", headers: [.authorization: "Bearer rsl_x"], peer: "192.0.2.9")
            #expect(last.status == 429)
            #expect(Int(last.header("Retry-After") ?? "").map { $0 > 0 } == true)
            #expect(statuses.first == 401)
        }
    }

    @Test func anOldPasswordIsAskedForAgainBeforeSensitiveActs() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .administrator)
            #expect(try await browser.get("/people/new").status == 200)
            world.clock.advance(.seconds(16 * 60))
            let reply = try await browser.get("/people/new")
            #expect(reply.location == "/confirmation?return=/people/new")
            #expect(try await browser.get("/units/new").status == 200)
            _ = try await browser.get("/confirmation?return=/people/new")
            #expect(
                try await browser.post("/confirmation", ["password": "không phải", "return": "/people/new"]).status
                    == 422)
            let confirmed = try await browser.post(
                "/confirmation", ["password": World.password, "return": "/people/new"])
            #expect(confirmed.location == "/people/new")
            #expect(try await browser.get("/people/new").status == 200)
        }
    }

    @Test func anUnusedSessionIsOver() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .leader)
            #expect(try await browser.get("/").status == 200)
            world.clock.advance(.seconds(2 * 3_600 + 60))
            #expect(try await browser.get("/").status == 303)
        }
    }
}
