import Storage

/// The tasks behind an act on many of them, in the events that a reader is shown: as many as the list has for that
/// reader, and no way to a list that has none.
extension EventNames {
    func listed(_ rows: [EventRow]) throws -> [EventRow] {
        let bulks = Set(rows.compactMap(EventNames.bulk))
        guard !bulks.isEmpty else { return rows }
        let sizes = try sizes(of: bulks.sorted())
        return rows.map { row in
            guard let bulk = EventNames.bulk(row) else { return row }
            var row = row
            let size = sizes[bulk] ?? (all: 0, known: 0)
            if size.known == 0 { row.after[TaskBulk.field] = nil }
            // What was deleted since was there: only what this reader may not know of is not counted.
            if size.known < size.all { row.after[TaskBulk.count] = size.known == 0 ? nil : String(size.known) }
            return row
        }
    }

    private static func bulk(_ row: EventRow) -> UID? { row.after[TaskBulk.field].flatMap { TaskBulk.uid(in: $0) } }

    private func sizes(of bulks: [UID]) throws -> [UID: (all: Int, known: Int)] {
        var sizes: [UID: (all: Int, known: Int)] = [:]
        for batch in KeyBatches.of(bulks) {
            let rows = try tx.all(
                """
                SELECT k.bulk_uid, COUNT(*), CAST(SUM(k.known) AS BIGINT) FROM (SELECT b.bulk_uid,
                CASE WHEN \(TaskScope(viewer).condition()) THEN 1 ELSE 0 END AS known
                FROM task_bulk_row b JOIN task t ON t.id = b.task_id
                WHERE b.bulk_uid IN (\(list: batch))) k
                GROUP BY k.bulk_uid
                """)
            for row in rows { sizes[try row.uid(0)] = (try row.int(1), try row.int(2)) }
        }
        return sizes
    }
}
