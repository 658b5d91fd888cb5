import Storage
import TestSupport
import Testing

/// BEGIN goes along with the first statement, COMMIT of a read is not waited for: nobody may notice but by the clock.
@Suite struct RoundTripTests {
    @Test(arguments: Engine.allCases) func answersComeInTheOrderOfTheQuestions(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a", number: 1)
            try await database.add("b", number: 2)
            for _ in 0..<3 {
                let answers = try await database.answers(to: [
                    "SELECT name FROM thing WHERE number = \(2)", "SELECT name FROM thing WHERE number = \(7)",
                    "SELECT number FROM thing ORDER BY number",
                ])
                #expect(
                    try answers.map { rows in try rows.map { try $0.value(0) } } == [
                        [.text("b")], [], [.integer(1), .integer(2)],
                    ])
            }
            #expect(try await database.answers(to: []).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aQuestionThatFailsEndsTheOthers(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            for _ in 0..<3 {
                let error = await failure {
                    _ = try await database.answers(to: [
                        "SELECT name FROM thing", "INSERT INTO thing (name) VALUES (\("b"))", "SELECT name FROM thing",
                    ])
                }
                #expect(error != nil)
                #expect(try await database.names() == ["a"])
            }
            #expect(await failure { _ = try await database.answers(to: ["SELECT nothing FROM nowhere"]) } != nil)
            try await database.add("c")
            #expect(try await database.names() == ["a", "c"])
        }
    }

    @Test(arguments: Engine.allCases) func aFirstStatementThatFailsLeavesACleanConnection(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 1 }) { database in
            try await database.add("a", number: 1)
            for _ in 0..<3 {
                let error = await failure {
                    _ = try await database.write { tx in try tx.run("INSERT INTO thing (name) VALUES (\("a"))") }
                }
                #expect(error == .unique("thing.name"))
                let seen = try await database.read { tx in try tx.first("SELECT name FROM thing")?.text(0) }
                #expect(seen == "a")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aTransactionThatSaysNothingIsNone(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 1 }) { database in
            #expect(try await database.read { _ in 7 } == 7)
            #expect(try await database.write { _ in 8 } == 8)
            await #expect(throws: TransactionTests.Refusal.self) {
                _ = try await database.read { _ -> Int in throw TransactionTests.Refusal() }
            }
            try await database.add("a")
            #expect(try await database.names() == ["a"])
        }
    }

    @Test func aReadThatIsOverHoldsNothing() async throws {
        try await withThings(.postgres, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            for _ in 0..<20 { _ = try await database.names() }
            let own = try await database.read { try $0.first("SELECT pg_backend_pid()")?.int64(0) ?? 0 }
            let other = try await Database.open(database.options)
            // A table that somebody still reads cannot be changed.
            try await other.write { try $0.run("ALTER TABLE part ADD COLUMN note TEXT") }
            try await other.write { try $0.run("ALTER TABLE thing ADD COLUMN note TEXT") }
            // The COMMIT was sent and is not waited for: a busy server comes to it a moment later.
            var state: String?
            for _ in 0..<100 where state != "idle" {
                if state != nil { try await Task.sleep(for: .milliseconds(50)) }
                state = try await other.read { tx in
                    try tx.first("SELECT state FROM pg_stat_activity WHERE pid = CAST(\(own) AS INTEGER)")?.text(0)
                }
            }
            #expect(state == "idle")
            await other.close()
            #expect(try await database.names() == ["a"])
        }
    }

    @Test func aSessionEndedAfterAReadIsReplaced() async throws {
        try await withThings(.postgres, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            for _ in 0..<3 {
                let own = try await database.answers(to: ["SELECT pg_backend_pid()"]).first?.first?.int64(0) ?? 0
                let other = try await Database.open(database.options)
                _ = try await other.read { try $0.all("SELECT pg_terminate_backend(CAST(\(own) AS INTEGER))") }
                await other.close()
                #expect(try await database.answers(to: ["SELECT name FROM thing"]).first?.count == 1)
            }
        }
    }

    @Test func aStatementForgottenByTheServerIsPreparedAgainForAnswers() async throws {
        try await withThings(.postgres, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            let questions: [SQL] = ["SELECT name FROM thing", "SELECT COUNT(*) FROM thing"]
            _ = try await database.answers(to: questions)
            _ = try await database.write { try $0.run("DEALLOCATE ALL") }
            #expect(try await database.answers(to: questions).map(\.count) == [1, 1])
            try await database.write { try $0.run("ALTER TABLE thing RENAME COLUMN name TO title") }
            #expect(await failure { _ = try await database.answers(to: questions) } != nil)
            #expect(try await database.answers(to: ["SELECT COUNT(*) FROM thing"]).count == 1)
        }
    }
}
