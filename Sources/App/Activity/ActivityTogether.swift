import Storage

/// What was done to several records that are shown as one, such as a person with account, offices and rights.
extension ActivityStore {
    /// Events of all of them, newest first, each by the rules of ``history(of:page:)-(Subject,_)``: every kind of record
    /// is asked on its own, ordered and limited, and what was found is merged.
    public func history(of subjects: [Subject], page: PageRequest = .first) throws -> Page<EventRow> {
        let scope = try ActivityScope(tx: tx, viewer: viewer)
        let kinds = Dictionary(grouping: subjects, by: \.kind).sorted { $0.key.rawValue < $1.key.rawValue }
            .map { scope.condition(of: $0.key, among: $0.value) }
        let before = try before(page.after)
        var found: [Int64] = []
        for known in kinds {
            found += try tx.all(
                "SELECT e.id \(from) WHERE \(known) AND \(before) ORDER BY e.id DESC LIMIT \(page.limit + 1)"
            ).map { try $0.int64(0) }
        }
        let newest = Array(found.sorted(by: >).prefix(page.limit + 1))
        let rows = try tx.all(
            "SELECT \(EventRow.columns) \(from) WHERE e.id IN (\(list: newest)) ORDER BY e.id DESC")
        if page.after == nil, rows.count <= page.limit {
            return try assemble(rows, page, count: rows.count, subjects: true)
        }
        var count = 0
        for known in kinds where count <= countCap {
            let some = try tx.first(
                "SELECT COUNT(*) FROM (SELECT 1 \(from) WHERE \(known) LIMIT \(countCap + 1)) counted")
            count += try some?.int(0) ?? 0
        }
        return try assemble(rows, page, count: count, subjects: true)
    }

    private var from: SQL { "FROM event e LEFT JOIN unit u ON u.id = e.unit_id" }
}
