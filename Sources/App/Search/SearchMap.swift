public import Storage

/// The table that is made from what features give to search. Kept in the transaction of each change by the maps of the
/// features, rebuilt by `doctor`.
public struct SearchMap {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    private static let columns: [StaticString] = [
        "id", "subject_kind", "subject_id", "state", "type", "pillar", "unit_id", "title", "words",
    ]

    /// After a change of what a record says, whom it concerns, or whether it is there at all.
    func refresh(_ kind: Subject.Kind, _ subjects: [Int64]) throws {
        let source = try SearchSource.of(kind)
        for batch in KeyBatches.of(subjects) {
            let wanted = try source.entries(tx, batch), stored = try stored(kind, batch)
            let known = Set(stored), right = Set(wanted.map(values))
            for row in stored where !right.contains(row) { try delete(row) }
            try insert(wanted.filter { !known.contains(values($0)) })
        }
    }

    /// After a change of state alone: the words stay where they are.
    func restate(_ kind: Subject.Kind, _ subject: Int64, state: String) throws {
        try SearchCodes(tx: tx).restate(kind, subject, state: state)
        try tx.run(
            """
            UPDATE search_entry SET state = \(state) WHERE subject_kind = \(kind.rawValue) AND subject_id = \(subject)
            """)
    }

    /// Makes all anew. About half a minute for a million tasks.
    public func rebuild() throws {
        try SearchCodes(tx: tx).removeAll()
        for source in SearchSource.all { try fill(source) }
        try SearchWords(tx: tx).rebuild()
    }

    private func fill(_ source: SearchSource) throws {
        try tx.run("DELETE FROM search_entry WHERE subject_kind = \(source.kind.rawValue)")
        try each(source) { _, entries in
            try tx.insert(into: "search_entry", SearchMap.columns, rows: entries.map(values))
            try SearchCodes(tx: tx).add(entries)
        }
    }

    /// Records among these have no entry.
    func lacks(_ kind: Subject.Kind, _ subjects: [Int64]) throws -> Bool {
        let source = try SearchSource.of(kind)
        return try source.entries(tx, subjects).count > stored(kind, subjects).count
    }

    /// How many rows differ from what a rebuild would make.
    public func differences() throws -> [(table: String, missing: Int, surplus: Int)] {
        let codes = SearchCodes(tx: tx)
        var missing = 0, surplus = 0
        var ofCodes = (missing: 0, surplus: try codes.count())
        for source in SearchSource.all {
            var last: Int64 = 0
            try each(source) { keys, entries in
                let wanted = Set(entries.map(values)), stored = Set(try stored(source.kind, keys))
                missing += wanted.subtracting(stored).count
                surplus += stored.subtracting(wanted).count
                let right = try codes.right(entries)
                ofCodes = (ofCodes.missing + right.missing, ofCodes.surplus - right.there)
                let others = try tx.first(
                    """
                    SELECT COUNT(*) FROM search_entry WHERE subject_kind = \(source.kind.rawValue)
                    AND subject_id > \(last) AND subject_id <= \(keys.last ?? last)
                    """)
                surplus += (try others?.int(0) ?? 0) - stored.count
                last = keys.last ?? last
            }
            let beyond = try tx.first(
                """
                SELECT COUNT(*) FROM search_entry WHERE subject_kind = \(source.kind.rawValue) AND subject_id > \(last)
                """)
            surplus += try beyond?.int(0) ?? 0
        }
        return [("search_entry", missing, surplus), ("search_code", ofCodes.missing, ofCodes.surplus)]
    }

    private func each(_ source: SearchSource, _ body: ([Int64], [SearchEntry]) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let keys = try source.keys(tx, last, KeyBatches.size)
            guard let end = keys.last else { return }
            try body(keys, try source.entries(tx, keys))
            last = end
        }
    }

    private func stored(_ kind: Subject.Kind, _ subjects: [Int64]) throws -> [[SQLValue]] {
        try tx.all(
            """
            SELECT id, subject_kind, subject_id, state, type, pillar, unit_id, title, words FROM search_entry
            WHERE subject_kind = \(kind.rawValue) AND subject_id IN (\(list: subjects)) ORDER BY id
            """
        ).map(\.values)
    }

    private func insert(_ entries: [SearchEntry]) throws {
        let rows = entries.map(values)
        try tx.insert(into: "search_entry", SearchMap.columns, rows: rows)
        for row in rows { try SearchWords(tx: tx).add(row[0], row[8]) }
        try SearchCodes(tx: tx).add(entries)
    }

    private func delete(_ row: [SQLValue]) throws {
        try SearchWords(tx: tx).remove(row[0], row[8])
        try SearchCodes(tx: tx).remove(row[0])
        try tx.run("DELETE FROM search_entry WHERE id = \(row[0])")
    }

    private func values(_ entry: SearchEntry) -> [SQLValue] {
        [
            .integer(entry.id), .text(entry.kind.rawValue), .integer(entry.subject), .text(entry.state),
            .text(entry.type), .text(entry.pillar), .integer(entry.unit), .text(entry.title),
            .text(SearchWords(tx: tx).stored(entry)),
        ]
    }
}
