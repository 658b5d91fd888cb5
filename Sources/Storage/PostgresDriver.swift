import Foundation

/// The engine for more than one machine: a PostgreSQL server, reached through libpq.
final class PostgresDriver: DatabaseDriver {
    private let address: PostgresAddress
    private let pool: PostgresPool
    private let options: DatabaseOptions

    /// Connects once, to tell at the start what is wrong with the address or the database.
    init(address: String, options: DatabaseOptions) async throws {
        self.address = PostgresAddress(text: address, options: options)
        self.options = options
        pool = PostgresPool(address: self.address, options: options)
        try await requireSuitable()
    }

    /// Refuses a database that would sort or store otherwise than SQLite does.
    private func requireSuitable() async throws {
        let facts = try await read { transaction in
            try transaction.first(
                """
                SELECT pg_encoding_to_char(encoding), datcollate, CASE WHEN 'Z' < 'a' THEN 1 ELSE 0 END
                FROM pg_database WHERE datname = current_database()
                """)
        }
        guard let facts else { throw StorageError.unavailable("the server does not know its own database") }
        let (encoding, collation) = (try facts.text(0), try facts.text(1))
        guard encoding == "UTF8", ["C", "POSIX"].contains(collation), try facts.bool(2) else {
            await pool.close()
            throw StorageError.unavailable(
                "the database has the encoding \(encoding) and the collation \(collation), but UTF8 and C are needed; "
                    + "create it with: createdb -T template0 -E UTF8 --locale=C NAME")
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await run(.read, body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await run(.write, body)
    }

    /// The locks come before the first question, which takes the snapshot: it holds what the last writer has left.
    func writeAlone<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let tables = try await read { transaction in
            try transaction.all(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
            ).map { try $0.text(0) }
        }
        guard !tables.isEmpty else { return try await write(body) }
        return try await run(.alone) { transaction in
            try transaction.driver.script("LOCK TABLE \(tables.joined(separator: ", ")) IN EXCLUSIVE MODE")
            return try body(transaction)
        }
    }

    /// Runs a transaction, again after a conflict, and once more after a connection that broke in time.
    private func run<T: Sendable>(
        _ mode: PostgresMode, _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        try await pool.withPlace {
            try await Cancellation.following { cancellation in
                var conflicts = 0
                var freshStarts = 0
                while true {
                    let began = ContinuousClock.now
                    switch try await attempt(mode, cancellation, body) {
                    case .done(let value): return value
                    case .failed(let error): throw error
                    case .unknown: throw StorageError.outcomeUnknown
                    case .conflict:
                        conflicts += 1
                        guard conflicts < options.attempts else { throw StorageError.contended(conflicts) }
                        try await Self.pause(after: conflicts, of: began.duration(to: .now))
                    case .again(let reason, _):
                        freshStarts += 1
                        guard freshStarts <= 2, !cancellation.isCancelled else { throw reason }
                    }
                }
            }
        }
    }

    private func attempt<T: Sendable>(
        _ mode: PostgresMode, _ cancellation: Cancellation, _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> PostgresOutcome<T> {
        if cancellation.isCancelled { throw StorageError.cancelled }
        let connection = try await pool.take()
        let outcome = try await connection.perform { $0.attempt(mode, cancellation, body) }
        switch outcome {
        case .again(_, isLost: true), .unknown: await pool.discard(connection)
        default: await pool.giveBack(connection)
        }
        return outcome
    }

    /// By chance, up to 2, 4, 8 … times as long as the attempt took, so that those who collided do not collide again:
    /// what is long overlaps with more. A second at most.
    static func longestPause(after conflicts: Int, of attempt: Duration) -> Duration {
        min(max(attempt, .milliseconds(2)) * (1 << min(conflicts, 8)), .seconds(1))
    }

    private static func pause(after conflicts: Int, of attempt: Duration) async throws {
        let longest = longestPause(after: conflicts, of: attempt)
        do {
            try await Task.sleep(for: longest * Double.random(in: 0.05...1))
        } catch {
            throw StorageError.cancelled
        }
    }

    func version() async throws -> String {
        try await read { try "PostgreSQL " + ($0.first("SELECT current_setting('server_version')")?.text(0) ?? "?") }
    }

    func check(_ sql: SQL) async throws {
        let text = sql.text(for: .postgres)
        let parameters = try PostgresParameters(sql.values)
        try await pool.withPlace {
            let connection = try await pool.take()
            do {
                try await connection.perform { try $0.check(text, parameters) }
                await pool.giveBack(connection)
            } catch let failure as PostgresFailure {
                if failure.isLost { await pool.discard(connection) } else { await pool.giveBack(connection) }
                throw failure.error
            }
        }
    }

    func migrate(_ migrations: [Migration]) async throws -> [String] {
        try await Cancellation.following { cancellation in
            try await alone { try $0.migrate(migrations, cancellation) }
        }
    }

    /// Runs `work` on a connection of its own that ends with it, and with it every setting and session lock.
    private func alone<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        let connection = try await pool.connect()
        do {
            let value = try await connection.perform(work)
            await connection.disconnect()
            return value
        } catch {
            await connection.disconnect()
            throw (error as? PostgresFailure)?.error ?? error
        }
    }

    func appliedMigrations() async throws -> [String] { try await read { try AppliedMigration.all($0).map(\.id) } }

    func backup(to path: String) async throws {
        let address = address
        try await offTheCooperativeThreads { try PostgresBackup.write(address, to: path) }
    }

    func administer(_ text: String) async throws {
        try await alone { connection in
            try connection.run("SET statement_timeout TO 0")
            try connection.run(text)
        }
    }

    func close() async { await pool.close() }
}

extension PostgresConnection {
    /// Prepares a statement only to hear what the server says.
    fileprivate func check(_ text: String, _ parameters: PostgresParameters) throws {
        try prepare("trial", text, parameters)
        try run("DEALLOCATE trial")
    }
}

extension StorageError {
    fileprivate static let outcomeUnknown = StorageError.unavailable(
        "the outcome of the last change is unknown: the connection broke while it was being confirmed")

    fileprivate static func contended(_ attempts: Int) -> StorageError {
        .busy("others kept changing the same rows, \(attempts) times")
    }
}
