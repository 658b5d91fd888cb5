/// How one run of a transaction ended, and whether another run makes sense.
enum PostgresOutcome<T: Sendable>: Sendable {
    case done(T)
    /// The caller's mistake or decision, or a failure that would come again.
    case failed(any Error)
    /// Others changed the same rows; nothing was kept.
    case conflict
    /// The connection broke, or its prepared statements were out of date, before anything was confirmed.
    case again(StorageError, isLost: Bool)
    /// The connection broke while the change was being confirmed.
    case unknown
}

/// What distinguishes a reading from a changing transaction, and from one that changes alone.
enum PostgresMode: String {
    case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case write = "BEGIN ISOLATION LEVEL SERIALIZABLE"
    case alone = "BEGIN ISOLATION LEVEL REPEATABLE READ"
}

extension PostgresConnection {
    /// Runs `body` in one transaction. Throws nothing: the outcome says it all.
    func attempt<T: Sendable>(
        _ mode: PostgresMode, _ cancellation: Cancellation, _ body: (Transaction) throws -> T
    ) -> PostgresOutcome<T> {
        let transaction = PostgresTransaction(self, cancellation)
        owed = mode
        do {
            let value = try interruptible(cancellation) {
                let value = try body(Transaction(transaction))
                if mode != .read { try transaction.requireSound() }
                return value
            }
            if cancellation.isCancelled { throw StorageError.cancelled }
            return commit(value, mode, transaction)
        } catch {
            return ended(by: error, transaction)
        }
    }

    private func commit<T>(_ value: T, _ mode: PostgresMode, _ transaction: PostgresTransaction) -> PostgresOutcome<T> {
        guard mode != .read || transaction.isLost else {
            leave()
            return .done(value)
        }
        do {
            let answer = try run("COMMIT").command
            guard mode == .read || answer == "COMMIT" else {
                return .failed(StorageError.other(code: "25P02", message: "the transaction was undone: \(answer)"))
            }
            return .done(value)
        } catch {
            let reason = transaction.note(error)
            if transaction.isLost { return mode == .read ? .again(reason, isLost: true) : .unknown }
            _ = try? run("ROLLBACK")
            return transaction.hadConflict ? .conflict : .failed(reason)
        }
    }

    /// Undoes the transaction and tells what the error means.
    private func ended<T>(by error: any Error, _ transaction: PostgresTransaction) -> PostgresOutcome<T> {
        if transaction.isLost {
            owed = nil
            return .again((error as? StorageError) ?? .unavailable("the connection broke"), isLost: true)
        }
        do {
            if owed == nil { try run("ROLLBACK") }
            owed = nil
            if transaction.hadStaleStatement { try forgetStatements() }
        } catch {
            return .again(transaction.note(error), isLost: true)
        }
        if transaction.hadConflict { return .conflict }
        if transaction.hadStaleStatement, let reason = error as? StorageError { return .again(reason, isLost: false) }
        return .failed(error)
    }
}
