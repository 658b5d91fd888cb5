import Storage
import TestSupport
import Testing

@Suite struct TransactionTests {
    struct Refusal: Error, Equatable {}

    @Test(arguments: Engine.allCases) func whatIsWrittenIsThereWhenItReturns(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a", number: 1)
            #expect(try await database.names() == ["a"])
            let touched = try await database.write { tx in try tx.run("UPDATE thing SET number = \(2)") }
            let none = try await database.write { tx in try tx.run("UPDATE thing SET number = 3 WHERE name = \("z")") }
            #expect(touched == 1)
            #expect(none == 0)
            #expect(try await database.number(of: "a") == 2)
        }
    }

    @Test(arguments: Engine.allCases) func anErrorUndoesEverythingAndRunsTheClosureOnce(engine: Engine) async throws {
        try await withThings(engine) { database in
            let runs = Shared(0)
            await #expect(throws: Refusal.self) {
                try await database.write { tx in
                    runs.change { $0 += 1 }
                    try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                    throw Refusal()
                }
            }
            #expect(runs.value == 1)
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func aReadSeesOneSnapshot(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a")
            let (opened, open) = AsyncStream<Void>.makeStream()
            let written = Shared(false)
            async let counts = database.read { tx in
                let before = try tx.all("SELECT name FROM thing").count
                open.finish()
                written.waitUntil { $0 }
                return (before, try tx.all("SELECT name FROM thing").count)
            }
            for await _ in opened {}
            try await database.add("b")
            written.value = true
            let seen = try await counts
            #expect(seen.0 == 1)
            #expect(seen.1 == 1)
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: Engine.allCases) func aReadCannotWrite(engine: Engine) async throws {
        try await withThings(engine) { database in
            let error = await failure {
                _ = try await database.read { tx in try tx.run("INSERT INTO thing (name) VALUES (\("a"))") }
            }
            #expect(error != nil)
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func aSavepointUndoesOnlyItsOwnChanges(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.write { tx in
                try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                try tx.savepoint {
                    try tx.run("INSERT INTO thing (name) VALUES (\("b"))")
                    #expect(throws: StorageError.unique("thing.name")) {
                        try tx.savepoint {
                            try tx.run("INSERT INTO thing (name) VALUES (\("c"))")
                            try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                        }
                    }
                    #expect(throws: Refusal.self) {
                        try tx.savepoint {
                            try tx.run("INSERT INTO thing (name) VALUES (\("d"))")
                            throw Refusal()
                        }
                    }
                }
                try tx.run("INSERT INTO thing (name) VALUES (\("e"))")
            }
            #expect(try await database.names() == ["a", "b", "e"])
        }
    }

    @Test(arguments: Engine.allCases) func afterAFailedStatementNothingMoreRuns(engine: Engine) async throws {
        try await withThings(engine) { database in
            let second = Shared<StorageError?>(nil)
            let error = await failure {
                _ = try await database.write { tx in
                    try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                    _ = try? tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                    do { try tx.run("INSERT INTO thing (name) VALUES (\("b"))") } catch {
                        second.value = error as? StorageError
                    }
                }
            }
            #expect(error == .unique("thing.name"))
            guard case .other("25P02", _) = second.value else {
                Issue.record("the second statement gave \(String(describing: second.value))")
                return
            }
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func anErrorOfARowsReaderLeavesTheTransactionSound(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.write { tx in
                try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                #expect(throws: StorageError.self) {
                    try tx.each("SELECT name FROM thing") { row in try row.int64(0) == 1 }
                }
                try tx.run("INSERT INTO thing (name) VALUES (\("b"))")
            }
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: Engine.allCases) func twoWritersLoseNoIncrement(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("counter", number: 100)
            let retries = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<50 { try await increment(database) { retries.change { $0 += 1 } } }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.number(of: "counter") == 200)
            #expect(retries.value >= 100)
        }
    }

    /// Reads and writes back, so that only isolation keeps the sum right; asks again when told that it is busy.
    private func increment(_ database: Database, _ ran: @escaping @Sendable () -> Void) async throws {
        while true {
            do {
                return try await database.write { tx in
                    ran()
                    let old = try tx.first("SELECT number FROM thing WHERE name = \("counter")")?.int64(0) ?? 0
                    try tx.run("UPDATE thing SET number = \(old + 1) WHERE name = \("counter")")
                }
            } catch StorageError.busy {}
        }
    }

    @Test func aSerializationFailureRunsTheClosureAgain() async throws {
        try await withThings(.postgres) { database in
            try await database.add("a", number: 1)
            try await database.add("b", number: 1)
            let runs = Shared(0)
            let (first, firstIsIn) = AsyncStream<Void>.makeStream()
            let release = Shared(false)
            async let slow: Void = database.write { tx in
                let run = runs.change { $0 += 1 }
                let other = try tx.first("SELECT number FROM thing WHERE name = \("b")")?.int64(0) ?? 0
                if run == 1 {
                    firstIsIn.finish()
                    release.waitUntil { $0 }
                }
                try tx.run("UPDATE thing SET number = \(other + 10) WHERE name = \("a")")
            }
            for await _ in first {}
            try await database.write { tx in
                let other = try tx.first("SELECT number FROM thing WHERE name = \("a")")?.int64(0) ?? 0
                try tx.run("UPDATE thing SET number = \(other + 100) WHERE name = \("b")")
            }
            release.value = true
            try await slow
            #expect(runs.value == 2)
            #expect(try await database.number(of: "a") == 111)
            #expect(try await database.number(of: "b") == 101)
        }
    }
}
