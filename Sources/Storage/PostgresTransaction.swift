/// One transaction on a PostgreSQL connection. Notes what its failures mean for running it again.
final class PostgresTransaction: TransactionDriver {
    let engine = Engine.postgres
    private let connection: PostgresConnection
    private let health: TransactionHealth
    private var depth = 0
    private var cursors = 0
    /// A failure that would let the whole transaction succeed another time, even if the caller swallowed it.
    private(set) var hadConflict = false
    private(set) var hadStaleStatement = false
    private(set) var isLost = false

    private static let rowsPerFetch = 500

    init(_ connection: PostgresConnection, _ cancellation: Cancellation) {
        self.connection = connection
        health = TransactionHealth(cancellation)
    }

    func requireSound() throws { try health.requireSound() }

    func query(_ sql: SQL, _ each: (Row) throws -> Bool) throws {
        try attempt {
            let result = try prepared(sql)
            _ = try result.rows { row in try health.passing { try each(row) } }
        }
    }

    func queries(_ statements: [SQL], ending: Bool) throws -> [[Row]] {
        try attempt {
            let bound = try statements.map { ($0, try PostgresParameters($0.values)) }
            let results = try connection.runTogether(bound, ending: ending)
            for sql in statements { StatementLog.record(sql, .postgres) }
            return try results.map { result in
                var rows: [Row] = []
                _ = try result.rows { row in
                    rows.append(row)
                    return true
                }
                return rows
            }
        }
    }

    func execute(_ sql: SQL) throws -> Int { try attempt { try prepared(sql).changes } }

    private func prepared(_ sql: SQL) throws -> PostgresResult {
        let result = try connection.runPrepared(sql, PostgresParameters(sql.values))
        StatementLog.record(sql, .postgres)
        return result
    }

    func stream(_ sql: SQL, _ each: (Row) throws -> Bool) throws {
        let text = sql.text(for: .postgres)
        guard ["SELECT", "WITH", "VALUES"].contains(where: text.drop(while: \.isWhitespace).hasPrefix) else {
            return try query(sql, each)
        }
        cursors += 1
        let cursor = "c\(cursors)"
        defer { cursors -= 1 }
        try attempt {
            _ = try connection.runOnce("DECLARE \(cursor) NO SCROLL CURSOR FOR \(text)", PostgresParameters(sql.values))
        }
        StatementLog.record(sql, .postgres)
        do {
            try fetch(cursor, each)
        } catch {
            if health.failure == nil { try script("CLOSE \(cursor)") }
            throw error
        }
        try script("CLOSE \(cursor)")
    }

    private func fetch(_ cursor: String, _ each: (Row) throws -> Bool) throws {
        while true {
            let result = try attempt { try connection.run("FETCH \(Self.rowsPerFetch) FROM \(cursor)") }
            let wantsMore = try attempt { try result.rows { row in try health.passing { try each(row) } } }
            guard wantsMore, Int(result.count) == Self.rowsPerFetch else { return }
        }
    }

    func script(_ text: String) throws { try attempt { _ = try connection.run(text) } }

    func bulkInsert(table: StaticString, columns: [StaticString], rows: any Sequence<[SQLValue]>) throws -> Int {
        let names = columns.map(\.description).joined(separator: ", ")
        var copy = PostgresCopy(rows, columns: columns.count)
        return try attempt { try connection.copy("COPY \(table) (\(names)) FROM STDIN") { try copy.next() } }
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        depth += 1
        let name = "p\(depth)"
        defer { depth -= 1 }
        try script("SAVEPOINT \(name)")
        do {
            let value = try body()
            try requireSound()
            try script("RELEASE \(name)")
            return value
        } catch {
            if !isLost, (try? connection.run("ROLLBACK TO \(name); RELEASE \(name)")) != nil { health.recover() }
            throw error
        }
    }

    private func attempt<T>(_ work: () throws -> T) throws -> T { try health.attempt(note, work) }

    /// Remembers what a failure means, and puts it into our words.
    func note(_ error: any Error) -> StorageError {
        guard let failure = error as? PostgresFailure else {
            return (error as? StorageError) ?? .other(code: "postgres", message: String(describing: error))
        }
        hadConflict = hadConflict || failure.isConflict
        hadStaleStatement = hadStaleStatement || failure.isStale
        isLost = isLost || failure.isLost
        return failure.error
    }
}
