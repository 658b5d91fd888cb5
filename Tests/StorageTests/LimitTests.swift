import Storage
import TestSupport
import Testing

@testable import struct Storage.Database
@testable import class Storage.SQLiteDriver

/// What happens when something takes too long, or is no longer wanted.
@Suite(.timeLimit(.minutes(1))) struct LimitTests {
    /// Counts far longer than anybody waits.
    static let endless: SQL = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) FROM n
        """

    /// How long `body` takes. The bounds below are wide: they tell seconds from minutes on a busy machine.
    private func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    @Test(arguments: Engine.allCases) func aStatementThatTakesTooLongIsEnded(engine: Engine) async throws {
        try await withThings(engine, options: { $0.statementTimeout = .milliseconds(300) }) { database in
            let taken = await seconds {
                let read = await failure { _ = try await database.read { try $0.all(Self.endless) } }
                #expect(read == .timeout)
                let written = await failure {
                    try await database.write { tx in
                        try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                        _ = try tx.first(Self.endless)
                    }
                }
                #expect(written == .timeout)
            }
            #expect(taken >= 0.6 && taken < 30)
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func cancellingTheTaskEndsTheStatement(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 1 }) { database in
            for isWriting in [false, true] {
                let started = Shared(false)
                let taken = await seconds {
                    let work = Task {
                        await failure {
                            let body: @Sendable (Transaction) throws -> Void = { tx in
                                if isWriting { try tx.run("INSERT INTO thing (name) VALUES (\("a"))") }
                                started.value = true
                                _ = try tx.first(Self.endless)
                            }
                            if isWriting { try await database.write(body) } else { try await database.read(body) }
                        }
                    }
                    await started.reaches { $0 }
                    try? await Task.sleep(for: .milliseconds(100))
                    work.cancel()
                    #expect(await work.value == .cancelled)
                }
                #expect(taken < 30)
                // The only connection is free again, and the cancellation does not hit its next user.
                let kept = try await database.names()
                #expect(kept == [])
            }
        }
    }

    @Test(arguments: Engine.allCases) func aCancelledTaskLeavesTheQueue(engine: Engine) async throws {
        try await withThings(engine, options: { $0.connections = 1 }) { database in
            let isIn = Shared(false)
            let mayGo = Shared(false)
            async let holder: Void = database.read { _ in
                isIn.value = true
                mayGo.waitUntil { $0 }
            }
            await isIn.reaches { $0 }
            let waiting = Task { await failure { _ = try await database.names() } }
            try await Task.sleep(for: .milliseconds(50))
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
            mayGo.value = true
            try await holder
            _ = try await database.names()
        }
    }

    @Test(arguments: Engine.allCases) func whoFindsNoFreeConnectionIsToldSo(engine: Engine) async throws {
        try await withThings(
            engine,
            options: {
                $0.connections = 1
                $0.connectionTimeout = .milliseconds(200)
            },
            { database in
                let isIn = Shared(false)
                let mayGo = Shared(false)
                async let holder: Void = database.read { _ in
                    isIn.value = true
                    mayGo.waitUntil { $0 }
                }
                await isIn.reaches { $0 }
                let error = await failure { _ = try await database.names() }
                mayGo.value = true
                try await holder
                guard case .unavailable = error else {
                    Issue.record("no free connection gave \(String(describing: error))")
                    return
                }
                _ = try await database.names()
            })
    }

    @Test(arguments: Engine.allCases) func aLockHeldTooLongIsBusy(engine: Engine) async throws {
        try await withThings(engine, options: { $0.lockTimeout = .milliseconds(300) }) { database in
            try await database.add("a", number: 1)
            // A second program on the same data, which does not share our queue.
            let other = try await Database.open(database.options)
            let isIn = Shared(false)
            let mayGo = Shared(false)
            async let holder: Void = database.write { tx in
                try tx.run("UPDATE thing SET number = 2 WHERE name = \("a")")
                isIn.value = true
                mayGo.waitUntil { $0 }
            }
            await isIn.reaches { $0 }
            for writer in [database, other] {
                let error = await failure {
                    _ = try await writer.write { tx in
                        try tx.run("UPDATE thing SET number = 3 WHERE name = \("a")")
                    }
                }
                guard case .busy = error else {
                    Issue.record("a held lock gave \(String(describing: error))")
                    continue
                }
            }
            mayGo.value = true
            try await holder
            #expect(try await other.number(of: "a") == 2)
            await other.close()
        }
    }

    @Test(arguments: Engine.allCases) func statementsKeptPreparedAreBounded(engine: Engine) async throws {
        try await withThings(
            engine,
            options: {
                $0.connections = 1
                $0.statementCache = 50
            },
            { database in
                let sum = try await database.write { tx in
                    try (1...1000).reduce(0) { sum, number in
                        try sum + (tx.first(SQL(stringLiteral: "SELECT \(number)"))?.int(0) ?? 0)
                    }
                }
                #expect(sum == 500_500)
                let kept: Int =
                    switch engine {
                    case .sqlite: try await (database.driver as? SQLiteDriver)?.cachedStatementsOfWriter() ?? 0
                    case .postgres:
                        try await database.read { tx in
                            try tx.first("SELECT COUNT(*) FROM pg_prepared_statements")?.int(0) ?? 0
                        }
                    }
                #expect(kept > 40 && kept <= 50)
            })
    }

    @Test func sqliteKeepsWhatItHasAcknowledged() async throws {
        try await withThings(.sqlite) { database in
            let settings = try await database.write { tx in
                try ["PRAGMA synchronous", "PRAGMA journal_mode", "PRAGMA foreign_keys"].map {
                    try tx.first(SQL(stringLiteral: $0))?.values.first
                }
            }
            #expect(settings == [.integer(2), .text("wal"), .integer(1)])
        }
    }
}
