public import Storage

/// Everything that is read and written about documents still to be issued. Made from a transaction and a viewer, so
/// that nothing is read unscoped.
///
/// A gap is known where the duties of its owner are: to the offices of the owner and of the bodies that stand in it,
/// and through a grant over it that reaches what is internal (``CoverageScope``).
public struct GapStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    var units: UnitStore { UnitStore(tx: tx, viewer: viewer, today: today) }
    var documents: DocumentStore { DocumentStore(tx: tx, viewer: viewer, today: today) }
    private var scope: SQL { CoverageScope(viewer).condition }

    /// Parts of a cursor of ``list(_:page:)``.
    static let cursorParts = 3

    /// A page of the gaps that the viewer may know of: open before settled, the earliest deadline first, so that what
    /// is late stands at the top. An unknown owner is ``AppError/notFound``.
    public func list(_ filter: GapFilter = GapFilter(), page: PageRequest = .first) throws -> Page<GapRow> {
        let which = try condition(filter)
        let rows = try tx.all(
            """
            SELECT \(GapRow.columns(today)) FROM \(GapRow.tables(viewer)) WHERE \(which) AND \(beyond(page.after))
            ORDER BY g.settled, g.due_on, g.id LIMIT \(page.limit + 1)
            """)
        let items = try rows.prefix(page.limit).map(GapRow.init)
        let next = rows.count > page.limit ? items.last.map(cursor) : nil
        let total = page.after == nil && next == nil ? items.count : try count(which)
        return Page(items: items, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
    }

    /// Hands over each gap of a list.
    public func each(_ filter: GapFilter, _ body: (GapRow) throws -> Void) throws {
        let which = try condition(filter)
        try tx.each(
            """
            SELECT \(GapRow.columns(today)) FROM \(GapRow.tables(viewer)) WHERE \(which)
            ORDER BY g.settled, g.due_on, g.id
            """
        ) { row in
            try body(try GapRow(row))
            return true
        }
    }

    /// Open, late, being drafted, of all owners or of one: for the figures of the page.
    func counts(of owner: UID? = nil) throws -> GapCounts {
        let owned: SQL = try owner.map { "g.owner_id = \(try units.find($0).unit.id)" } ?? "1 = 1"
        let row = try tx.first(
            """
            SELECT COUNT(*), CAST(SUM(CASE WHEN g.due_on < \(today) THEN 1 ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN g.state = 'drafting' THEN 1 ELSE 0 END) AS BIGINT)
            FROM gap g JOIN unit u ON u.id = g.owner_id WHERE g.settled = 0 AND \(owned) AND \(scope)
            """)
        guard let row else { return GapCounts(open: 0, late: 0, drafting: 0) }
        return GapCounts(
            open: try row.int(0), late: try row.optionalInt(1) ?? 0, drafting: try row.optionalInt(2) ?? 0)
    }

    /// Throws ``AppError/notFound`` also when the viewer may not know of it.
    public func find(_ uid: UID) throws -> GapRow {
        let row = try tx.first(
            "SELECT \(GapRow.columns(today)) FROM \(GapRow.tables(viewer)) WHERE g.uid = \(uid) AND \(scope)")
        guard let row else { throw AppError.notFound }
        return try GapRow(row)
    }

    private func condition(_ filter: GapFilter) throws -> SQL {
        var all = [scope]
        switch filter.state {
        case .open: all.append("g.settled = 0")
        case .late: all.append("g.settled = 0 AND g.due_on < \(today)")
        case .drafting: all.append("g.settled = 0 AND g.state = 'drafting'")
        case .closed: all.append("g.settled = 1 AND g.state = 'closed'")
        case .dropped: all.append("g.settled = 1 AND g.state = 'dropped'")
        case .all: break
        }
        if let owner = filter.owner { all.append("g.owner_id = \(try units.find(owner).unit.id)") }
        // Folded words hold letters and digits only, so nothing needs the escape; it is there all the same.
        for word in TextFold.words(filter.text) { all.append("g.title_fold LIKE \("%\(word)%") ESCAPE '\\'") }
        return all.joined(" AND ")
    }

    private func count(_ which: SQL) throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM gap g JOIN unit u ON u.id = g.owner_id WHERE \(which)
            LIMIT \(countCap + 1)) n
            """)?.int(0) ?? 0
    }

    private func cursor(after row: GapRow) -> Cursor {
        Cursor([row.gap.state.isSettled ? "1" : "0", row.gap.due.text, row.uid.text])
    }

    private func beyond(_ cursor: Cursor?) -> SQL {
        guard let cursor, cursor.parts.count == GapStore.cursorParts else { return "1 = 1" }
        return """
            (g.settled, g.due_on, g.id) > (\(Int64(cursor.parts[0]) ?? 0), \(cursor.parts[1]),
            (SELECT x.id FROM gap x WHERE x.uid = \(cursor.parts[2])))
            """
    }

    func record(
        _ verb: Event.Verb, _ gap: Gap, before: [String: String] = [:], after: [String: String], at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, gap.subject, unit: gap.owner, before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ row: GapRow, seen: Int?) throws {
        try Overtaken.check(seen, against: row.gap.version, of: row.gap.subject, "gap.error.stale")
        try tx.run("UPDATE gap SET version = version + 1 WHERE id = \(row.gap.id)")
    }
}

struct GapCounts: Sendable, Equatable {
    let open: Int
    let late: Int
    let drafting: Int
}
