import Storage
import TestSupport
import Testing

@Suite struct WritingAloneTests {
    @Test(arguments: Engine.allCases) func othersReadMeanwhileAndWriteAfterwards(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a", number: 1)
            let (begun, begin) = AsyncStream<Void>.makeStream()
            let seen = Shared<Int64?>(nil)
            async let alone: Int64? = database.writeAlone { tx in
                try tx.run("UPDATE thing SET number = 2")
                begin.finish()
                seen.waitUntil { $0 != nil }
                return try tx.first("SELECT number FROM thing WHERE name = \("a")")?.optionalInt64(0)
            }
            for await _ in begun {}
            async let later = database.write { tx in try tx.run("UPDATE thing SET number = number + 10") }
            seen.value = try await database.number(of: "a")
            #expect(seen.value == 1)
            #expect(try await alone == 2)
            #expect(try await later == 1)
            #expect(try await database.number(of: "a") == 12)
        }
    }

    @Test(arguments: Engine.allCases) func anErrorUndoesEverything(engine: Engine) async throws {
        try await withThings(engine) { database in
            let error = await failure {
                _ = try await database.writeAlone { tx in
                    try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                    try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                }
            }
            #expect(error == .unique("thing.name"))
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    /// What a SERIALIZABLE transaction has read is kept in a room of fixed size, and copied at every split of a page.
    @Test func theServerRemembersNothingOfWhatWasRead() async throws {
        try await withThings(.postgres) { database in
            try await database.add("a")
            let kept = try await database.writeAlone { tx in
                _ = try tx.first("SELECT number FROM thing WHERE name = \("a")")
                return try tx.first(
                    "SELECT COUNT(*) FROM pg_locks WHERE mode = 'SIReadLock' AND pid = pg_backend_pid()"
                )?.int(0)
            }
            #expect(kept == 0)
        }
    }
}
