import Foundation
import Storage
import Synchronization
import TestSupport

/// The tables that the tests of this folder write to.
enum SmallTables {
    static let migrations = [
        Migration(
            "2026-01-01 small tables",
            [
                """
                CREATE TABLE thing (
                    id \(.id), name \(.text) NOT NULL, number \(.int64), share \(.double), bytes \(.blob),
                    CONSTRAINT number_is_small CHECK (number IS NULL OR number <> 13)
                ) \(.strict)
                """,
                "CREATE UNIQUE INDEX thing_name ON thing (name)",
                """
                CREATE TABLE part (
                    thing_id \(.int64) NOT NULL, place \(.int64) NOT NULL,
                    CONSTRAINT part_of_thing FOREIGN KEY (thing_id) REFERENCES thing (id),
                    PRIMARY KEY (thing_id, place)
                ) \(.clustered)
                """,
            ])
    ]
}

/// Lends a database that holds the small tables.
func withThings<T>(
    _ engine: Engine, options: (inout DatabaseOptions) -> Void = { _ in }, _ body: (Database) async throws -> T
) async throws -> T {
    try await TestDatabase.with(engine, migrations: SmallTables.migrations, options: options, body)
}

extension Database {
    func add(_ name: String, number: Int64? = nil) async throws {
        try await write { tx in
            try tx.run("INSERT INTO thing (name, number) VALUES (\(name), \(number))")
        }
    }

    func names() async throws -> [String] {
        try await read { tx in try tx.all("SELECT name FROM thing ORDER BY name").map { try $0.text(0) } }
    }

    func number(of name: String) async throws -> Int64? {
        try await read { tx in try tx.first("SELECT number FROM thing WHERE name = \(name)")?.optionalInt64(0) }
    }
}

/// The error that `body` throws, nil when it throws none.
func failure(_ body: () async throws -> Void) async -> StorageError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? StorageError ?? .other(code: "test", message: "\(error)")
    }
}

/// A value that a test shares with the closures it lends out.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value {
        get { mutex.withLock { $0 } }
        set { mutex.withLock { $0 = newValue } }
    }

    /// Changes and returns the value in one step.
    @discardableResult func change(_ body: (inout sending Value) -> Void) -> Value {
        mutex.withLock { value in
            body(&value)
            return value
        }
    }

    /// Waits, on the thread it is called on, until the value is `wanted`.
    func waitUntil(_ wanted: (Value) -> Bool) { while !wanted(value) { usleep(1000) } }

    /// The same for a task.
    func reaches(_ wanted: (Value) -> Bool) async {
        while !wanted(value) { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
