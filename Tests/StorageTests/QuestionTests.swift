import Storage
import TestSupport
import Testing

/// Several questions in one way, each read by itself.
@Suite struct QuestionTests {
    @Test(arguments: Engine.allCases) func eachAnswerIsReadByItsOwnQuestion(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a", number: 1)
            try await database.add("b", number: 2)
            let (names, known, count, none) = try await database.read { tx in
                try tx.ask(
                    Question("SELECT name FROM thing ORDER BY name") { rows in try rows.map { try $0.text(0) } },
                    Question<Int>.known(5),
                    Question("SELECT COUNT(*) FROM thing WHERE number > \(1)") { rows in try rows.first?.int(0) },
                    Question("SELECT name FROM thing WHERE number = \(9)") { $0.isEmpty })
            }
            #expect(names == ["a", "b"])
            #expect(known == 5)
            #expect(count == 1)
            #expect(none)
        }
    }

    @Test(arguments: Engine.allCases) func afterAnswersTheSameSnapshotIsAsked(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 2 }) { database in
            try await database.add("a")
            let seen = try await database.answers(to: ["SELECT name FROM thing"]) { answers, tx in
                (answers.first?.count, try tx.all("SELECT name FROM thing").count)
            }
            #expect(seen.0 == 1 && seen.1 == 1)
            let error = await failure {
                try await database.answers(to: ["SELECT name FROM thing"]) { _, tx in _ = try tx.all("SELECT x FROM y")
                }
            }
            #expect(error != nil)
            #expect(try await database.names() == ["a"])
        }
    }
}
