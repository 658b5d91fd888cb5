import Foundation

extension SQLiteConnection {
    /// Runs what has not run, one IMMEDIATE transaction each. Each looks again at what has run after it holds the
    /// lock, so two programs that start together share the work.
    func migrate(_ migrations: [Migration], _ cancellation: Cancellation) throws -> [String] {
        try script(AppliedMigration.table.text(for: .sqlite))
        var ran: [String] = []
        while let id = try runNext(of: migrations, cancellation) { ran.append(id) }
        return ran
    }

    private func runNext(of migrations: [Migration], _ cancellation: Cancellation) throws -> String? {
        try transaction("BEGIN IMMEDIATE", cancellation, timed: false) { driver in
            let transaction = Transaction(driver)
            let applied = try AppliedMigration.all(transaction)
            let pending = try Migration.pending(of: migrations, after: applied, on: .sqlite)
            guard let next = pending.first else { return nil }
            try next.run(in: transaction, position: applied.count, at: .now)
            return next.id
        }
    }
}

extension Int64 {
    /// Milliseconds since 1970, for the operator who reads the table of migrations.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
