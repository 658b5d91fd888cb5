import Foundation
import Storage

/// Rows per table, to tell a whole copy from a broken one.
enum RowCount {
    /// Tables in which nothing is ever lost silently; what can be rebuilt or expires is not counted.
    private static let queries: [(table: String, sql: SQL)] = [
        ("unit", "SELECT COUNT(*) FROM unit"),
        ("unit_version", "SELECT COUNT(*) FROM unit_version"),
        ("unit_edge", "SELECT COUNT(*) FROM unit_edge"),
        ("person", "SELECT COUNT(*) FROM person"),
        ("office", "SELECT COUNT(*) FROM office"),
        ("access_grant", "SELECT COUNT(*) FROM access_grant"),
        ("account", "SELECT COUNT(*) FROM account"),
        ("event", "SELECT COUNT(*) FROM event"),
        ("audit_seal", "SELECT COUNT(*) FROM audit_seal"),
    ]

    static func all(_ database: Database) async throws -> [String: Int] {
        try await database.read { tx in
            var rows: [String: Int] = [:]
            for (table, sql) in queries { rows[table] = try tx.first(sql)?.int(0) ?? 0 }
            return rows
        }
    }

    /// Reads a PostgreSQL dump to its end, which finds damage, and counts the rows of the same tables.
    static func inDump(_ file: URL) throws -> [String: Int] {
        var rows = Dictionary(uniqueKeysWithValues: queries.map { ($0.table, 0) })
        var reader = DumpReader()
        try ChildProgram(name: "pg_restore", package: "postgresql-client")
            .run(["--data-only", "--file=-", file.path]) { reader.read($0) }
        for (table, count) in reader.rows where rows[table] != nil { rows[table] = count }
        return rows
    }
}

/// Counts the lines between `COPY public.table …` and `\.` in a dump's text.
struct DumpReader {
    private(set) var rows: [String: Int] = [:]
    private var table: String?
    private var line: [UInt8] = []

    mutating func read(_ piece: Data) {
        for byte in piece {
            if byte == UInt8(ascii: "\n") {
                end(of: line)
                line.removeAll(keepingCapacity: true)
            } else if line.count < 200 {
                line.append(byte)
            }
        }
    }

    private mutating func end(of line: [UInt8]) {
        if let open = table {
            if line == Array("\\.".utf8) { table = nil } else { rows[open, default: 0] += 1 }
        } else if line.starts(with: Array("COPY public.".utf8)) {
            table = String(decoding: line.dropFirst(12).prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
    }
}
