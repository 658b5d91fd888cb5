import CLibPQ

/// What the server, or the way to it, has answered instead of a result.
struct PostgresFailure: Error {
    /// The five characters of SQLSTATE; empty when the connection broke.
    let state: String
    /// The same in the words of this module.
    let error: StorageError
    /// The connection is of no more use.
    let isLost: Bool
    /// A statement that we hold prepared no longer fits the tables, or is gone.
    let isStale: Bool

    /// Others changed the same rows: the whole transaction may succeed when it runs again.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// The failure that `result` holds, or, without a result, that the connection reports.
    init(_ result: OpaquePointer?, on connection: OpaquePointer?) {
        func field(_ code: UnicodeScalar) -> String {
            guard let result, let text = PQresultErrorField(result, Int32(code.value)) else { return "" }
            return String(cString: text)
        }
        let state = field("C")
        let primary = field("M")
        let message = primary.isEmpty ? Self.words(of: connection) : primary
        let broken = PQstatus(connection) != CONNECTION_OK
        self.state = state
        isLost = broken || Self.ends(state)
        isStale = state == "26000" || (state == "0A000" && message.contains("cached plan"))
        error =
            isLost
            ? .unavailable(message)
            : Self.error(
                state, message, constraint: field("n"), table: field("t"), column: field("c"), detail: field("D"))
    }

    /// States with which the server ends a session: shutdown, crash, starting up, idle for too long.
    private static func ends(_ state: String) -> Bool {
        state.hasPrefix("08") || state.hasPrefix("57P") || state == "25P03"
    }

    /// The connection's last words on one line.
    static func words(of connection: OpaquePointer?) -> String {
        guard let text = PQerrorMessage(connection) else { return "no connection" }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    private static func error(
        _ state: String, _ message: String, constraint: String, table: String, column: String, detail: String
    ) -> StorageError {
        switch state {
        case "23505", "23P01": .unique(columns(table, detail) ?? constraint)
        case "23503": .foreignKey(constraint)
        case "23514": .check(constraint)
        case "23502": .notNull(table + "." + column)
        case "22001", "22003", "22021", "22P02", "22P03", "P0001": .check(message)
        case "40001", "40P01", "55P03": .busy(message)
        case "57014": .timeout
        case "53100", "58030": .disk(message)
        case "53300": .unavailable(message)
        default: .other(code: state, message: message)
        }
    }

    /// `Key (code, scheme)=(1, x) already exists.` names the columns as SQLite does: `unit.code, unit.scheme`.
    private static func columns(_ table: String, _ detail: String) -> String? {
        guard let start = detail.firstIndex(of: "("), let end = detail.firstRange(of: ")=("), start < end.lowerBound
        else { return nil }
        return detail[detail.index(after: start)..<end.lowerBound]
            .split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
    }
}
