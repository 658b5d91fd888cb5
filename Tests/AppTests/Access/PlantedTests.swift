import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What somebody may not know does not exist: records are planted beyond their scope, and everything that lists,
/// counts, searches, exports or remembers must answer as before, byte for byte.
@Suite struct PlantedTests {
    private static let word = "Zyqxova"

    private struct Answer: Equatable {
        let status: Int
        let text: String
        let tag: String?
    }

    @Test(arguments: Engine.allCases)
    func nothingOutsideTheTerritoryShows(_ engine: Engine) async throws {
        try await compare(
            engine, [.administrator, .acting, .department, .nobody]
        ) {
            try await $0.body(below: .tayNinh, secrecy: .internal)
            try await $0.body(below: .vietnam, secrecy: .internal)
            try await $0.personWithoutOffice()
        }
    }

    /// In one's own territory, but above one's ceiling.
    @Test(arguments: Engine.allCases)
    func nothingAboveTheCeilingShows(_ engine: Engine) async throws {
        try await compare(engine, [.secretariat, .department]) {
            try await $0.body(below: .giaLai, secrecy: .restricted)
            try await $0.body(below: .quyNhon, secrecy: .restricted)
        }
    }

    /// Beside one's own department, for whoever has a right over the department alone, or none.
    @Test(arguments: Engine.allCases)
    func nothingBesideTheSubtreeShows(_ engine: Engine) async throws {
        try await compare(engine, [.department, .former]) {
            try await $0.body(below: .giaLai, secrecy: .internal)
        }
    }

    @Test(arguments: Engine.allCases)
    func anotherOfficeOfAKnownPersonDoesNotShow(_ engine: Engine) async throws {
        try await compare(engine, [.administrator, .member]) {
            try await $0.secondOffice(of: $0.world.staff(.science), in: .otherCommittee)
        }
    }

    /// The planted records do show to whoever may know of them: the comparison looks where they would stand.
    @Test(arguments: Engine.allCases) func theComparisonSeesWhatMayBeSeen(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let lists = PlantedLists(world: world, word: Self.word)
            let paths = try lists.paths(for: .root).filter { !$0.contains("/offices/") && !$0.contains("/new") }
            let before = try await ask(world, .root, paths)
            let planted = PlantedRecords(world: world, word: Self.word)
            for place in [Place.vietnam, .giaLai, .tayNinh, .quyNhon, .tanBien] {
                try await planted.body(below: place, secrecy: .internal)
            }
            let after = try await ask(world, .root, paths)
            let seen = zip(paths, zip(before, after)).filter { $0.1.0 != $0.1.1 }.map(\.0)
            for part in [
                "/", "/units", "/units.csv", "/api/v1/units", "/people", "/people.csv", "/api/v1/people", "/events",
                "/events.csv", "/api/v1/events", "/units?q=\(Self.word)", "/api/v1/units?limit=1",
                "/units/tree?hierarchy=territory&open=\(try world.uid(.giaLai))", "/units/\(try world.uid(.giaLai))",
                "/api/v1/units/\(try world.uid(.quyNhon))", "/documents", "/documents.csv", "/api/v1/documents",
                "/documents?q=\(Self.word)", "/documents?state=withdrawn", "/documents?year=2026",
                "/documents/\(try world.documents(.science).issued)",
                "/documents/\(try world.documents(.science).issued)/cascade",
                "/documents?under=\(try world.documents(.science).basis)", "/events?kind=document",
                "/committees", "/committees.csv", "/api/v1/committees",
                "/committees?q=\(Self.word)", "/api/v1/committees?limit=1",
                "/committees/compliance?unit=\(try world.uid(.giaLai))",
                "/committees/compliance.csv?unit=\(try world.uid(.giaLai))",
                "/api/v1/committees/compliance?unit=\(try world.uid(.giaLai))",
                "/documents/\(try world.documents(.science).issued)/coverage?state=done", "/gaps", "/gaps.csv",
                "/api/v1/gaps", "/coverage", "/events?kind=requirement", "/events?kind=gap",
                "/api/v1/documents/\(try world.documents(.science).issued)/requirements",
                "/search?q=\(Self.word)", "/api/v1/search?q=\(Self.word)&kind=task",
                "/search?q=\(Self.word)&kind=document&order=relevance", "/tasks.xlsx", "/tasks.xlsx?q=\(Self.word)",
            ] {
                #expect(seen.contains(part), "\(part) does not show what root may see")
            }
            print("planted (\(engine.rawValue)): root sees the records in \(seen.count) of \(paths.count) answers")
        }
    }

    /// An act on a known record may refer to an unknown one. The act shows, the unknown name does not.
    @Test(arguments: Engine.allCases) func aKnownActDoesNotNameTheUnknown(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let planted = PlantedRecords(world: world, word: Self.word)
            try await planted.references(to: .otherCommittee, from: try world.staff(.science))
            try await planted.references(to: .otherCommittee, in: .provinceSteering)
            let hidden = try world.uid(.otherCommittee).text
            for who in [Who.administrator, .member] {
                let paths = try PlantedLists(world: world, word: Self.word).paths(for: who).filter {
                    !$0.contains(Self.word) && !$0.contains("units?") && !$0.contains("units.csv?")
                }
                for (path, answer) in zip(paths, try await ask(world, who, paths)) {
                    if answer.text.contains(Self.word) { Issue.record("\(who.rawValue) \(path) names the unknown") }
                    if answer.text.contains(hidden) { Issue.record("\(who.rawValue) \(path) links to the unknown") }
                }
            }
        }
    }

    /// An unknown record and one that never was are not told apart, in any route that names a record.
    @Test(arguments: Engine.allCases) func theUnknownIsLikeWhatNeverWas(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let never = UID.new(at: World.start).text
            var checks = 0
            // A page of the guide is no record.
            for route in App.Application.routes
            where route.path.contains("{") && route.audience != .unidentified && !route.path.hasPrefix("/help/") {
                let request = AccessRequest(world: world, route: route, role: .administrator, relation: .sibling)
                let path = try request.path()
                let other = path.split(separator: "/").map { UID(parsing: $0) == nil ? String($0) : never }
                let (hidden, absent) = (
                    try await request.send(to: path), try await request.send(to: "/" + other.joined(separator: "/"))
                )
                #expect(hidden.status == 404, "\(route.method.rawValue) \(route.path)")
                #expect(masked(hidden, path) == masked(absent, "/" + other.joined(separator: "/")))
                checks += 1
            }
            for query in ["/units?parent=", "/units/tree?open=", "/api/v1/units?parent=", "/units.csv?parent="] {
                let hidden = query + (try world.uid(.otherCommittee).text), absent = query + never
                let browser = try world.browser(as: .focal)
                #expect(masked(try await browser.get(hidden), hidden) == masked(try await browser.get(absent), absent))
                checks += 1
            }
            print("planted (\(engine.rawValue)): \(checks) unknown records are like none")
        }
    }

    // MARK: Asking

    /// Asks, plants, asks again.
    private func compare(
        _ engine: Engine, _ viewers: [Who], plant: (PlantedRecords) async throws -> Void
    ) async throws {
        try await World.with(engine) { world async throws in
            let lists = PlantedLists(world: world, word: Self.word)
            var before: [Who: [Answer]] = [:]
            for who in viewers { before[who] = try await ask(world, who, lists.paths(for: who)) }
            try await plant(PlantedRecords(world: world, word: Self.word))
            var count = 0
            for who in viewers {
                let paths = try lists.paths(for: who)
                let after = try await ask(world, who, paths)
                for (index, path) in paths.enumerated() {
                    count += 1
                    guard let old = before[who]?[index], old != after[index] else { continue }
                    Issue.record("\(who.rawValue) \(path): \(difference(old.text, after[index].text))")
                }
            }
            print("planted (\(engine.rawValue)): \(count) answers compared")
        }
    }

    private func ask(_ world: World, _ who: Who, _ paths: [String]) async throws -> [Answer] {
        let browser = try world.browser(as: who)
        var answers: [Answer] = []
        for path in paths {
            let reply = try await browser.get(path)
            #expect([200, 403, 404].contains(reply.status), "\(who.rawValue) \(path): \(reply.status)")
            // The bytes of a workbook hold the moment at which it was made.
            let isBook = path.hasPrefix("/tasks.xlsx")
            let text = try isBook && reply.status == 200 ? rows(of: reply) : reply.text
            answers.append(
                Answer(
                    status: reply.status, text: reply.status == 200 ? text : masked(reply, path),
                    tag: isBook ? nil : reply.header("ETag")))
        }
        return answers
    }

    private func rows(of book: Reply) throws -> String {
        var rows: [String] = []
        let outcome = try TableReader().read(book.bytes) { rows.append($0.cells.joined(separator: "\t")) }
        #expect(outcome.format == .xlsx && outcome.problems.isEmpty)
        return rows.joined(separator: "\n")
    }

    /// Without the number of the request and without the address that was asked for, which an error page repeats.
    private func masked(_ reply: Reply, _ path: String) -> String {
        var text = reply.text
        for address in [path, URLText.query(path), path.replacing("&", with: "&amp;")] {
            text = text.replacing(address, with: "ADDRESS")
        }
        for uid in text.split(whereSeparator: { !($0.isHexDigit || $0 == "-") }).map(String.init)
        where UID(parsing: uid) != nil { text = text.replacing(uid, with: "UID") }
        return "\(reply.status) " + text
    }

    private func difference(_ old: String, _ new: String) -> String {
        let place =
            zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        let start = max(0, place - 60)
        return "…\(old.dropFirst(start).prefix(160))… became …\(new.dropFirst(start).prefix(160))…"
    }
}
