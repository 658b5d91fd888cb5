import Storage

/// Local keys for rows that are inserted in bulk, with their keys given.
enum UnitImportKeys {
    enum Table { case unit, version, edge }

    /// `count` keys that nobody else gets. On SQLite the write lock is ours, so that the next ones are free; on
    /// PostgreSQL they are drawn from the column's own sequence, which thereby stands behind them.
    static func next(_ count: Int, of table: Table, _ tx: Transaction) throws -> [Int64] {
        guard count > 0 else { return [] }
        if tx.engine == .postgres {
            return try tx.all(sequence(table) + " FROM generate_series(1, CAST(\(count) AS BIGINT))")
                .map { try $0.int64(0) }
        }
        let last = try tx.first(largest(table))?.optionalInt64(0) ?? 0
        let (end, overflow) = last.addingReportingOverflow(Int64(count))
        guard !overflow else { throw StorageError.decoding("the keys are used up") }
        return Array(last + 1...end)
    }

    private static func largest(_ table: Table) -> SQL {
        switch table {
        case .unit: "SELECT MAX(id) FROM unit"
        case .version: "SELECT MAX(id) FROM unit_version"
        case .edge: "SELECT MAX(id) FROM unit_edge"
        }
    }

    private static func sequence(_ table: Table) -> SQL {
        switch table {
        case .unit: "SELECT nextval(pg_get_serial_sequence('unit', 'id'))"
        case .version: "SELECT nextval(pg_get_serial_sequence('unit_version', 'id'))"
        case .edge: "SELECT nextval(pg_get_serial_sequence('unit_edge', 'id'))"
        }
    }
}
