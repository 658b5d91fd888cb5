import Foundation
import Storage
import TestSupport
import Testing

@Suite struct BackupTests {
    @Test(arguments: Engine.allCases) func aBackupMadeAmongWritesHoldsOneMoment(engine: Engine) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withThings(engine) { database in
            try await database.write { tx in
                try tx.insert(
                    into: "thing", ["name", "number", "bytes"],
                    rows: (100..<2000).lazy.map { [.text("t\($0)"), .integer(0), .blob([0, UInt8($0 % 251)])] })
            }
            let isOver = Shared(false)
            async let busy: Void = moveAround(database, until: isOver)
            try await database.backup(to: path)
            isOver.value = true
            try await busy
            #expect(!FileManager.default.fileExists(atPath: path + ".unfinished"))
            try await withRestored(engine, path) { copy in
                let facts = try await copy.read { tx in
                    try tx.first("SELECT COUNT(*), CAST(SUM(number) AS BIGINT), MAX(name) FROM thing")?.values
                }
                #expect(facts == [.integer(1900), .integer(0), .text("t999")])
                #expect(try await copy.appliedMigrations() == SmallTables.migrations.map(\.id))
                try await copy.add("new")
            }
        }
    }

    /// Takes from one row and gives to another: the sum is 0 in every committed moment.
    private func moveAround(_ database: Database, until isOver: Shared<Bool>) async throws {
        while !isOver.value {
            _ = try await database.write { tx in
                try tx.run("UPDATE thing SET number = number - 2 WHERE name = \("t100")")
                try tx.run("UPDATE thing SET number = number + 2 WHERE name = \("t1999")")
            }
        }
    }

    private func withRestored(_ engine: Engine, _ path: String, _ body: (Database) async throws -> Void) async throws {
        switch engine {
        case .sqlite:
            let copy = try await Database.open(DatabaseOptions(.sqlite(path: path)))
            try await body(copy)
            await copy.close()
        case .postgres:
            try await TestDatabase.with(.postgres) { empty in
                guard case .postgres(let address) = empty.options.location else { return }
                _ = try await run("pg_restore", ["--exit-on-error", "--dbname=\(address)", path])
                try await body(empty)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aBackupThatCannotBeWrittenLeavesNothing(engine: Engine) async throws {
        try await withThings(engine) { database in
            let error = await failure { try await database.backup(to: "/nowhere/at/all/backup") }
            #expect(error != nil)
            try await database.add("still works")
        }
    }
}
