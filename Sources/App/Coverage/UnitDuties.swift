import Storage

/// What one unit must issue, or has issued, under all requirements.
public struct UnitDuty: Sendable {
    public let requirement: RequirementRow
    /// The higher document.
    public let document: CoverageMatrix.Link
    public let documentTitle: String
    /// The unit itself, a body in it, or the territory that it stands in.
    public let unit: UnitLink
    public let cell: CoverageMatrix.Cell
}

extension CoverageStore {
    /// Parts of a cursor of ``duties(of:state:page:)``.
    static let dutyParts = 3

    /// The duties of a unit, of the bodies in it and, for a body, of its territory: the earliest deadline first. Only
    /// those of documents and units that the viewer may know of.
    public func duties(
        of uid: UID, state: CoverageFilter.State? = .missing, page: PageRequest = .first
    ) throws -> (unit: UnitRow, page: Page<UnitDuty>) {
        let unit = try units.find(uid)
        let which = try condition(around(unit), state)
        let rows = try tx.all(
            """
            SELECT \(UnitDuty.columns(today))
            FROM \(UnitDuty.tables) \(RequirementRow.owner(viewer))
            LEFT JOIN document f ON f.id = y.fulfilled_by AND \(DocumentScope(viewer).condition(on: "f"))
            WHERE \(which) AND \(beyond(page.after)) ORDER BY y.due_on, y.id LIMIT \(page.limit + 1)
            """)
        let items = try rows.prefix(page.limit).map { try UnitDuty($0, today) }
        let next = rows.count > page.limit ? items.last.map(\.cursor) : nil
        let total = page.after == nil && next == nil ? items.count : try count(which)
        return (
            unit, Page(items: items, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
        )
    }

    private func condition(_ units: [ID<OrgUnit>], _ state: CoverageFilter.State?) -> SQL {
        var all: [SQL] = [
            "y.unit_id IN (\(list: units))", "y.state <> 'removed'", scope.condition, DocumentScope(viewer).condition(),
        ]
        if let state { all.append(state.condition(on: today)) }
        return all.joined(" AND ")
    }

    private func count(_ which: SQL) throws -> Int {
        try tx.first("SELECT COUNT(*) FROM (SELECT 1 FROM \(UnitDuty.tables) WHERE \(which) LIMIT \(countCap + 1)) n")?
            .int(0) ?? 0
    }

    private func beyond(_ cursor: Cursor?) -> SQL {
        guard let cursor, cursor.parts.count == CoverageStore.dutyParts else { return "1 = 1" }
        return """
            (y.due_on, y.id) > (\(cursor.parts[0]), (SELECT z.id FROM document_duty z
            JOIN document_requirement zq ON zq.id = z.requirement_id JOIN unit zu ON zu.id = z.unit_id
            WHERE zq.uid = \(cursor.parts[1]) AND zu.uid = \(cursor.parts[2])))
            """
    }

    /// The unit; of a territory also the bodies right in it; of a body also the territory right above it.
    private func around(_ row: UnitRow) throws -> [ID<OrgUnit>] {
        let edge: SQL = "e.hierarchy = 'territory' AND e.from_day <= \(today) AND e.to_day > \(today)"
        let version: SQL = "v.from_day <= \(today) AND v.to_day > \(today)"
        let body = UnitKind.Level.body.rawValue
        let others =
            row.kind.isTerritory
            ? try tx.all(
                """
                SELECT e.unit_id FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id AND \(version)
                WHERE e.parent_id = \(row.unit.id) AND \(edge) AND v.level = \(body) ORDER BY e.unit_id
                """)
            : try tx.all(
                """
                SELECT e.parent_id FROM unit_edge e JOIN unit_version v ON v.unit_id = e.parent_id AND \(version)
                WHERE e.unit_id = \(row.unit.id) AND \(edge) AND v.level < \(body) ORDER BY e.parent_id
                """)
        return [row.unit.id] + (try others.map { try $0.id(0) })
    }
}

extension UnitDuty {
    /// The columns that ``init(_:_:)`` reads, of ``tables``, the owner of the requirement and the document `f` that
    /// fulfils.
    static func columns(_ today: Day) -> SQL {
        """
        \(RequirementRow.columns), d.uid, d.sign, d.title, u.uid, \(UnitLife.name(today)), y.state, y.due_on, \
        y.fulfilled_on, y.fulfilled_how, f.uid, f.sign, f.title
        """
    }

    /// So many columns.
    static let width = RequirementRow.width + 12

    static let tables: SQL = """
        document_duty y JOIN document_requirement q ON q.id = y.requirement_id JOIN document d ON d.id = y.document_id
        JOIN unit u ON u.id = y.unit_id
        """

    init(_ row: Row, _ today: Day) throws {
        requirement = try RequirementRow(row)
        let first = RequirementRow.width
        documentTitle = try row.text(first + 2)
        document = CoverageMatrix.Link(uid: try row.uid(first), sign: try row.text(first + 1), title: documentTitle)
        unit = UnitLink(uid: try row.uid(first + 3), name: try row.text(first + 4))
        cell = try CoverageMatrix.Cell(row, from: first + 5, today)
    }

    fileprivate var cursor: Cursor { Cursor([cell.due.text, requirement.uid.text, unit.uid.text]) }
}
