import CLibPQ
import Dispatch
import Synchronization

/// One session with the server, on a thread of its own since libpq waits for each answer.
///
/// `@unchecked Sendable`: everything but `cancel(_:)` is called on `queue`, by way of `perform`. Cancelling
/// comes from any thread: it uses only `canceller`, which libpq makes for that, under the lock of `interruption`.
final class PostgresConnection: @unchecked Sendable {
    private let queue = DispatchQueue(label: "resolute.postgres")
    private let options: DatabaseOptions
    private(set) var connection: OpaquePointer?
    private var canceller: OpaquePointer?
    private var prepared: StatementCache<String>
    private var lastName: UInt64 = 0
    private let interruption = Mutex(Interruption())
    /// The BEGIN of a transaction that has not said anything yet.
    var owed: PostgresMode?
    /// The answer to a COMMIT is still to be taken in.
    var isLeaving = false

    private struct Interruption {
        /// Counts the transactions, so that a late request cannot hit the next one.
        var transaction: UInt64 = 0
        var isWelcome = false
        var wasSent = false
    }

    init(options: DatabaseOptions) {
        self.options = options
        prepared = StatementCache(capacity: options.statementCache)
    }

    deinit {
        PQfreeCancel(canceller)
        PQfinish(connection)
    }

    /// Runs `work` on this connection's thread.
    func perform<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        if BlockingThreads.isCurrent { return try performHere(work) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work(self) }) }
        }
    }

    /// On the thread that asks, which may wait.
    private func performHere<T>(_ work: (PostgresConnection) throws -> T) throws -> T {
        try queue.sync { try work(self) }
    }

    /// Connects and sets up the session. Throws a ``PostgresFailure``.
    func connect(_ address: PostgresAddress) throws {
        connection = address.connect()
        guard PQstatus(connection) == CONNECTION_OK else { throw PostgresFailure(nil, on: connection) }
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        canceller = PQgetCancel(connection)
        let patience = options.statementTimeout.milliseconds
        // Our pages read a few rows by key: from memory a scattered page costs what a neighbouring one does, and neither
        // compiling a plan nor starting workers pays.
        try run(
            """
            SET client_encoding TO 'UTF8'; SET timezone TO 'UTC'; SET standard_conforming_strings TO on;
            SET statement_timeout TO \(patience); SET lock_timeout TO \(options.lockTimeout.milliseconds);
            SET idle_in_transaction_session_timeout TO \(max(60_000, patience)); SET jit TO off;
            SET cursor_tuple_fraction TO 1; SET random_page_cost TO 1.1; SET max_parallel_workers_per_gather TO 0;
            SET plan_cache_mode TO force_generic_plan
            """)
    }

    /// Ends the session.
    func disconnect() async {
        try? await perform { $0.finish() }
    }

    private func finish() {
        interruption.withLock { _ in
            PQfreeCancel(canceller)
            canceller = nil
        }
        PQfinish(connection)
        connection = nil
    }

    /// Runs text without values, several statements too; the last one's answer.
    @discardableResult func run(_ text: String) throws -> PostgresResult {
        try begin()
        return try PostgresResult(PQexec(connection, text), on: connection)
    }

    /// Says the BEGIN that is owed, alone.
    private func begin() throws {
        try settle()
        guard let mode = owed else { return }
        owed = nil
        _ = try PostgresResult(PQexec(connection, mode.rawValue), on: connection)
    }

    /// Runs one statement that is not kept prepared.
    func runOnce(_ text: String, _ parameters: PostgresParameters) throws -> PostgresResult {
        try begin()
        let answer = parameters.lend { count, values, lengths, formats in
            PQexecParams(connection, text, count, parameters.types, values, lengths, formats, 0)
        }
        return try PostgresResult(answer, on: connection)
    }

    /// Runs one statement, prepared once and kept for the next time.
    func runPrepared(_ sql: SQL, _ parameters: PostgresParameters) throws -> PostgresResult {
        if owed != nil, let answer = try runTogether([(sql, parameters)]).first { return answer }
        let name = try name(of: sql, parameters)
        let answer = parameters.lend { count, values, lengths, formats in
            PQexecPrepared(connection, name, count, values, lengths, formats, 0)
        }
        return try PostgresResult(answer, on: connection)
    }

    /// Two uses of one text whose parameters differ in type are two statements.
    func name(of sql: SQL, _ parameters: PostgresParameters) throws -> String {
        let key = StatementCache<String>.Key(text: sql.shape, types: parameters.types)
        if let slot = prepared.slot(key) { return slot.statement }
        lastName &+= 1
        let name = "s\(lastName)"
        try prepare(name, sql.text(for: .postgres), parameters)
        if let oldest = prepared.keep(key, name).left {
            _ = try PostgresResult(PQexec(connection, "DEALLOCATE \(oldest)"), on: connection)
        }
        return name
    }

    /// Has the server read a statement; throws what is wrong with it.
    func prepare(_ name: String, _ text: String, _ parameters: PostgresParameters) throws {
        try settle()
        let answer = PQprepare(connection, name, text, Int32(clamping: parameters.types.count), parameters.types)
        _ = try PostgresResult(answer, on: connection)
    }

    /// Forgets all prepared statements, after the tables under them have changed.
    func forgetStatements() throws {
        prepared.removeAll()
        try run("DEALLOCATE ALL")
    }

    /// Sends rows in the form of COPY; returns the server's count. Leaves the connection ready, whatever happens.
    func copy(_ command: String, _ next: () throws -> [UInt8]?) throws -> Int {
        try run(command)
        var failure: (any Error)?
        do {
            while let chunk = try next() {
                let isSent = chunk.withUnsafeBytes { bytes in
                    PQputCopyData(
                        connection, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: chunk.count)) == 1
                }
                guard isSent else { break }
            }
        } catch {
            failure = error
        }
        PQputCopyEnd(connection, failure == nil ? nil : "a row was refused before it was sent")
        return try endCopy(failure)
    }

    private func endCopy(_ refused: (any Error)?) throws -> Int {
        var failure = refused
        var count = 0
        while let answer = PQgetResult(connection) {
            do {
                count = try PostgresResult(answer, on: connection).changes
            } catch {
                failure = failure ?? error
            }
            if PQstatus(connection) != CONNECTION_OK { break }
        }
        if let failure { throw failure }
        return count
    }

    // MARK: Cancelling

    /// Runs `work`; meanwhile a cancelled task ends the statement that runs here.
    func interruptible<T>(_ cancellation: Cancellation, _ work: () throws -> T) throws -> T {
        let transaction = interruption.withLock { state in
            state = Interruption(transaction: state.transaction &+ 1, isWelcome: true)
            return state.transaction
        }
        cancellation.onCancel { [weak self] in self?.cancel(transaction) }
        defer {
            cancellation.onCancel(nil)
            refuseInterruption()
        }
        return try work()
    }

    /// Asks the server to end the running statement, if the transaction is still this one. Called from any thread.
    private func cancel(_ transaction: UInt64) {
        DispatchQueue.global().async { [self] in
            interruption.withLock { state in
                guard state.isWelcome, state.transaction == transaction, let canceller else { return }
                var words = [CChar](repeating: 0, count: 256)
                state.wasSent = PQcancel(canceller, &words, Int32(words.count)) == 1 || state.wasSent
            }
        }
    }

    /// No interruption may come any more. One that is on its way is waited for, so that it cannot hit the next user.
    private func refuseInterruption() {
        let wasSent = interruption.withLock { state in
            state.isWelcome = false
            return state.wasSent
        }
        if wasSent {
            try? settle()
            PQclear(PQexec(connection, "SELECT 1"))
        }
    }
}
