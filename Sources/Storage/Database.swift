/// The one way to the data: a read is a snapshot, a write is all or nothing.
///
/// Both closures are synchronous and run off the cooperative threads. A write's closure may run again,
/// so it has no effect outside its transaction. Cancelling the calling task cancels the statement.
public struct Database: Sendable {
    let driver: any DatabaseDriver
    public let options: DatabaseOptions

    public var engine: Engine { options.engine }

    /// Opens the database. Throws a ``StorageError`` that says what is missing; runs no migration.
    public static func open(_ options: DatabaseOptions) async throws -> Database {
        let driver: any DatabaseDriver =
            switch options.location {
            case .sqlite(let path): try SQLiteDriver(path: path, options: options)
            case .postgres(let address): try await PostgresDriver(address: address, options: options)
            }
        return Database(driver: driver, options: options)
    }

    /// One read-only snapshot.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await driver.read(body)
    }

    /// All rows of each statement, from one snapshot and on PostgreSQL in one way there and back: for a few questions
    /// of which none waits for the answer to another.
    public func answers(to statements: [SQL]) async throws -> [[Row]] {
        try await driver.read { try $0.driver.queries(statements, ending: true) }
    }

    /// The same, and then `body` in the same snapshot with what was answered.
    public func answers<T: Sendable>(
        to statements: [SQL], then body: @escaping @Sendable ([[Row]], Transaction) throws -> T
    ) async throws -> T {
        try await driver.read { try body($0.answers(to: statements), $0) }
    }

    /// One transaction: IMMEDIATE on SQLite, SERIALIZABLE on PostgreSQL, on disk when it returns.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await driver.write(body)
    }

    /// One transaction in which nobody else writes, for a work of minutes that makes whole tables anew; others may read.
    ///
    /// On PostgreSQL it locks every table and is not SERIALIZABLE: that would remember each page of an index that was
    /// looked at, and remember it twice whenever it splits, until the server has no room ("out of shared memory").
    @discardableResult
    public func writeAlone<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await driver.writeAlone(body)
    }

    /// Runs the migrations that have not run yet, one transaction each, while no other node does. Returns their ids.
    @discardableResult public func migrate(_ migrations: [Migration]) async throws -> [String] {
        try await driver.migrate(migrations)
    }

    /// Ids of the migrations that have run, in order.
    public func appliedMigrations() async throws -> [String] { try await driver.appliedMigrations() }

    /// Lets the engine look at how the data lies, so that it plans well: after a bulk load, and once a day. A sample of
    /// each index is enough.
    public func analyze() async throws {
        try await write { tx in
            if tx.engine == .sqlite { _ = try tx.all("PRAGMA analysis_limit = 1000") }
            try tx.run("ANALYZE")
        }
    }

    /// The engine's own version, for `doctor` and `/health`.
    public func version() async throws -> String { try await driver.version() }

    /// Prepares a statement without running it; throws what is wrong with it. For the test that tries them all.
    public func check(_ sql: SQL) async throws { try await driver.check(sql) }

    /// Writes a consistent copy to `path` while others work: SQLite's online backup, `pg_dump` in custom format.
    public func backup(to path: String) async throws { try await driver.backup(to: path) }

    /// Runs text that no transaction can hold (CREATE DATABASE, VACUUM) on a connection without time limits.
    package func administer(_ text: String) async throws { try await driver.administer(text) }

    /// Closes every connection. Later calls throw ``StorageError/unavailable(_:)``.
    public func close() async { await driver.close() }
}

protocol DatabaseDriver: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func writeAlone<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func migrate(_ migrations: [Migration]) async throws -> [String]
    func appliedMigrations() async throws -> [String]
    func version() async throws -> String
    func check(_ sql: SQL) async throws
    func backup(to path: String) async throws
    func administer(_ text: String) async throws
    func close() async
}
