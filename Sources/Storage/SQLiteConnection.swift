import Dispatch
import GRDBSQLite

/// What we keep beside one of GRDB's connections: its prepared statements, and when to stop the one that runs.
///
/// `@unchecked Sendable`: everything here is touched only on the serial queue that GRDB gave this connection,
/// from inside a block that GRDB runs there. The one exception is `forget()`, called while every reader is idle.
final class SQLiteConnection: @unchecked Sendable {
    let handle: OpaquePointer
    private let statementTimeout: UInt64
    private var statements: StatementCache<SQLiteStatement>
    private var cancellation: Cancellation?
    private var deadline = UInt64.max

    init(_ handle: OpaquePointer, options: DatabaseOptions) {
        self.handle = handle
        statementTimeout = options.statementTimeout.nanoseconds
        statements = StatementCache(capacity: options.statementCache)
        watch()
    }

    var cachedStatements: Int { statements.count }

    /// False when SQLite has ended the transaction by itself, as it does after a full disk or an interruption.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Asks us every thousand instructions whether to go on.
    private func watch() {
        let goOnOrStop: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
            guard let context else { return 0 }
            return Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue().mustStop ? 1 : 0
        }
        sqlite3_progress_handler(handle, 1000, goOnOrStop, Unmanaged.passUnretained(self).toOpaque())
    }

    private var mustStop: Bool { DispatchTime.now().uptimeNanoseconds > deadline || cancellation?.isCancelled ?? false }

    /// Runs `work` in one transaction that commits when it returns and is undone when it throws.
    func transaction<T>(
        _ begin: StaticString, _ cancellation: Cancellation, timed: Bool = true, _ work: (SQLiteTransaction) throws -> T
    ) throws -> T {
        if cancellation.isCancelled { throw StorageError.cancelled }
        try script(begin.description)
        self.cancellation = cancellation
        do {
            let transaction = SQLiteTransaction(self, cancellation, timeout: timed ? statementTimeout : nil)
            let value = try work(transaction)
            try transaction.requireSound()
            if cancellation.isCancelled { throw StorageError.cancelled }
            self.cancellation = nil
            try script("COMMIT")
            return value
        } catch {
            self.cancellation = nil
            if isInTransaction { try? script("ROLLBACK") }
            throw error
        }
    }

    /// Runs `work` with a statement that nobody else uses meanwhile, compiled or taken from the cache.
    func with<T>(_ text: String, _ work: (SQLiteStatement) throws -> T) throws -> T {
        let key = StatementCache<SQLiteStatement>.Key(text: text)
        if let slot = statements.slot(key), !slot.isTaken { return try lend(slot, work) }
        // The same statement inside itself: the inner one is another, and the one kept from now on.
        return try lend(statements.keep(key, SQLiteStatement(text, on: handle)).slot, work)
    }

    private func lend<T>(
        _ slot: StatementCache<SQLiteStatement>.Slot, _ work: (SQLiteStatement) throws -> T
    ) throws -> T {
        slot.isTaken = true
        defer {
            slot.statement.reset()
            slot.isTaken = false
        }
        return try work(slot.statement)
    }

    /// Runs `work`, which steps a statement, and ends it when it takes longer than `timeout` nanoseconds.
    func limited<T>(to timeout: UInt64?, _ work: () throws -> T) throws -> T {
        let outer = deadline
        defer { deadline = outer }
        let (sum, overflow) = DispatchTime.now().uptimeNanoseconds.addingReportingOverflow(timeout ?? .max)
        deadline = overflow ? .max : sum
        return try work()
    }

    /// Time that the caller spends between two rows does not count against the statement.
    func pausing<T>(_ work: () throws -> T) rethrows -> T {
        let start = DispatchTime.now().uptimeNanoseconds
        defer {
            let spent = DispatchTime.now().uptimeNanoseconds &- start
            let (sum, overflow) = deadline.addingReportingOverflow(spent)
            deadline = overflow ? .max : sum
        }
        return try work()
    }

    /// Several statements without values.
    func script(_ text: String) throws {
        guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw StorageError(sqlite: handle) }
    }

    /// Lets go of every prepared statement, so that the connection can close.
    func forget() { statements.removeAll() }
}
