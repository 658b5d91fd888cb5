/// Knows whether a transaction can go on: after a failed statement nothing more runs until the savepoint around
/// it is undone. PostgreSQL has this rule; SQLite gets it from us, so that a mistake shows on either engine.
final class TransactionHealth {
    private(set) var failure: StorageError?
    private let cancellation: Cancellation

    init(_ cancellation: Cancellation) { self.cancellation = cancellation }

    /// Runs one statement. An error is put into our words by `translate`, remembered, and thrown.
    func attempt<T>(_ translate: (any Error) -> StorageError, _ work: () throws -> T) throws -> T {
        if let failure { throw StorageError.afterFailure(failure) }
        do {
            if cancellation.isCancelled { throw StorageError.cancelled }
            return try work()
        } catch let passing as Passing {
            throw passing.error
        } catch {
            var reason = translate(error)
            if reason == .timeout, cancellation.isCancelled { reason = .cancelled }
            failure = reason
            throw reason
        }
    }

    /// Runs the caller's own code inside a statement: its error passes through and leaves the transaction sound.
    func passing<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw Passing(error: error) }
    }

    /// Throws the failure of a statement that the caller has swallowed.
    func requireSound() throws {
        if let failure { throw failure }
    }

    /// The savepoint around the failure has been undone.
    func recover() { failure = nil }

    private struct Passing: Error { let error: any Error }
}

extension StorageError {
    /// What a statement gets that follows a failed one, in PostgreSQL's own code and in our words.
    static func afterFailure(_ first: StorageError) -> StorageError {
        .other(code: "25P02", message: "an earlier statement of this transaction failed: \(first)")
    }
}
