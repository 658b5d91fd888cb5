public import Storage

/// Every read of committees. Made from a transaction and a viewer, so that nothing is read unscoped; seats, organs,
/// papers and what changes them stand in extensions.
public struct CommitteeStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    var units: UnitStore { UnitStore(tx: tx, viewer: viewer, today: today) }
    var people: PersonStore { PersonStore(tx: tx, viewer: viewer, today: today) }

    /// A page of the committees that exist (or ended) on a day. An unknown unit is ``AppError/notFound``.
    public func list(_ filter: CommitteeFilter, on day: Day? = nil, page: PageRequest) throws -> Page<CommitteeLine> {
        let day = day ?? today
        let unit = try filter.unit.map { try units.find($0).unit.id }
        let query = CommitteeQuery(viewer: viewer, filter: filter, day: day, unit: unit)
        let rows = try tx.all(query.page(page))
        let shown = rows.prefix(page.limit)
        var next: Cursor?
        if rows.count > page.limit, let last = shown.last { next = try CommitteeQuery.cursor(after: last) }
        let total =
            page.after == nil && next == nil
            ? shown.count : try tx.first(query.count(cap: countCap))?.int(0) ?? 0
        return Page(
            items: try lines(try shown.map(CommitteeRow.init), on: day), next: next, total: min(total, countCap),
            totalIsFloor: total > countCap)
    }

    /// Hands over every committee of a list in batches, so that an export never holds the whole.
    public func each(
        _ filter: CommitteeFilter, on day: Day? = nil, _ body: (CommitteeLine) throws -> Void
    ) throws {
        var after: Cursor?
        repeat {
            let page = try list(filter, on: day, page: PageRequest(after: after, limit: 200))
            for line in page.items { try body(line) }
            after = page.next
        } while after != nil
    }

    /// ``AppError/notFound`` also when the viewer may not know of its body.
    public func find(_ uid: UID, on day: Day? = nil) throws -> CommitteeRow {
        try find(where: "c.uid = \(uid)", on: day ?? today)
    }

    func find(_ id: ID<Committee>, on day: Day? = nil) throws -> CommitteeRow {
        try find(where: "c.id = \(id)", on: day ?? today)
    }

    /// The committee of a body, if it has one.
    public func find(ofUnit unit: ID<OrgUnit>) throws -> CommitteeRow? {
        try ifKnown(find(where: "c.unit_id = \(unit)", on: today))
    }

    /// The committees of a unit that exist on a day.
    public func list(ofHost host: ID<OrgUnit>, on day: Day? = nil) throws -> [CommitteeRow] {
        let day = day ?? today
        return try tx.all(
            """
            SELECT \(CommitteeRow.columns(on: day)) FROM committee c JOIN unit u ON u.id = c.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(day) AND v.to_day > \(day)
            LEFT JOIN unit h ON h.id = c.host_id AND \(UnitScope(viewer).condition(on: "h"))
            WHERE c.host_id = \(host) AND \(UnitScope(viewer).condition) ORDER BY v.sort_key, c.id
            """
        ).map(CommitteeRow.init)
    }

    private func find(where which: SQL, on day: Day) throws -> CommitteeRow {
        let row = try tx.first(
            """
            SELECT \(CommitteeRow.columns(on: day)) FROM committee c JOIN unit u ON u.id = c.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day =
                COALESCE((SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = u.id AND w.from_day <= \(day)),
                    (SELECT MIN(w.from_day) FROM unit_version w WHERE w.unit_id = u.id))
            LEFT JOIN unit h ON h.id = c.host_id AND \(UnitScope(viewer).condition(on: "h"))
            WHERE \(which) AND \(UnitScope(viewer).condition) LIMIT 1
            """)
        guard let row else { throw AppError.notFound }
        return try CommitteeRow(row)
    }

    private func lines(_ rows: [CommitteeRow], on day: Day) throws -> [CommitteeLine] {
        let ids = rows.map(\.committee.id)
        let heads = try seats("s.committee_id IN (\(list: ids)) AND s.position = 'head'", on: day)
            .filter { $0.seat.isHeld(on: day) }
        let head = Dictionary(heads.map { ($0.seat.committee, $0) }, uniquingKeysWith: { first, _ in first })
        let progress = try progress(of: ids, on: day)
        return rows.map {
            CommitteeLine(
                row: $0, head: head[$0.committee.id], progress: progress[$0.committee.id] ?? SetupProgress(mask: 0))
        }
    }

    // MARK: What was done

    /// The newest acts, for the foot of the page; one more than is shown tells that there are others.
    func recentHistory(of row: CommitteeRow) throws -> Page<EventRow> {
        try history(of: row, page: PageRequest(after: nil, limit: 10))
    }

    public func history(of row: CommitteeRow, page: PageRequest) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer, today: today).history(of: row.subject, page: page)
    }

    func record(
        _ verb: Event.Verb, _ row: CommitteeRow, before: [String: String] = [:], after: [String: String],
        at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, row.subject, unit: row.committee.unit, before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ row: CommitteeRow, seen: Int?) throws {
        try Overtaken.check(seen, against: row.committee.version, of: row.subject, "committee.error.stale")
        try tx.run("UPDATE committee SET version = version + 1 WHERE id = \(row.committee.id)")
    }
}
