/// What an engine's connection offers inside one transaction. Two types implement it.
protocol TransactionDriver: AnyObject {
    var engine: Engine { get }
    func query(_ sql: SQL, _ each: (Row) throws -> Bool) throws
    /// All rows of each statement; with `ending` the transaction ends along with the last one.
    func queries(_ statements: [SQL], ending: Bool) throws -> [[Row]]
    /// As `query`, holding few rows at a time, for a result of any length.
    func stream(_ sql: SQL, _ each: (Row) throws -> Bool) throws
    func execute(_ sql: SQL) throws -> Int
    func script(_ text: String) throws
    func savepoint<T>(_ body: () throws -> T) throws -> T
    func bulkInsert(table: StaticString, columns: [StaticString], rows: any Sequence<[SQLValue]>) throws -> Int
}

/// One snapshot (in ``Database/read(_:)``) or one unit of change (in ``Database/write(_:)``).
///
/// Lives only inside the closure it is handed to, on the thread that runs it.
public final class Transaction {
    let driver: any TransactionDriver

    init(_ driver: any TransactionDriver) { self.driver = driver }

    public var engine: Engine { driver.engine }

    /// All rows of a query.
    public func all(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try driver.query(sql) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    /// All rows of each statement, on PostgreSQL in one way there and back: for questions of which none waits for the
    /// answer to another.
    public func answers(to statements: [SQL]) throws -> [[Row]] { try driver.queries(statements, ending: false) }

    /// The first row, or nil. The statement should carry its own `LIMIT 1` or ask by a unique key.
    public func first(_ sql: SQL) throws -> Row? {
        var found: Row?
        try driver.query(sql) { row in
            found = row
            return false
        }
        return found
    }

    /// Hands over each row as it comes, so that a long result is never held whole; `false` stops.
    public func each(_ sql: SQL, _ body: (Row) throws -> Bool) throws { try driver.stream(sql, body) }

    /// Runs a change; the result is the number of rows it touched.
    @discardableResult public func run(_ sql: SQL) throws -> Int { try driver.execute(sql) }

    /// A step that may fail without ending the transaction: on an error its changes, and only these, are undone.
    public func savepoint<T>(_ body: () throws -> T) throws -> T { try driver.savepoint(body) }

    /// Many rows into one table: COPY on PostgreSQL, one prepared statement on SQLite. Returns their number.
    @discardableResult
    public func insert(
        into table: StaticString, _ columns: [StaticString], rows: some Sequence<[SQLValue]>
    ) throws -> Int {
        try driver.bulkInsert(table: table, columns: columns, rows: rows)
    }

    /// Lets the database give out ids above those that were written by hand: to be called after rows were inserted
    /// with their `id`, since PostgreSQL would otherwise give out the same ids once more.
    public func continueIDs(of table: StaticString) throws {
        guard engine == .postgres else { return }
        let name = SQL(static: table)
        let sequence: SQL = "pg_get_serial_sequence('\(name)', 'id')"
        let highest: SQL = "(SELECT COALESCE(MAX(id), 1) FROM \(name))"
        try run("SELECT setval(\(sequence), GREATEST(nextval(\(sequence)), \(highest)))")
    }
}
