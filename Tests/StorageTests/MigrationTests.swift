import Storage
import TestSupport
import Testing

@Suite struct MigrationTests {
    static let first = Migration("1 one", ["CREATE TABLE one (id \(.id), name \(.text) NOT NULL) \(.strict)"])
    static let second = Migration(
        "2 two", ["CREATE TABLE two (id \(.id)) \(.strict)", "INSERT INTO one (name) VALUES ('from two')"])
    static let third = Migration("3 three", ["CREATE TABLE three (id \(.id)) \(.strict)"])

    @Test(arguments: Engine.allCases) func eachMigrationRunsOnce(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            #expect(try await database.appliedMigrations() == [String]())
            #expect(try await database.migrate([Self.first]) == ["1 one"])
            #expect(try await database.migrate([Self.first, Self.second]) == ["2 two"])
            #expect(try await database.migrate([Self.first, Self.second]) == [String]())
            #expect(try await database.appliedMigrations() == ["1 one", "2 two"])
            let names = try await database.read { try $0.all("SELECT name FROM one").map { try $0.text(0) } }
            #expect(names == ["from two"])
        }
    }

    @Test(arguments: Engine.allCases) func twoProgramsThatStartTogetherShareTheWork(engine: Engine) async throws {
        let (location, remove) = try await TestDatabase.make(engine)
        let all = [Self.first, Self.second, Self.third]
        let ran = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let database = try await Database.open(DatabaseOptions(location))
                    let ran = try await database.migrate(all)
                    await database.close()
                    return ran
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(ran.sorted() == ["1 one", "2 two", "3 three"])
        await remove()
    }

    @Test(arguments: Engine.allCases) func aFailingMigrationLeavesNothingAndKeepsTheEarlierOnes(
        engine: Engine
    ) async throws {
        let broken = Migration("2 two", ["CREATE TABLE two (id \(.id)) \(.strict)", "INSERT INTO nowhere VALUES (1)"])
        try await TestDatabase.with(engine) { database in
            let error = await failure { try await database.migrate([Self.first, broken, Self.third]) }
            guard case .migration(let words) = error, words.contains("2 two"), words.contains("nowhere") else {
                Issue.record("the broken migration gave \(String(describing: error))")
                return
            }
            let kept = try await database.appliedMigrations()
            #expect(kept == ["1 one"])
            // Mended, it goes on from there: the half that ran before has left no table behind.
            let mended = try await database.migrate([Self.first, Self.second, Self.third])
            #expect(mended == ["2 two", "3 three"])
        }
    }

    @Test(arguments: Engine.allCases) func anEditedMigrationIsRefused(engine: Engine) async throws {
        let edited = Migration("1 one", ["CREATE TABLE one (id \(.id), name \(.text)) \(.strict)"])
        try await TestDatabase.with(engine) { database in
            try await database.migrate([Self.first])
            let error = await failure { try await database.migrate([edited, Self.third]) }
            #expect(error == .migration("the migration \"1 one\" was changed after it had run; undo that change"))
            #expect(try await database.appliedMigrations() == ["1 one"])
        }
    }

    @Test(arguments: Engine.allCases) func aDatabaseOfANewerProgramIsRefused(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            try await database.migrate([Self.first, Self.second])
            let error = await failure { try await database.migrate([Self.first]) }
            guard case .migration(let words) = error, words.contains("2 two"), words.contains("newer") else {
                Issue.record("the newer database gave \(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func twoMigrationsOfOneNameAreRefused(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let error = await failure { try await database.migrate([Self.first, Self.first]) }
            #expect(error == .migration("two migrations are called \"1 one\""))
        }
    }

    @Test(arguments: Engine.allCases) func aStatementPreparedBeforeAMigrationStillWorks(engine: Engine) async throws {
        let (location, remove) = try await TestDatabase.make(engine)
        var options = DatabaseOptions(location)
        options.connections = 1
        let database = try await Database.open(options)
        let more = Migration("4 more", ["ALTER TABLE one ADD COLUMN more \(.int64)"])
        try await database.migrate([Self.first, Self.second])
        let before = try await database.read { try $0.all("SELECT * FROM one").map(\.values.count) }
        try await database.migrate([Self.first, Self.second, more])
        let after = try await database.read { try $0.all("SELECT * FROM one").map(\.values.count) }
        #expect(before == [2])
        #expect(after == [3])
        await database.close()
        await remove()
    }
}
