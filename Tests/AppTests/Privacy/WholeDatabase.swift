import Storage

/// Everything that a database holds, for tests that look for what must be nowhere.
enum WholeDatabase {
    /// Each text, and each blob read as one, of each table: `table: value`.
    static func texts(_ database: Database) async throws -> [String] {
        try await database.read { tx in
            try tables(tx).flatMap { table in
                try tx.all(SQL(stringLiteral: "SELECT * FROM \"\(table)\"")).flatMap { row in
                    row.values.compactMap(text).map { "\(table): \($0)" }
                }
            }
        }
    }

    private static func tables(_ tx: Transaction) throws -> [String] {
        let names: SQL =
            tx.engine == .sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            : """
            SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'
            AND table_type = 'BASE TABLE' ORDER BY 1
            """
        return try tx.all(names).map { try $0.text(0) }
    }

    private static func text(_ value: SQLValue) -> String? {
        switch value {
        case .text(let text): text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }
}
