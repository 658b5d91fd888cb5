import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// One SQL text, two engines: whatever statement the product runs on one is prepared on the other.
@Suite(.serialized) struct StatementTests {
    @Test(arguments: Engine.allCases) func everyStatementIsPreparedOnTheOtherEngine(_ engine: Engine) async throws {
        StatementLog.start()
        defer { StatementLog.stop() }
        try await tour(engine)
        let other: Engine = engine == .sqlite ? .postgres : .sqlite
        let statements = StatementLog.statements.filter { $0.engine == engine }
        try await World.with(other) { world async throws in
            let tables = try await Self.tables()
            var checked = 0
            for entry in statements where Self.isOurs(entry.sql.text(for: engine), tables) {
                checked += 1
                do {
                    try await world.database.check(entry.sql)
                } catch {
                    Issue.record("\(other.rawValue) refuses: \(entry.sql.text(for: other)): \(error)")
                }
            }
            print("statements: \(checked) of \(engine.rawValue) prepared on \(other.rawValue)")
            #expect(checked > 200)
        }
    }

    /// Every route as somebody who may use it, every list, and every job.
    private func tour(_ engine: Engine) async throws {
        var world = try await World.make(engine)
        var isFresh = true
        for route in App.Application.routes {
            var status = try await visit(route, world)
            // One act may stand in the way of another, as the end of an office does.
            if status >= 400, !isFresh {
                world = try await world.renewed()
                isFresh = true
                status = try await visit(route, world)
            }
            #expect(status < 400, "\(route.method.rawValue) \(route.path): \(status)")
            if route.method != .get { isFresh = false }
        }
        if !isFresh { world = try await world.renewed() }
        for who in [Who.root, .focal, .nobody] {
            let browser = try world.browser(as: who)
            for path in try PlantedLists(world: world, word: "Sở").paths(for: who) { _ = try await browser.get(path) }
        }
        let signIn = try world.browser()
        _ = try await signIn.get("/sign-in")
        _ = try await signIn.post("/sign-in", ["sign_in": "nobody.here", "password": "sai rồi"])
        try await attachments(world)
        let runner = JobRunner(world.services)
        for job in JobList.all(world.services) { try await runner.runIfDue(job) }
        await world.end()
    }

    private func visit(_ route: Route, _ world: World) async throws -> Int {
        let personal = ["{session}", "{token}", "{notice}"]
        let isPersonal = personal.contains { route.path.contains($0) } || route.path == "/office"
        // An administrator gives nobody a task; who does gives them to others and verifies what these have done.
        let isOfTasks = route.path.contains("/tasks") || route.path.hasSuffix("/handover")
        let isOfOthers = ["/verification", "/return", "/decision"].contains(where: route.path.hasSuffix)
        let relation: Relation = isOfTasks ? (isOfOthers ? .child : .own) : isPersonal ? .own : .sibling
        let request = AccessRequest(
            world: world, route: route, role: isOfTasks ? .secretariat : .root, relation: relation)
        return try await request.send().status
    }

    /// Files of a record, which other features show on their own pages.
    private func attachments(_ world: World) async throws {
        let subject = try world.subject(.science), now = world.clock.now
        let added = try await world.attach(
            [TestFiles.kept("a.png", [1], .png), TestFiles.kept("b.png", [2], .png)], to: .science)
        _ = try await world.attach("c.txt", Array("nghị quyết đột phá".utf8), to: .science)
        _ = try await world.readTexts()
        try await world.change { store in
            #expect(try store.counts(of: .unit, [subject.id]) == [subject.id: 3])
            let search = try store.search("đột phá", in: .unit)
            #expect(try store.tx.all("SELECT u.id FROM unit u WHERE \(search.condition(on: "u.id"))").count == 1)
            try store.remove(added[0].uid, of: subject, unit: nil, isIssued: true, reason: "x", at: now)
            try store.removeAll(of: subject, at: now)
        }
        _ = await FileCheck(store: world.services.files, database: world.database).findings()
    }

    /// The product's tables: other tests that run at the same time bring tables of their own.
    private static func tables() async throws -> Set<String> {
        try await World.with(.sqlite) { world async throws in
            try await world.database.read { tx in
                Set(
                    // The index over the words of search is the one thing that each engine has its own way of.
                    try tx.all(
                        """
                        SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_words%'
                        AND name <> 'search_code'
                        """
                    ).map { try $0.text(0).lowercased() })
            }
        }
    }

    private static func isOurs(_ text: String, _ tables: Set<String>) -> Bool {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "(") }.map(String.init)
        let named = zip(words, words.dropFirst()).filter { ["from", "join", "into", "update"].contains($0.0) }.map(\.1)
        // Tables that a statement makes for itself stand behind its WITH.
        let own = zip(words, words.dropFirst()).filter { $0.0 == "with" }.map(\.1)
        let other = Set(["set", "skip", "of"] + own)
        let real = named.filter { !$0.hasPrefix("(") && !other.contains($0) }.map { $0.prefix { $0 != "(" } }
        return !real.isEmpty && real.allSatisfy { tables.contains(String($0)) }
    }
}
