import Storage

/// Words that stand in the files of records: who may know of a record may know of its files. Every word must stand in
/// one and the same file.
struct SearchFiles {
    let tx: Transaction
    /// Of these records are looked at that have the words in their files, the newest.
    var most = AttachmentSearch.few

    /// How the words are looked for; nil when no file of the kind has all of them.
    func asked(_ text: String, _ kind: Subject.Kind, by viewer: Viewer, _ today: Day) throws -> AttachmentSearch? {
        let search = try AttachmentStore(tx: tx, viewer: viewer, today: today)
            .search(text, in: kind)
        return search.isEmpty || search.rarest == 0 ? nil : search
    }

    /// Rows of the index whose files have the words and that are known in one of the scopes, the first of them by
    /// number; and whether there are more records than are looked at.
    func rows(
        _ search: AttachmentSearch, _ asked: SearchWords.Asked, _ kind: Subject.Kind
    ) throws -> (rows: [Row], isCut: Bool) {
        let records: SQL = "SELECT c.subject_id FROM (\(search.newest(most))) c"
        let known = asked.known.map { scopes -> SQL in
            guard !scopes.isEmpty else { return " AND 1 = 0" }
            let any = scopes.map { scope -> SQL in "' ' || e.words || ' ' LIKE \("% \(scope) %") ESCAPE '\\'" }
            return " AND (\(any.joined(" OR ")))"
        }
        let within = asked.within.map { " AND e.id >= \($0.lowerBound) AND e.id < \($0.upperBound)" as SQL }
        let codes = asked.codes.map { code -> SQL in " AND \(code)" }.joined("")
        let rows = try tx.all(
            """
            SELECT \(SearchWords.columns(asked.titles)) FROM search_entry e
            WHERE e.subject_kind = \(kind.rawValue) AND e.subject_id IN (\(records))\(known ?? "")\(within ?? "")\(codes)
            ORDER BY e.id LIMIT \(asked.limit)
            """)
        return (rows, try isMore(search))
    }

    private func isMore(_ search: AttachmentSearch) throws -> Bool {
        guard search.rarest > most else { return false }
        let count = try tx.first("SELECT COUNT(*) FROM (\(search.newest(most + 1))) n")
        return try count?.int(0) ?? 0 > most
    }

    /// The name of the file in which the words stand, the first of each record.
    func names(_ search: AttachmentSearch, of subjects: [Int64]) throws -> [Int64: String] {
        guard !subjects.isEmpty else { return [:] }
        var names: [Int64: String] = [:]
        for row in try tx.all(
            """
            SELECT a.subject_id, a.name FROM attachment a WHERE a.subject_kind = \(search.kind.rawValue)
            AND a.subject_id IN (\(list: subjects)) AND a.withdrawn_at IS NULL AND \(search.isIn("a"))
            ORDER BY a.id DESC
            """
        ) { names[try row.int64(0)] = try row.text(1) }
        return names
    }
}
