import GRDBSQLite

/// One prepared statement. Used only on the thread that owns its connection at the moment.
final class SQLiteStatement {
    private let statement: OpaquePointer
    private let handle: OpaquePointer

    /// Compiles the one statement that `text` holds.
    init(_ text: String, on handle: OpaquePointer) throws {
        var statement: OpaquePointer?
        let isAlone = try text.withCString { start in
            var tail: UnsafePointer<CChar>?
            let kept = UInt32(SQLITE_PREPARE_PERSISTENT)
            guard sqlite3_prepare_v3(handle, start, -1, kept, &statement, &tail) == SQLITE_OK else {
                throw StorageError(sqlite: handle)
            }
            return tail.map { String(cString: $0).allSatisfy { $0.isWhitespace || $0 == ";" } } ?? true
        }
        guard let statement else { throw StorageError.other(code: "SQLite 1", message: "an empty statement") }
        guard isAlone else {
            sqlite3_finalize(statement)
            throw StorageError.other(code: "SQLite 1", message: "more than one statement")
        }
        self.statement = statement
        self.handle = handle
    }

    deinit { sqlite3_finalize(statement) }

    /// Binds the values in order; their number must be what the text asks for.
    func bind(_ values: [SQLValue]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(statement)) else {
            throw StorageError.other(code: "SQLite 25", message: "\(values.count) values for another number of places")
        }
        var position: Int32 = 0
        for value in values {
            position += 1
            try value.requirePortable()
            guard bind(value, at: position) == SQLITE_OK else { throw StorageError(sqlite: handle) }
        }
    }

    private func bind(_ value: SQLValue, at position: Int32) -> Int32 {
        // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        return switch value {
        case .null: sqlite3_bind_null(statement, position)
        case .integer(let number): sqlite3_bind_int64(statement, position, number)
        case .double(let number): sqlite3_bind_double(statement, position, number)
        case .text(let text):
            sqlite3_bind_text64(
                statement, position, text, UInt64(text.utf8.count), transient, UInt8(SQLITE_UTF8))
        case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, position, 0)
        case .blob(let bytes):
            sqlite3_bind_blob64(statement, position, bytes, UInt64(bytes.count), transient)
        }
    }

    /// Goes on to the next row; false at the end.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw StorageError(sqlite: handle)
        }
    }

    /// The current row, copied out: it stays valid after the next step.
    func row() -> Row {
        let count = sqlite3_column_count(statement)
        return Row((0..<count).map(value))
    }

    private func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .double(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    private func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// Ready for the next use, holding none of the values of this one.
    func reset() {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }
}

extension SQLValue {
    /// Refuses what the engines would store differently: PostgreSQL has no NUL in text, SQLite no NaN.
    func requirePortable() throws(StorageError) {
        switch self {
        case .text(let text) where text.utf8.contains(0): throw .check("text contains the character NUL")
        case .double(let number) where !number.isFinite: throw .check("\(number) is not a finite number")
        default: return
        }
    }
}
