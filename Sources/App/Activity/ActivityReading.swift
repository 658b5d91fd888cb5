import Storage

// How a list of the newest events stays fast for a viewer who may know of few of them.
//
// A plain walk from the newest is bounded only where most events are known. So each source is asked on its own,
// ordered and limited, and the results are merged (design: "a UNION of ordered, limited branches, never an OR"):
//   * events of public units, marked when recorded:  event_open (is_open, id), read backwards;
//   * for each grant over at most `fewUnits` units:  event_unit (unit_id, id), one seek per unit for its newest event,
//     then the newest of the units that can be on this page;
//   * for a larger subtree, and for the system:      the primary key backwards: there most events are known.
// The rows are then fetched by key under the whole condition once more, so that a branch can only miss, never leak.
extension ActivityStore {
    /// Events of one record, newest first. The caller has found the record through the viewer; an event that
    /// belongs to a unit the viewer may not know of is left out all the same.
    public func history(of subject: Subject, page: PageRequest = .first) throws -> Page<EventRow> {
        let scope = try ActivityScope(tx: tx, viewer: viewer)
        let known = scope.condition(of: subject)
        let rows = try tx.all(
            """
            SELECT \(EventRow.columns) FROM event e LEFT JOIN unit u ON u.id = e.unit_id
            WHERE \(known) AND \(try before(page.after)) ORDER BY e.id DESC LIMIT \(page.limit + 1)
            """)
        if page.after == nil, rows.count <= page.limit { return try assemble(rows, page, count: rows.count) }
        let count = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM event e LEFT JOIN unit u ON u.id = e.unit_id
            WHERE \(known) LIMIT \(countCap + 1)) counted
            """)
        return try assemble(rows, page, count: count?.int(0) ?? 0)
    }

    /// The newest events that the viewer may know of.
    public func recent(_ filter: EventFilter = EventFilter(), page: PageRequest = .first) throws -> Page<EventRow> {
        let branches = try branches(filter)
        let rows = try newest(of: branches, before: try position(page.after), limit: page.limit + 1)
        let count = try branches.count(to: countCap + 1)
        return try assemble(rows, page, count: count, subjects: true)
    }

    /// The newest few without a count: for the home page and for files.
    public func newest(
        _ filter: EventFilter = EventFilter(), before event: EventRow? = nil, limit: Int
    ) throws -> [EventRow] {
        let branches = try branches(filter)
        let rows = try newest(of: branches, before: event?.id.value ?? .max, limit: limit).map(EventRow.init)
        return try named(rows, subjects: true)
    }

    private func branches(_ filter: EventFilter) throws -> EventBranches {
        let scope = try ActivityScope(tx: tx, viewer: viewer)
        return try EventBranches(tx: tx, scope: scope, filter: filter, fewUnits: fewUnits)
    }

    private func newest(of branches: EventBranches, before position: Int64, limit: Int) throws -> [Row] {
        let ids = try branches.newest(before: position, limit: limit)
        return try tx.all(
            """
            SELECT \(EventRow.columns) FROM event e LEFT JOIN unit u ON u.id = e.unit_id
            WHERE e.id IN (\(list: ids)) AND \(branches.scope.condition) ORDER BY e.id DESC
            """)
    }

    /// The newest few that the viewer may know of.
    public func recent(limit: Int) throws -> [EventRow] { try newest(limit: limit) }

    private func named(_ rows: [EventRow], subjects: Bool) throws -> [EventRow] {
        let names = EventNames(tx: tx, viewer: viewer, today: today)
        return try names.listed(names.resolve(rows, subjects: subjects))
    }

    /// `subjects`: the events are of more than one record, and each names its own.
    func assemble(
        _ rows: [Row], _ page: PageRequest, count: Int, subjects: Bool = false
    ) throws -> Page<EventRow> {
        let items = try named(try rows.prefix(page.limit).map(EventRow.init), subjects: subjects)
        let next = rows.count > page.limit ? items.last.map { Cursor([$0.uid.text]) } : nil
        return Page(items: items, next: next, total: min(count, countCap), totalIsFloor: count > countCap)
    }

    func before(_ cursor: Cursor?) throws -> SQL { "e.id < \(try position(cursor))" }

    /// A cursor names the last event by its uid: the distance between local keys would tell of events unseen.
    private func position(_ cursor: Cursor?) throws -> Int64 {
        guard let cursor else { return .max }
        let row = try tx.first("SELECT id FROM event WHERE uid = \(cursor.parts.first ?? "")")
        guard let row else { throw AppError.malformed(Message("activity.cursor_unknown")) }
        return try row.int64(0)
    }
}
