import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What the API says to a body that is not as it should be: each mistake by its field, nothing half-written.
@Suite struct JSONBodyTests {
    private static func body(_ world: World, _ change: (String, String)? = nil) throws -> String {
        var members = [
            ("kind", "\"department\""), ("name", "\"Phòng Thử\""), ("parent", "\"\(try world.uid(.science))\""),
            ("from", "\"\(world.today)\""), ("secrecy", "\"internal\""),
        ]
        if let change {
            members.removeAll { $0.0 == change.0 }
            members.append(change)
        }
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func fields(_ reply: Reply) -> [String] {
        (reply.json["errors"] as? [[String: Any]] ?? []).map { "\($0["field"] ?? "") \($0["code"] ?? "")" }
    }

    private static func count(_ world: World) async throws -> Int {
        try await world.database.read { tx in try tx.first("SELECT COUNT(*) FROM unit")?.int(0) ?? 0 }
    }

    @Test func aGoodBodyMakesAUnit() async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(.post, "/api/v1/units", raw: Self.body(world))
            #expect(reply.status == 201)
            #expect(reply.location == "/api/v1/units/\(reply.json["uid"] ?? "")")
            #expect(reply.header("ETag") == "\"v1\"")
            #expect(reply.json["name"] as? String == "Phòng Thử")
        }
    }

    @Test(arguments: [
        ("", 400), ("   ", 400), ("null", 400), ("[]", 400), ("\"text\"", 400), ("42", 400), ("{", 400), ("{}}", 400),
        ("{\"name\":}", 400), ("{'name':'x'}", 400), ("{\"name\":\"x\",}", 400), ("{}", 422),
        ("{\"name\":\"\\u0000\"}", 422),
        ("{\"name\":\"\\ud800\"}", 422), (String(repeating: "[", count: 50_000), 400),
        ("{\"name\":" + String(repeating: "[", count: 2_000) + String(repeating: "]", count: 2_000) + "}", 422),
    ])
    func whatIsNoObjectOfTextsIsRefused(_ text: String, _ status: Int) async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(.post, "/api/v1/units", raw: text)
            let isRefused = reply.status == status || (status == 422 && reply.status == 400)
            #expect(isRefused, "\(text.prefix(40)): \(reply.status)")
            #expect(reply.header("Content-Type") == "application/problem+json")
            #expect(try await Self.count(world) == Place.allCases.count)
        }
    }

    /// A comma at the end and half a surrogate: RFC 8259 refuses them, and so do we, though Foundation's decoder does not.
    @Test(arguments: [",", ",\"name\":\"\\ud800\""])
    func whatFoundationForgivesIsNotJSON(_ rest: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let text = String(try Self.body(world, rest == "," ? nil : ("name", "\"\\ud800\"")).dropLast())
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", raw: text + (rest == "," ? ",}" : "}"))
            #expect([400, 422].contains(reply.status), "\(reply.status)")
        }
    }

    @Test func bytesThatAreNotUTF8AreRefused() async throws {
        try await World.with(.sqlite) { world async throws in
            let bytes = Array("{\"name\":\"".utf8) + [0xFF] + Array("\"}".utf8)
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", headers: [.contentType: "application/json"], body: bytes)
            #expect(reply.status == 400)
        }
    }

    @Test(arguments: [
        (("name", "\"Một\",\"name\":\"Hai\""), "name field.doubled"),
        (("n\\u0061me", "\"Hai\",\"name\":\"Một\""), "name field.doubled"),
        (("colour", "\"red\""), "colour field.unknown_name"), (("name", "null"), "name field.missing"),
        (("name", "[\"x\"]"), "name field.type"), (("name", "{\"x\":1}"), "name field.type"),
        (("name", "1.5"), "name field.type"), (("name", "\"   \""), "name field.missing"),
        (("name", "\"a\\u0007b\""), "name field.unreadable"), (("name", "\"a\\u0000b\""), "name field.unreadable"),
        (("kind", "\"planet\""), "kind field.choice"), (("from", "\"2025-02-31\""), "from field.day"),
        (("from", "20250701"), "from field.day"), (("secrecy", "\"top\""), "secrecy field.choice"),
        (("parent", "\"nowhere at all\""), "parent unit.error.parent_unknown"),
        (("latitude", "\"91\""), "latitude unit.error.degrees"),
        (("area_km2", "99999999999999999999999999"), "area_km2 field.type"),
        (("area_km2", "\"99999999999999999999999999\""), "area_km2 unit.error.area"),
        (("area_km2", "9223372036854775807"), "area_km2 unit.error.area"),
    ])
    func everyMistakeIsNamed(_ change: (String, String), _ problem: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", raw: Self.body(world, change))
            #expect(reply.status == 422, "\(change): \(reply.text)")
            #expect(Self.fields(reply).contains(problem), "\(change): \(Self.fields(reply))")
            #expect(try await Self.count(world) == Place.allCases.count)
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    func anotherKindOfBodyIsRefused(_ type: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", raw: Self.body(world), headers: [.contentType: type])
            #expect(reply.status == 415)
        }
    }

    @Test func theTypeMayNameItsCharacters() async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", raw: Self.body(world),
                headers: [.contentType: "Application/JSON; charset=utf-8"])
            #expect(reply.status == 201)
        }
    }

    @Test func decomposedNamesAreStoredComposed() async throws {
        try await World.with(.sqlite) { world async throws in
            let name = "Sở Y tế".decomposedStringWithCanonicalMapping
            let reply = try await world.api(as: .administrator).send(
                .post, "/api/v1/units", raw: Self.body(world, ("name", "\"\(name)\"")))
            let stored = reply.json["name"] as? String ?? ""
            #expect(Array(stored.utf8) == Array("Sở Y tế".precomposedStringWithCanonicalMapping.utf8))
        }
    }
}
