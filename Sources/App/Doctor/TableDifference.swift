import Storage

extension Transaction {
    /// How many rows of one selection are not in the other, each row taken once. The engine compares: millions of rows
    /// are too many to hold.
    func difference(wanted: SQL, stored: SQL) throws -> (missing: Int, surplus: Int) {
        func count(_ left: SQL, without right: SQL) throws -> Int {
            let rows: SQL = "SELECT * FROM (\(left)) a EXCEPT SELECT * FROM (\(right)) b"
            return try first("SELECT COUNT(*) FROM (\(rows)) n")?.int(0) ?? 0
        }
        return (try count(wanted, without: stored), try count(stored, without: wanted))
    }
}
