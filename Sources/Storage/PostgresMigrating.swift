extension PostgresConnection {
    /// The number of the advisory lock that a migrating program holds: "resolute" in ASCII.
    private static let lock: Int64 = 0x7265_736f_6c75_7465

    /// Runs what has not run, one transaction each, while no other program does. The lock belongs to this session:
    /// if the program dies, the server gives it back by itself.
    func migrate(_ migrations: [Migration], _ cancellation: Cancellation) throws -> [String] {
        try interruptible(cancellation) {
            let outer = PostgresTransaction(self, cancellation)
            try outer.script("SET statement_timeout TO 0; SET lock_timeout TO 0")
            try outer.script("SELECT pg_advisory_lock(\(Self.lock))")
            try outer.script(AppliedMigration.table.text(for: .postgres))
            let applied = try AppliedMigration.all(Transaction(outer))
            let pending = try Migration.pending(of: migrations, after: applied, on: .postgres)
            for (offset, migration) in pending.enumerated() {
                try run(migration, position: applied.count + offset, cancellation)
            }
            return pending.map(\.id)
        }
    }

    private func run(_ migration: Migration, position: Int, _ cancellation: Cancellation) throws {
        let driver = PostgresTransaction(self, cancellation)
        try driver.script("BEGIN")
        do {
            try migration.run(in: Transaction(driver), position: position, at: .now)
            try driver.script("COMMIT")
        } catch {
            _ = try? run("ROLLBACK")
            throw error
        }
    }
}
