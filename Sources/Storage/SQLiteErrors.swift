import GRDB
import GRDBSQLite

extension StorageError {
    /// The error that a SQLite connection has just reported.
    init(sqlite handle: OpaquePointer) {
        let code = sqlite3_extended_errcode(handle)
        let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "no message"
        self = StorageError(sqliteCode: code, message: message)
    }

    /// The error behind an extended result code. A broken rule is named as on PostgreSQL: `table.column`.
    init(sqliteCode code: Int32, message: String) {
        let subject = message.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init) ?? message
        self =
            switch ResultCode(rawValue: code) {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .unique(subject)
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey(subject)
            case .SQLITE_CONSTRAINT_NOTNULL: .notNull(subject)
            case .SQLITE_CONSTRAINT_CHECK: .check(subject)
            default: StorageError(primaryCode: code & 0xFF, message: message)
            }
    }

    private init(primaryCode code: Int32, message: String) {
        self =
            switch code {
            case SQLITE_CONSTRAINT: .check(message)  // a wrong type in a STRICT table, or RAISE in a trigger
            case SQLITE_MISMATCH, SQLITE_TOOBIG: .check(message)
            case SQLITE_ERROR where message == "integer overflow": .check(message)
            case SQLITE_BUSY, SQLITE_LOCKED: .busy(message)
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN: .disk(message)
            case SQLITE_INTERRUPT: .timeout
            default: .other(code: "SQLite \(code)", message: message)
            }
    }

    /// Any error on its way out of GRDB.
    init(grdb error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError:
            self = StorageError(sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "no message")
        case is CancellationError: self = .cancelled
        default: self = .other(code: "SQLite", message: String(describing: error))
        }
    }
}
