import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What every request meets on its way in and every answer on its way out.
@Suite struct DoorTests {
    private func with(_ body: (World) async throws -> Void) async throws { try await World.with(.sqlite, body) }

    // MARK: Host

    @Test func aRequestWithoutHostIsRefused() async throws {
        try await with { world async throws in
            #expect(try await world.door.send(.get, "/health", authority: nil).status == 400)
            #expect(try await world.door.send(.get, "/health", authority: "").status == 400)
        }
    }

    @Test(arguments: [
        "evil.example", "127.0.0.1.evil.example", "evil.example:8080", "localhost.evil.example", "[::2]", "12700.0.1",
    ])
    func aForeignHostIsRefused(_ host: String) async throws {
        try await with { world async throws in
            #expect(try await world.door.send(.get, "/health", authority: host).status == 400)
        }
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.1:8080", "localhost:9", "LOCALHOST", "[::1]:8080"])
    func loopbackHasManyNames(_ host: String) async throws {
        try await with { world async throws in
            #expect(try await world.door.send(.get, "/health", authority: host).status == 200)
        }
    }

    @Test func behindABaseURLOnlyItsNameIsOurs() async throws {
        try await World.with(.sqlite, configure: { $0.baseURL = URL(string: "https://resolute.example.vn") }) {
            world async throws in
            #expect(try await world.door.send(.get, "/health", authority: "resolute.example.vn").status == 200)
            #expect(try await world.door.send(.get, "/health", authority: "evil.example").status == 400)
            let page = try await world.door.send(.get, "/sign-in", authority: "resolute.example.vn")
            #expect(page.header("Strict-Transport-Security") != nil)
            #expect(page.all("Set-Cookie").allSatisfy { $0.hasPrefix("__Host-") && $0.contains("; Secure") })
        }
    }

    // MARK: Methods

    @Test func anotherMethodIsToldWhichAreAllowed() async throws {
        try await with { world async throws in
            let page = try await world.browser(as: .root).send(.delete, "/units")
            #expect(page.status == 405)
            #expect(page.header("Allow") == "GET, POST")
            let json = try await world.api(as: .root).send(.delete, "/api/v1/units")
            #expect(json.status == 405)
            #expect(json.header("Content-Type") == "application/problem+json")
            #expect(try await world.door.send(.init("BREW") ?? .get, "/health").status == 405)
        }
    }

    @Test func headIsAnsweredLikeGetWithoutABody() async throws {
        try await with { world async throws in
            for path in ["/units", "/health", "/assets/\(world.services.assets.version)/app.css", "/api/v1/units"] {
                let browser = try world.browser(as: .root)
                let got = try await browser.get(path), asked = try await browser.send(.head, path)
                #expect(asked.status == 200, "\(path)")
                #expect(asked.bytes.isEmpty)
                #expect(asked.header("ETag") == got.header("ETag"))
                #expect(asked.header("Content-Type") == got.header("Content-Type"))
                #expect(asked.header("Content-Length") == String(got.bytes.count))
            }
            #expect(try await world.browser(as: .root).send(.head, "/people/new").status == 200)
            #expect(try await world.browser().send(.head, "/units").status == 303)
        }
    }

    // MARK: Answers

    @Test func anUnchangedPageIsNotSentAgain() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .focal)
            let first = try await browser.get("/units")
            let tag = try #require(first.header("ETag"))
            let again = try await browser.get("/units", headers: [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.bytes.isEmpty)
            // Another person's page has another validator.
            let other = try await world.browser(as: .root).get("/units", headers: [.ifNoneMatch: tag])
            #expect(other.status == 200)
        }
    }

    @Test func aPageIsCompressedForWhoeverTakesIt() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .root)
            let plain = try await browser.get("/units")
            let small = try await browser.get("/units", headers: [.acceptEncoding: "br, gzip"])
            #expect(small.header("Content-Encoding") == "gzip")
            #expect(Array(small.bytes.prefix(2)) == [0x1F, 0x8B])
            #expect(small.bytes.count < plain.bytes.count / 2)
            #expect(plain.header("Content-Encoding") == nil)
            #expect(plain.header("Vary")?.contains("Accept-Encoding") == true)
        }
    }

    @Test func everyAnswerCarriesTheSecurityHeaders() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .root), nobody = try world.browser()
            let large = [UInt8](repeating: 65, count: Route.formLimit + 1)
            let replies = [
                try await browser.get("/"), try await browser.get("/nowhere"), try await nobody.get("/"),
                try await nobody.get("/sign-in"), try await browser.get("/units.csv"),
                try await browser.post("/units", ["kind": ""]),
                try await browser.post("/units", ["csrf": "wrong"]), try await browser.post("/units", raw: large),
                try await browser.send(.delete, "/"), try await world.api(as: nil).get("/api/v1/units"),
                try await world.api(as: .root).get("/api/v1/units"),
                try await world.door.send(.get, "/", authority: nil),
                try await nobody.get("/health"), try await nobody.get("/favicon.ico"),
                try await browser.get("/units", headers: [.ifNoneMatch: "*"]),
            ]
            #expect(Set(replies.map(\.status)) == [200, 301, 303, 304, 400, 401, 403, 404, 405, 413, 422])
            for reply in replies {
                let policy = reply.header("Content-Security-Policy") ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(policy.contains("form-action 'self'") && policy.contains("base-uri 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(reply.header("X-Content-Type-Options") == "nosniff", "\(reply.status)")
                #expect(reply.header("Referrer-Policy") == "same-origin")
                #expect(reply.header("X-Frame-Options") == "DENY")
                #expect(reply.header("Cross-Origin-Opener-Policy") == "same-origin")
                #expect(reply.header("Server") == nil)
            }
        }
    }

    /// Nothing of somebody's pages may stay in a cache that others share.
    @Test func personalAnswersAreNotShared() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .root)
            for path in ["/", "/units", "/units.csv", "/events", "/account", "/nowhere", "/api/v1/units", "/api/v1/me"]
            {
                let control = try await browser.get(path).header("Cache-Control") ?? ""
                #expect(control.contains("private") || control.contains("no-store"), "\(path): \(control)")
            }
        }
    }

    @Test func theFiguresAreForThisMachineOnly() async throws {
        try await with { world async throws in
            #expect(try await world.door.send(.get, "/metrics").status == 200)
            #expect(try await world.door.send(.get, "/metrics", peer: "192.0.2.7").status == 404)
        }
    }

    // MARK: What cannot be read

    @Test(arguments: [
        "/units/%00", "/units/%FF%FE", "/units/%", "/units/..%2F..%2Fetc", "/units/'%20OR%201=1", "/%F0%9F%98%80",
        "/units/\(String(repeating: "a", count: 5_000))",
    ])
    func aPathThatIsNoneIsNotFound(_ path: String) async throws {
        try await with { world async throws in
            let reply = try await world.browser(as: .root).get(path)
            #expect(reply.status == 404)
            #expect(!reply.text.isEmpty)
        }
    }

    @Test(arguments: [
        "/units?q=%FF", "/units?q=%00", "/units?q=%", "/units?q=a&q=b", "/units?%FF=1", "/units?sort=none",
        "/units?parent=42", "/units?on=31/2/2025", "/units?kind=planet", "/units?after=zzz", "/units?limit=0",
        "/units?limit=99999999999999999999", "/people?after=%21", "/people?sort=age", "/events?verb=eaten",
        "/events?from=x",
        "/units/tree?hierarchy=x", "/units/tree?open=1",
    ])
    func aQueryThatIsNoneIsNamed(_ path: String) async throws {
        try await with { world async throws in
            let reply = try await world.browser(as: .root).get(path)
            #expect(reply.status == 422, "\(path)")
            if path.hasPrefix("/units?") || path.hasPrefix("/events?") {
                let json = try await world.api(as: .root).get("/api/v1" + path)
                #expect(json.status == 422, "/api/v1\(path)")
                #expect((json.json["errors"] as? [Any])?.isEmpty == false)
            }
        }
    }

    @Test func tooMuchIsRefusedBeforeItIsRead() async throws {
        try await with { world async throws in
            let megabytes = [UInt8](repeating: UInt8(ascii: "a"), count: 10 * 1024 * 1024)
            let form = try await world.browser(as: .root).post("/units", raw: Array("name=".utf8) + megabytes)
            #expect(form.status == 413)
            #expect(form.header("Connection") == "close")
            let json = try await world.api(as: .root).send(.post, "/api/v1/units", body: megabytes)
            #expect(json.status == 413)
            #expect(json.json["status"] as? Int == 413)
            // Announced only: refused at the announcement.
            let announced = try await world.browser(as: .root).send(
                .post, "/units",
                headers: [.contentLength: "99999999", .contentType: "application/x-www-form-urlencoded"])
            #expect(announced.status == 413)
        }
    }

    @Test func aFormOfAnotherKindIsRefused() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .root)
            for type in ["application/json", "multipart/form-data; boundary=x", "text/plain"] {
                let reply = try await browser.post(
                    "/units", raw: Array("csrf=\(browser.csrf)".utf8), headers: [.contentType: type])
                #expect(reply.status == 415, "\(type)")
            }
        }
    }

    @Test func aFormThatIsNotUTF8IsRefused() async throws {
        try await with { world async throws in
            let browser = try world.browser(as: .root)
            let bytes = Array("csrf=\(browser.csrf)&name=".utf8) + [0xFF, 0xFE]
            #expect(try await browser.post("/units", raw: bytes).status == 400)
            let escaped = Array("csrf=\(browser.csrf)&name=%FF".utf8)
            #expect(try await browser.post("/units", raw: escaped).status == 422)
        }
    }

    // MARK: Language

    @Test func theLanguageIsTheBrowsersUntilSomebodyChooses() async throws {
        try await with { world async throws in
            let browser = try world.browser()
            let vietnamese = try await browser.get("/sign-in")
            #expect(vietnamese.header("Content-Language") == "vi")
            let english = try await browser.get("/sign-in", headers: [.acceptLanguage: "pl, en;q=0.8, vi;q=0.5"])
            #expect(english.header("Content-Language") == "en")
            #expect(english.text.contains("<html lang=\"en\""))
            #expect(try await browser.post("/language", ["language": "en"]).status == 303)
            #expect(try await browser.get("/sign-in").header("Content-Language") == "en")
        }
    }
}
