extension Transaction {
    /// Tells PostgreSQL how large tables have become within this transaction, and has it plan anew what reads them: its
    /// sessions keep one plan for each statement, and the one that was made for an empty table reads a full one from end
    /// to end. The embedded engine plans by indexes alone.
    public func measure(_ tables: StaticString...) throws {
        guard engine == .postgres else { return }
        for table in tables { try run("ANALYZE \(SQL(static: table))") }
    }
}
