/// A migration that the database remembers.
struct AppliedMigration: Sendable, Equatable {
    let id: String
    let checksum: String

    static let table: DDL = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            id \(.text) NOT NULL PRIMARY KEY,
            checksum \(.text) NOT NULL,
            position \(.int64) NOT NULL,
            applied_at \(.int64) NOT NULL
        ) \(.strict)
        """

    /// What has run, in the order in which it ran; empty when no migration has ever run.
    static func all(_ transaction: Transaction) throws -> [AppliedMigration] {
        guard try isTableThere(transaction) else { return [] }
        return try transaction.all("SELECT id, checksum FROM schema_migration ORDER BY position, id").map {
            AppliedMigration(id: try $0.text(0), checksum: try $0.text(1))
        }
    }

    private static func isTableThere(_ transaction: Transaction) throws -> Bool {
        switch transaction.engine {
        case .sqlite:
            try transaction.first(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'") != nil
        case .postgres:
            try transaction.first("SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL") != nil
        }
    }
}

extension Migration {
    /// Its statements as one engine runs them.
    func script(for engine: Engine) -> [String] { statements.map { $0.text(for: engine) } }

    /// Changes when a statement does (FNV-1a, 64 bits): a guard against an edited migration, not against malice.
    func checksum(for engine: Engine) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in script(for: engine).joined(separator: ";\n").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    /// Those of `migrations` that have not run, in order. Throws ``StorageError/migration(_:)`` when history differs.
    static func pending(
        of migrations: [Migration], after applied: [AppliedMigration], on engine: Engine
    ) throws(StorageError) -> [Migration] {
        var known: [String: Migration] = [:]
        for migration in migrations where known.updateValue(migration, forKey: migration.id) != nil {
            throw .migration("two migrations are called \"\(migration.id)\"")
        }
        for past in applied {
            guard let migration = known[past.id] else {
                throw .migration(
                    "the database holds the migration \"\(past.id)\", which this program does not know: "
                        + "it was written by a newer version; start that version, or restore a backup")
            }
            guard migration.checksum(for: engine) == past.checksum else {
                throw .migration("the migration \"\(past.id)\" was changed after it had run; undo that change")
            }
        }
        let done = Set(applied.map(\.id))
        return migrations.filter { !done.contains($0.id) }
    }

    /// Runs the statements and remembers that they ran, in the transaction it is given.
    func run(in transaction: Transaction, position: Int, at milliseconds: Int64) throws {
        for statement in script(for: transaction.engine) where !statement.allSatisfy(\.isWhitespace) {
            do {
                try transaction.driver.script(statement)
            } catch let error as StorageError {
                throw error.inMigration(id)
            }
        }
        try transaction.run(
            """
            INSERT INTO schema_migration (id, checksum, position, applied_at)
            VALUES (\(id), \(checksum(for: transaction.engine)), \(position), \(milliseconds))
            """)
    }
}

extension StorageError {
    /// A mistake in a migration's statement, with the migration's name; a busy or missing database stays what it is.
    fileprivate func inMigration(_ id: String) -> StorageError {
        switch self {
        case .busy, .timeout, .cancelled, .unavailable, .disk: self
        default: .migration("the migration \"\(id)\" failed: \(self)")
        }
    }
}
