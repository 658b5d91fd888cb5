import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A request sent twice with the same key is done once.
@Suite struct IdempotencyTests {
    private static func send(
        _ world: World, as who: Who = .administrator, key: String, name: String
    ) async throws -> Reply {
        let header = try #require(HTTPField.Name("Idempotency-Key"))
        return try await world.api(as: who).send(
            .post, "/api/v1/units",
            json: [
                "kind": "department", "name": name, "parent": try world.uid(.science).text,
                "from": world.today.text, "secrecy": "internal",
            ], headers: [header: key])
    }

    private static func count(_ world: World, _ name: String) async throws -> Int {
        try await world.database.read { tx in
            try tx.first("SELECT COUNT(*) FROM unit_version WHERE name = \(name)")?.int(0) ?? 0
        }
    }

    @Test(arguments: Engine.allCases) func theSameRequestGetsTheSameAnswer(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let first = try await Self.send(world, key: "k1", name: "Phòng A")
            let second = try await Self.send(world, key: "k1", name: "Phòng A")
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(second.bytes == first.bytes)
            #expect(second.location == first.location)
            #expect(second.header("ETag") == first.header("ETag"))
            #expect(try await Self.count(world, "Phòng A") == 1)
        }
    }

    @Test(arguments: Engine.allCases) func anotherRequestWithTheKeyIsAConflict(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            #expect(try await Self.send(world, key: "k1", name: "Phòng A").status == 201)
            #expect(try await Self.send(world, key: "k1", name: "Phòng B").status == 409)
            #expect(try await Self.count(world, "Phòng B") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func sentManyTimesAtOnceItIsDoneOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<6 { group.addTask { try await Self.send(world, key: "once", name: "Phòng Một") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.map(\.status) == Array(repeating: 201, count: 6), "\(replies.map(\.text))")
            #expect(Set(replies.map(\.text)).count == 1)
            #expect(try await Self.count(world, "Phòng Một") == 1)
        }
    }

    @Test func aKeyBelongsToOnePerson() async throws {
        try await World.with(.sqlite) { world async throws in
            let mine = try await Self.send(world, key: "k", name: "Phòng A")
            let theirs = try await Self.send(world, as: .root, key: "k", name: "Phòng B")
            #expect(mine.status == 201 && theirs.status == 201)
            #expect(mine.text != theirs.text)
        }
    }

    /// A refusal is not remembered: mended, the request may be sent again with its key.
    @Test func aRefusedRequestMayBeSentAgain() async throws {
        try await World.with(.sqlite) { world async throws in
            #expect(try await Self.send(world, key: "k", name: "").status == 422)
            #expect(try await Self.send(world, key: "k", name: "Phòng A").status == 201)
        }
    }

    /// Today's rights decide: who has lost them does not get the old answer.
    @Test func theMemoryGivesNothingToWhoeverMayNoLonger() async throws {
        try await World.with(.sqlite) { world async throws in
            #expect(try await Self.send(world, key: "k", name: "Phòng A").status == 201)
            let office = try world.office(.administrator)
            try await world.database.write { tx in
                try tx.run(
                    "DELETE FROM access_grant WHERE office_id = (SELECT id FROM office WHERE uid = \(office))")
            }
            let reply = try await Self.send(world, key: "k", name: "Phòng A")
            #expect([403, 409].contains(reply.status), "\(reply.status)")
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 201)])
    func aKeyThatIsNoneIsRefused(_ key: String) async throws {
        try await World.with(.sqlite) { world async throws in
            #expect(try await Self.send(world, key: key, name: "Phòng A").status == 422)
        }
    }
}
