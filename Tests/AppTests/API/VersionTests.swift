import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Nobody's change is overwritten by somebody who has not seen it.
@Suite struct VersionTests {
    @Test(arguments: Engine.allCases) func aChangeIsMadeFromTheVersionSeen(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let program = try world.api(as: .administrator)
            let path = "/api/v1/units/\(try world.uid(.wardCommittee))"
            let seen = try #require(try await program.get(path).header("ETag"))
            #expect(seen == "\"v1\"")
            let facts: KeyValuePairs = ["secrecy": "internal", "area_km2": "2"]
            let without = try await program.send(.put, "\(path)/facts", json: facts)
            #expect(without.status == 428)
            let first = try await program.send(.put, "\(path)/facts", json: facts, headers: [.ifMatch: seen])
            #expect(first.status == 200)
            #expect(first.header("ETag") == "\"v2\"")
            let stale = try await program.send(.put, "\(path)/facts", json: facts, headers: [.ifMatch: seen])
            #expect(stale.status == 412)
            #expect(try await program.get(path).header("ETag") == "\"v2\"")
        }
    }

    @Test(arguments: ["v1", "\"v1", "*", "W/\"v1\"", "\"v01\"", "\"v-1\"", "\"v9223372036854775808\"", "\"1\"", ""])
    func anotherValidatorMatchesNothing(_ tag: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.api(as: .administrator).send(
                .patch, "/api/v1/people/\(try world.staff(.science).person)", json: ["name": "Khác"],
                headers: [.ifMatch: tag])
            // `*` may be taken for "whatever there is" (RFC 9110 §13.1.1); a number may be read with a zero before it.
            #expect(
                [412, 428].contains(reply.status) || (tag == "\"v01\"" && reply.status == 200),
                "\(tag): \(reply.status)")
        }
    }

    @Test(arguments: Engine.allCases) func ofTwoAtOnceOneMustLookAgain(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let path = "/api/v1/units/\(try world.uid(.wardCommittee))/facts"
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for area in ["1", "2", "3", "4"] {
                    group.addTask {
                        try await world.api(as: .administrator).send(
                            .put, path, json: ["secrecy": "internal", "area_km2": area], ifMatch: 1
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 412, 412, 412])
        }
    }

    /// The page's form says which version it was made from, and comes back with what was typed.
    @Test func aFormMadeFromAnOlderVersionComesBackFilled() async throws {
        try await World.with(.sqlite) { world async throws in
            let browser = try world.browser(as: .administrator)
            let path = "/units/\(try world.uid(.wardCommittee))"
            let fields = [
                ("name", "Tên của tôi"), ("from", world.today.text), ("basis", "Căn cứ của tôi"), ("version", "1"),
            ]
            _ = try await world.api(as: .root).send(
                .put, "/api/v1\(path)/facts", json: ["secrecy": "internal", "area_km2": "7"], ifMatch: 1)
            let reply = try await browser.post("\(path)/names", form: fields)
            #expect(reply.status == 409)
            #expect(reply.text.contains("Tên của tôi") && reply.text.contains("Căn cứ của tôi"))
        }
    }
}
