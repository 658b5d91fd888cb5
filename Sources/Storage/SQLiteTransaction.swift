import GRDBSQLite

/// One transaction on a SQLite connection.
final class SQLiteTransaction: TransactionDriver {
    let engine = Engine.sqlite
    private let connection: SQLiteConnection
    private let timeout: UInt64?
    private let health: TransactionHealth
    private var depth = 0

    init(_ connection: SQLiteConnection, _ cancellation: Cancellation, timeout: UInt64?) {
        self.connection = connection
        self.timeout = timeout
        health = TransactionHealth(cancellation)
    }

    /// Throws the failure of a statement that the caller has swallowed.
    func requireSound() throws { try health.requireSound() }

    func query(_ sql: SQL, _ each: (Row) throws -> Bool) throws { try rows(sql) { row in try each(row) } }

    func queries(_ statements: [SQL], ending: Bool) throws -> [[Row]] {
        try statements.map { sql in
            var rows: [Row] = []
            try query(sql) { row in
                rows.append(row)
                return true
            }
            return rows
        }
    }

    func stream(_ sql: SQL, _ each: (Row) throws -> Bool) throws {
        try rows(sql) { row in try connection.pausing { try each(row) } }
    }

    private func rows(_ sql: SQL, _ each: (Row) throws -> Bool) throws {
        let text = sql.text(for: .sqlite)
        try attempt {
            try connection.with(text) { statement in
                try statement.bind(sql.values)
                try connection.limited(to: timeout) {
                    while try statement.step() {
                        guard try health.passing({ try each(statement.row()) }) else { return }
                    }
                }
            }
        }
        StatementLog.record(sql, .sqlite)
    }

    func execute(_ sql: SQL) throws -> Int {
        let text = sql.text(for: .sqlite)
        let count = try attempt { try connection.with(text) { try change($0, sql.values) } }
        StatementLog.record(sql, .sqlite)
        return count
    }

    private func change(_ statement: SQLiteStatement, _ values: [SQLValue]) throws -> Int {
        let before = sqlite3_total_changes64(connection.handle)
        try statement.bind(values)
        try connection.limited(to: timeout) { while try statement.step() {} }
        // What `changes` tells is left over from an earlier statement when this one changed nothing.
        guard sqlite3_total_changes64(connection.handle) != before else { return 0 }
        return Int(sqlite3_changes64(connection.handle))
    }

    func script(_ text: String) throws { try attempt { try connection.script(text) } }

    func bulkInsert(table: StaticString, columns: [StaticString], rows: any Sequence<[SQLValue]>) throws -> Int {
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let names = columns.map(\.description).joined(separator: ", ")
        return try attempt {
            try connection.with("INSERT INTO \(table) (\(names)) VALUES (\(places))") { statement in
                var count = 0
                for row in rows {
                    count += try change(statement, row)
                    statement.reset()
                }
                return count
            }
        }
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        depth += 1
        let name = "s\(depth)"
        defer { depth -= 1 }
        try script("SAVEPOINT \(name)")
        do {
            let value = try body()
            try health.requireSound()
            try script("RELEASE \(name)")
            return value
        } catch {
            if connection.isInTransaction {
                try connection.script("ROLLBACK TO \(name); RELEASE \(name)")
                health.recover()
            }
            throw error
        }
    }

    private func attempt<T>(_ work: () throws -> T) throws -> T {
        try health.attempt(StorageError.init(grdb:), work)
    }
}
