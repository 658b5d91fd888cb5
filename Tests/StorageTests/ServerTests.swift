import Foundation
import Storage
import TestSupport
import Testing

/// What a PostgreSQL server does to its clients: ending sessions, restarting, being wrongly set up.
@Suite struct ServerTests {
    @Test(arguments: [true, false]) func aSessionEndedInTheMiddleIsReplaced(isWriting: Bool) async throws {
        try await withThings(.postgres) { database in
            let runs = Shared(0)
            let body: @Sendable (Transaction) throws -> Int64 = { tx in
                let run = runs.change { $0 += 1 }
                if isWriting { try tx.run("INSERT INTO thing (name, number) VALUES (\("a"), \(run))") }
                if run == 1 { _ = try tx.first("SELECT pg_terminate_backend(pg_backend_pid())") }
                return try tx.first("SELECT COUNT(*) FROM thing")?.int64(0) ?? -1
            }
            let count = isWriting ? try await database.write(body) : try await database.read(body)
            #expect(count == (isWriting ? 1 : 0))
            #expect(runs.value == 2)
            #expect(try await database.number(of: "a") == (isWriting ? 2 : nil))
        }
    }

    @Test func anIdleSessionThatWasEndedIsReplacedUnnoticed() async throws {
        try await withThings(.postgres, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            let own = try await database.read { try $0.first("SELECT pg_backend_pid()")?.int64(0) ?? 0 }
            let other = try await Database.open(database.options)
            _ = try await other.read { try $0.all("SELECT pg_terminate_backend(CAST(\(own) AS INTEGER))") }
            await other.close()
            try await database.add("b")
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test func aChangeWhoseConfirmationIsLostIsNotRunAgain() async throws {
        let suicide = Migration(
            "2026-01-02 end the session while it commits",
            [
                """
                CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END $$
                """,
                """
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION end_session()
                """,
            ])
        try await TestDatabase.with(.postgres, migrations: SmallTables.migrations + [suicide]) { database in
            let runs = Shared(0)
            let error = await failure {
                _ = try await database.write { tx in
                    runs.change { $0 += 1 }
                    try tx.run("INSERT INTO thing (name) VALUES (\("a"))")
                }
            }
            guard case .unavailable(let words) = error, words.contains("unknown") else {
                Issue.record("the lost confirmation gave \(String(describing: error))")
                return
            }
            #expect(runs.value == 1)
            _ = try await database.names()
        }
    }

    @Test func statementsThatTheServerForgotArePreparedAgain() async throws {
        try await withThings(.postgres, options: { $0.connections = 1 }) { database in
            try await database.add("a")
            _ = try await database.names()
            _ = try await database.write { try $0.run("DEALLOCATE ALL") }
            #expect(try await database.names() == ["a"])
        }
    }

    @Test func aRestartOfTheServerIsSurvived() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-cluster-\(UUID().uuidString)")
            .path
        let address = try await cluster("start", folder)
        do {
            var options = DatabaseOptions(.postgres(address))
            options.connectionTimeout = .seconds(20)
            let database = try await Database.open(options)
            try await database.migrate(SmallTables.migrations)
            let isOver = Shared(false)
            let added = Shared(0)
            async let written = keepAdding(database, counting: added, until: isOver)
            await added.reaches { $0 > 3 }
            _ = try await cluster("restart", folder)
            try await database.add("after")
            isOver.value = true
            let (acknowledged, unknown) = try await written
            let names = Set(try await database.names())
            #expect(names.contains("after"))
            #expect(acknowledged.subtracting(names) == [])
            #expect(names.subtracting(acknowledged).subtracting(unknown) == ["after"])
            #expect(acknowledged.count > 3)
            _ = try await cluster("stop", folder)
            let gone = await failure { _ = try await Database.open(Self.impatient(address)) }
            guard case .unavailable = gone else {
                Issue.record("a stopped server gave \(String(describing: gone))")
                return
            }
            await database.close()
        } catch {
            _ = try? await cluster("stop", folder)
            throw error
        }
    }

    private static func impatient(_ address: String) -> DatabaseOptions {
        var options = DatabaseOptions(.postgres(address))
        options.connectionTimeout = .milliseconds(500)
        return options
    }

    /// Adds one row after another; tells which were acknowledged and which ended with an unknown outcome.
    private func keepAdding(
        _ database: Database, counting added: Shared<Int>, until isOver: Shared<Bool>
    ) async throws -> (acknowledged: Set<String>, unknown: Set<String>) {
        var acknowledged: Set<String> = []
        var unknown: Set<String> = []
        var number = 0
        while !isOver.value {
            number += 1
            let name = "row \(number)"
            do {
                try await database.add(name)
                acknowledged.insert(name)
                added.change { $0 += 1 }
            } catch StorageError.unavailable {
                unknown.insert(name)
            }
        }
        return (acknowledged, unknown)
    }

    @Test func aDatabaseThatWouldSortOtherwiseIsRefused() async throws {
        let cluster = try await Database.open(DatabaseOptions(.postgres(TestDatabase.cluster())))
        let name = "latin_\(UUID().uuidString.prefix(8).lowercased())"
        try await cluster.administer(
            "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
        var address = try #require(URLComponents(string: try TestDatabase.cluster()))
        address.path = "/" + name
        let location = DatabaseOptions.Location.postgres(try #require(address.string))
        let error = await failure { _ = try await Database.open(DatabaseOptions(location)) }
        try await cluster.administer("DROP DATABASE \(name)")
        await cluster.close()
        guard case .unavailable(let words) = error, words.contains("LATIN1"), words.contains("createdb") else {
            Issue.record("a LATIN1 database gave \(String(describing: error))")
            return
        }
    }

    /// Runs `bin/postgres-for-tests`; returns what it printed.
    private func cluster(_ action: String, _ folder: String) async throws -> String {
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../bin/postgres-for-tests").standardizedFileURL
        return try await run(program.path, [action, folder])
    }
}

/// Runs a program to its end and returns what it printed; throws when it fails.
func run(_ program: String, _ arguments: [String]) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
            continuation.resume(
                with: Result {
                    let process = Process()
                    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                    process.arguments = [program] + arguments
                    let printed = Pipe()
                    process.standardOutput = printed
                    try process.run()
                    let bytes = printed.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    guard process.terminationStatus == 0 else {
                        throw StorageError.other(code: program, message: "ended with \(process.terminationStatus)")
                    }
                    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                })
        }
    }
}
