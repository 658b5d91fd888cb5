/// What can go wrong in a database, told apart as far as a caller acts on it.
public enum StorageError: Error, Sendable, Equatable {
    /// A UNIQUE or PRIMARY KEY constraint; the text names the constraint or its columns.
    case unique(String)
    case foreignKey(String)
    case check(String)
    case notNull(String)
    /// Others held the lock, or kept changing the same rows, for longer than we wait. Try again soon.
    case busy(String)
    /// The statement took longer than ``DatabaseOptions/statementTimeout``.
    case timeout
    /// The one who asked has gone away.
    case cancelled
    /// No connection: the server is down, restarting, or all connections are taken.
    case unavailable(String)
    /// The disk is full or not writable.
    case disk(String)
    /// A row did not have the shape the code expects.
    case decoding(String)
    /// A migration that has run differs from the one in this program, or comes from a newer program.
    case migration(String)
    /// Anything else: a mistake in a statement, a damaged file. Carries the engine's code and words.
    case other(code: String, message: String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unique(let what): "a value that must be unique is taken (\(what))"
        case .foreignKey(let what): "a row that is referred to is missing or still in use (\(what))"
        case .check(let what): "a value is outside what the schema allows (\(what))"
        case .notNull(let what): "a value is missing (\(what))"
        case .busy(let what): "the database is busy (\(what))"
        case .timeout: "the statement took too long"
        case .cancelled: "the request was cancelled"
        case .unavailable(let what): "the database cannot be reached (\(what))"
        case .disk(let what): "the disk is full or not writable (\(what))"
        case .decoding(let what): "a row has an unexpected shape (\(what))"
        case .migration(let what): what
        case .other(let code, let message): "database error \(code): \(message)"
        }
    }
}
