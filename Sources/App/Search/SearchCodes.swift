import Storage

/// The codes of entries once more, side by side for each part of the country.
///
/// SQLite reads a hit where it lies, and the hits of one part lie scattered among the entries of a whole country: to count
/// a thousand of them is to read a thousand pages. Here they lie on a few. PostgreSQL reads its hits in one go, in the
/// order of its table, and has no such table. Records of a kind that knows no parts lie together too.
///
/// To look for a row by its number is said as a sum, `id + 0`, of which the index is: by an index of the number itself a
/// hit would be looked for by it, and lie anywhere.
struct SearchCodes {
    let tx: Transaction

    static let columns: [StaticString] = ["region_id", "id", "state", "type", "pillar", "unit_id"]

    /// The part of records of a kind that knows none.
    static let everywhere: Int64 = 0

    private var isKept: Bool { tx.engine == .sqlite }

    func add(_ entries: [SearchEntry]) throws {
        guard isKept else { return }
        try tx.insert(into: "search_code", SearchCodes.columns, rows: entries.flatMap(SearchCodes.rows))
    }

    func remove(_ id: SQLValue) throws {
        guard isKept else { return }
        try tx.run("DELETE FROM search_code WHERE id + 0 = \(id)")
    }

    func restate(_ kind: Subject.Kind, _ subject: Int64, state: String) throws {
        guard isKept else { return }
        try tx.run(
            """
            UPDATE search_code SET state = \(state) WHERE id + 0 = (SELECT e.id FROM search_entry e
            WHERE e.subject_kind = \(kind.rawValue) AND e.subject_id = \(subject))
            """)
    }

    func removeAll() throws {
        guard isKept else { return }
        try tx.run("DELETE FROM search_code")
    }

    /// How many of the rows that these entries should have are there.
    func right(_ entries: [SearchEntry]) throws -> (there: Int, missing: Int) {
        guard isKept else { return (0, 0) }
        let wanted = Set(entries.flatMap(SearchCodes.rows))
        let stored = try tx.all(
            """
            SELECT region_id, id, state, type, pillar, unit_id FROM search_code
            WHERE id + 0 IN (\(list: entries.map(\.id))) ORDER BY region_id, id
            """
        ).map(\.values)
        let there = wanted.intersection(stored).count
        return (there, wanted.count - there)
    }

    func count() throws -> Int {
        guard isKept else { return 0 }
        return try tx.first("SELECT COUNT(*) FROM search_code")?.int(0) ?? 0
    }

    /// One row for each part in which the record is known.
    private static func rows(_ entry: SearchEntry) -> [[SQLValue]] {
        (entry.regions ?? [everywhere]).map { region in
            [
                .integer(region), .integer(entry.id), .text(entry.state), .text(entry.type), .text(entry.pillar),
                .integer(entry.unit),
            ]
        }
    }
}
