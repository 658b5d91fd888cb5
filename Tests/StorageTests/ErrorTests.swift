import Storage
import TestSupport
import Testing

@Suite struct ErrorTests {
    /// A statement that breaks a rule, and what both engines must call it.
    static let breaches: [(SQL, StorageError)] = [
        ("INSERT INTO thing (name) VALUES (\("a"))", .unique("thing.name")),
        ("INSERT INTO thing (id, name) VALUES (\(1), \("b"))", .unique("thing.id")),
        ("INSERT INTO part (thing_id, place) VALUES (\(1), \(1))", .unique("part.thing_id, part.place")),
        ("INSERT INTO thing (name, number) VALUES (\("b"), \(13))", .check("number_is_small")),
        ("INSERT INTO thing (name) VALUES (\(Optional<String>.none))", .notNull("thing.name")),
    ]

    @Test(arguments: Engine.allCases) func aBrokenRuleHasTheSameNameOnBothEngines(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.write { tx in
                try tx.run("INSERT INTO thing (id, name) VALUES (\(1), \("a"))")
                try tx.run("INSERT INTO part (thing_id, place) VALUES (\(1), \(1))")
                try tx.continueIDs(of: "thing")
            }
            for (statement, expected) in Self.breaches {
                let error = await failure { _ = try await database.write { tx in try tx.run(statement) } }
                #expect(error == expected)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aMissingOrUsedRowIsAForeignKeyError(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.write { tx in
                try tx.run("INSERT INTO thing (id, name) VALUES (\(1), \("a"))")
                try tx.run("INSERT INTO part (thing_id, place) VALUES (\(1), \(1))")
            }
            let statements: [SQL] = [
                "INSERT INTO part (thing_id, place) VALUES (\(99), \(1))", "DELETE FROM thing WHERE id = \(1)",
            ]
            for statement in statements {
                let error = await failure { _ = try await database.write { tx in try tx.run(statement) } }
                guard case .foreignKey = error else {
                    Issue.record("\(statement.text(for: engine)) gave \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aMistakeInAStatementIsAnErrorValue(engine: Engine) async throws {
        try await withThings(engine) { database in
            let mistakes: [SQL] = [
                "SELEC 1", "SELECT nothing FROM thing", "SELECT 1 FROM nowhere", "SELECT 1; SELECT 2", "",
                "SELECT name FROM thing WHERE name = \("a") AND",
            ]
            for mistake in mistakes where !(engine == .postgres && mistake.text(for: engine).isEmpty) {
                let error = await failure { _ = try await database.read { tx in try tx.all(mistake) } }
                guard case .other = error else {
                    Issue.record("\(mistake.text(for: engine)) gave \(String(describing: error))")
                    continue
                }
            }
            try await database.add("still works")
        }
    }

    @Test(arguments: Engine.allCases) func checkFindsAMistakeWithoutRunning(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.check("INSERT INTO thing (name, number) VALUES (\("a"), \(1))")
            let error = await failure { try await database.check("SELECT nam FROM thing WHERE id = \(1)") }
            guard case .other = error else {
                Issue.record("the mistake gave \(String(describing: error))")
                return
            }
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func theLogHoldsEveryDistinctStatement(engine: Engine) async throws {
        try await withThings(engine) { database in
            StatementLog.start()
            for name in ["a", "b"] {
                try await database.write { tx in
                    try tx.run("INSERT INTO thing (name, share) VALUES (\(name), 0.25)")
                }
            }
            _ = try await database.read { tx in
                try tx.each("SELECT share FROM thing WHERE share > \(0.125)") { _ in true }
            }
            let texts = StatementLog.statements.filter { $0.engine == engine }.map { $0.sql.text(for: .sqlite) }
            #expect(texts.filter { $0.contains("(?, 0.25)") }.count == 1)
            #expect(texts.filter { $0.contains("share > ?") }.count == 1)
            for entry in StatementLog.statements where entry.sql.text(for: .sqlite).contains("share > ?") {
                try await database.check(entry.sql)
            }
        }
    }

    @Test func aDatabaseThatCannotBeOpenedSaysWhy() async throws {
        let missing = await failure {
            _ = try await Database.open(DatabaseOptions(.sqlite(path: "/nowhere/at/all.sqlite")))
        }
        guard case .disk(let words) = missing, words.contains("/nowhere/at/all.sqlite") else {
            Issue.record("a missing folder gave \(String(describing: missing))")
            return
        }
        var options = DatabaseOptions(.postgres("postgres://nobody@127.0.0.1:1/nothing"))
        options.connectionTimeout = .seconds(1)
        let unreachable = await failure { _ = try await Database.open(options) }
        guard case .unavailable(let words) = unreachable, words.contains("127.0.0.1") else {
            Issue.record("an unreachable server gave \(String(describing: unreachable))")
            return
        }
    }

    @Test(arguments: Engine.allCases) func aClosedDatabaseIsUnavailable(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a")
            await database.close()
            let read = await failure { _ = try await database.names() }
            let write = await failure { try await database.add("b") }
            #expect(read == .unavailable("the database is closed"))
            #expect(write == .unavailable("the database is closed"))
        }
    }
}
