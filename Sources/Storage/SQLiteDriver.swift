import Dispatch
import Foundation
import GRDB
import Synchronization

/// The embedded engine: one file, GRDB's pool of one writing and several reading connections.
final class SQLiteDriver: DatabaseDriver {
    private let pool: DatabasePool
    private let connections: Connections
    private let options: DatabaseOptions
    private let readers: Gate
    private let writer = Gate(permits: 1)

    /// Our side of each of GRDB's connections.
    final class Connections: Sendable {
        let known = Mutex<[ObjectIdentifier: SQLiteConnection]>([:])
    }

    /// Opens or creates the file. Throws ``StorageError/disk(_:)`` when its folder is missing or not writable.
    init(path: String, options: DatabaseOptions) throws {
        let connections = Connections()
        _ = SQLiteMemory.isUncounted
        do {
            pool = try Self.patiently(options) {
                try DatabasePool(path: path, configuration: Self.configuration(options, connections))
            }
            // GRDB sets NORMAL after our preparation; what was acknowledged must be on disk.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } catch {
            throw StorageError(opening: path, StorageError(grdb: error))
        }
        self.connections = connections
        self.options = options
        readers = Gate(permits: options.connections)
    }

    /// SQLite does not wait when it changes a file to WAL, so two programs that open a new one at the same moment would
    /// stand in each other's way; the later one tries again for as long as it would wait for any lock.
    private static func patiently(_ options: DatabaseOptions, _ open: () throws -> DatabasePool) throws -> DatabasePool
    {
        let end = ContinuousClock.now + options.lockTimeout
        while true {
            do {
                return try open()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    private static func configuration(_ options: DatabaseOptions, _ connections: Connections) -> Configuration {
        var configuration = Configuration()
        configuration.label = "resolute"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = max(1, options.connections)
        configuration.busyMode = .timeout(options.lockTimeout.seconds)
        let cache = options.cache / (max(1, options.connections) + 1)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(cache); PRAGMA synchronous = FULL")
            guard let handle = db.sqliteConnection else { return }
            let connection = SQLiteConnection(handle, options: options)
            connections.known.withLock { $0[ObjectIdentifier(db)] = connection }
        }
        return configuration
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await onReader { connection, cancellation in
            try connection.transaction("BEGIN", cancellation) { try body(Transaction($0)) }
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await onWriter { connection, cancellation in
            try connection.transaction("BEGIN IMMEDIATE", cancellation) { try body(Transaction($0)) }
        }
    }

    /// Only one writes at any time.
    func writeAlone<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await write(body)
    }

    func migrate(_ migrations: [Migration]) async throws -> [String] {
        try await onWriter { connection, cancellation in
            try connection.migrate(migrations, cancellation)
        }
    }

    func appliedMigrations() async throws -> [String] {
        try await read { try AppliedMigration.all($0).map(\.id) }
    }

    func version() async throws -> String {
        try await read { try "SQLite " + ($0.first("SELECT sqlite_version()")?.text(0) ?? "?") }
    }

    func check(_ sql: SQL) async throws {
        let text = sql.text(for: .sqlite)
        try await onReader { connection, _ in _ = try SQLiteStatement(text, on: connection.handle) }
    }

    func backup(to path: String) async throws {
        let pool = pool
        try await offTheCooperativeThreads { try SQLiteBackup.write(pool, to: path) }
    }

    func administer(_ text: String) async throws { try await onWriter { connection, _ in try connection.script(text) } }

    func close() async {
        let closed = StorageError.unavailable("the database is closed")
        readers.close(closed)
        writer.close(closed)
        let pool = pool
        let connections = connections
        await offTheCooperativeThreads {
            // While the barrier stands no connection is in use, so their statements can go.
            try? pool.barrierWriteWithoutTransaction { _ in
                connections.known.withLock { known in
                    for connection in known.values { connection.forget() }
                    known = [:]
                }
            }
            try? pool.close()
        }
    }

    /// How many statements the writing connection keeps; for the test of the bound.
    func cachedStatementsOfWriter() async throws -> Int {
        try await onWriter { connection, _ in connection.cachedStatements }
    }

    fileprivate typealias Work<T> = @Sendable (SQLiteConnection, Cancellation) throws -> T

    private func onWriter<T: Sendable>(_ work: @escaping Work<T>) async throws -> T {
        try await writer.enter(within: options.lockTimeout, late: .busy("other changes are being written"))
        defer { writer.leave() }
        return try await Cancellation.following { cancellation in
            if BlockingThreads.isCurrent { return try writeHere(work, cancellation) }
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncWriteWithoutTransaction { [connections] db in
                    continuation.resume(with: Result { try connections.run(work, on: db, cancellation) })
                }
            }
        }
    }

    private func onReader<T: Sendable>(_ work: @escaping Work<T>) async throws -> T {
        try await readers.enter(
            within: options.connectionTimeout, late: .unavailable("all reading connections are in use"))
        defer { readers.leave() }
        return try await Cancellation.following { cancellation in
            if BlockingThreads.isCurrent { return try readHere(work, cancellation) }
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncUnsafeRead { [connections] opened in
                    continuation.resume(with: Result { try connections.run(work, on: opened.get(), cancellation) })
                }
            }
        }
    }
}

/// On the thread that asks, which may wait.
extension SQLiteDriver {
    private func writeHere<T>(_ work: Work<T>, _ cancellation: Cancellation) throws -> T {
        try pool.writeWithoutTransaction { try connections.run(work, on: $0, cancellation) }
    }

    private func readHere<T>(_ work: Work<T>, _ cancellation: Cancellation) throws -> T {
        try pool.unsafeRead { try connections.run(work, on: $0, cancellation) }
    }
}

extension SQLiteDriver.Connections {
    /// Runs `work` with our side of the connection that GRDB hands over.
    fileprivate func run<T>(
        _ work: (SQLiteConnection, Cancellation) throws -> T, on db: GRDB.Database, _ cancellation: Cancellation
    ) throws -> T {
        guard let connection = known.withLock({ $0[ObjectIdentifier(db)] }) else {
            throw StorageError.unavailable("the database is closed")
        }
        do {
            return try work(connection, cancellation)
        } catch let error as DatabaseError {
            throw StorageError(grdb: error)
        }
    }
}

/// Runs blocking work on a thread of its own.
func offTheCooperativeThreads<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}

func offTheCooperativeThreads<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
}

extension StorageError {
    /// The failure to open a file, with its path and what to look at.
    init(opening path: String, _ error: StorageError) {
        switch error {
        case .disk(let words):
            self = .disk("\(path): \(words); the folder must exist and be writable")
        case .other(let code, let message): self = .other(code: code, message: "\(path): \(message)")
        default: self = error
        }
    }
}
