import Storage

/// Local keys for rows that are inserted in bulk, with their keys given.
enum ImportKeys {
    /// `count` keys that nobody else gets. On SQLite the write lock is ours, so that the next ones are free; on
    /// PostgreSQL they are drawn from the column's own sequence, which thereby stands behind them.
    static func next(_ count: Int, of table: StaticString, _ tx: Transaction) throws -> [Int64] {
        guard count > 0 else { return [] }
        let name = SQL(static: table)
        if tx.engine == .postgres {
            return try tx.all(
                "SELECT nextval(pg_get_serial_sequence('\(name)', 'id')) FROM generate_series(1, CAST(\(count) AS BIGINT))"
            ).map { try $0.int64(0) }
        }
        let last = try tx.first("SELECT MAX(id) FROM \(name)")?.optionalInt64(0) ?? 0
        let (end, overflow) = last.addingReportingOverflow(Int64(count))
        guard !overflow else { throw StorageError.decoding("the keys are used up") }
        return Array(last + 1...end)
    }
}
