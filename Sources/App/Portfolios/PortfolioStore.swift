import Storage

/// Who is in charge of what in one committee. Made from the store of committees, and with it from a viewer: whoever asks
/// has found the committee through it.
public struct PortfolioStore {
    let committees: CommitteeStore
    var tx: Transaction { committees.tx }

    public init(_ committees: CommitteeStore) { self.committees = committees }

    public func coverage(of row: CommitteeRow, on day: Day) throws -> PortfolioCoverage {
        let members = try committees.seats(of: row, on: day).filter { $0.seat.isHeld(on: day) }
        let lines = try lines(of: row, on: day), fields = try fields(of: row)
        let tasks = try tasks(of: row, charged: lines, fields, on: day)
        return PortfolioCoverage(
            members: members, fields: fields, localities: try localities(of: row, assigned: lines, on: day),
            tasks: tasks.all, hasMoreTasks: tasks.hasMore, lines: lines)
    }

    /// The common fields, and the committee's own.
    public func fields(of row: CommitteeRow) throws -> [WorkField] {
        try tx.all(
            """
            SELECT id, uid, family, code, name, name_en FROM work_field WHERE committee_id IS NULL
            UNION ALL SELECT id, uid, family, code, name, name_en FROM work_field
            WHERE committee_id = \(row.committee.id) ORDER BY id
            """
        ).map(WorkField.init)
    }

    /// What members are in charge of on a day; localities and tasks only as far as the viewer may know them.
    func lines(of row: CommitteeRow, on day: Day) throws -> [PortfolioLine] {
        try lines("l.committee_id = \(row.committee.id) AND l.to_day > \(day) AND l.from_day <= \(day)")
    }

    func lines(_ condition: SQL) throws -> [PortfolioLine] {
        try tx.all(
            """
            SELECT l.uid, l.seat_id, l.field_id, l.unit_id, q.reference, l.from_day, l.to_day, l.task_id
            FROM portfolio_line l JOIN committee_paper q ON q.id = l.paper_id LEFT JOIN unit u ON u.id = l.unit_id
            LEFT JOIN task t ON t.id = l.task_id
            WHERE \(condition) AND (l.unit_id IS NULL OR \(UnitScope(committees.viewer).condition))
            AND (l.task_id IS NULL OR \(TaskScope(committees.viewer).condition()))
            ORDER BY l.from_day, l.id
            """
        ).compactMap { row in
            guard let charge = try PortfolioLine.Charge(row, field: 2, unit: 3, task: 7) else { return nil }
            return PortfolioLine(
                uid: try row.uid(0), seat: try row.id(1), charge: charge, notice: try row.text(4),
                from: try row.day(5), to: try row.day(6))
        }
    }

    /// The territories directly below the host, by name, then what else somebody is in charge of.
    private func localities(
        of row: CommitteeRow, assigned lines: [PortfolioLine], on day: Day
    ) throws -> [PortfolioCoverage.Locality] {
        let scope = UnitScope(committees.viewer).condition
        var found = try tx.all(
            """
            SELECT u.id, u.uid, v.name FROM unit_edge e JOIN unit u ON u.id = e.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(day) AND v.to_day > \(day)
            WHERE e.parent_id = \(row.committee.host) AND e.hierarchy = 'territory' AND e.from_day <= \(day)
            AND e.to_day > \(day) AND v.level < \(UnitKind.Level.body.rawValue) AND \(scope)
            ORDER BY v.sort_key, u.id
            """
        ).map(PortfolioStore.locality)
        let known = Set(found.map { $0.id })
        let others = lines.compactMap { line -> ID<OrgUnit>? in
            if case .locality(let unit) = line.charge, !known.contains(unit) { unit } else { nil }
        }
        guard !others.isEmpty else { return found }
        found += try tx.all(
            """
            SELECT u.id, u.uid, \(UnitLife.name(day)) FROM unit u WHERE u.id IN (\(list: Array(Set(others))))
            AND \(scope) ORDER BY u.id
            """
        ).map(PortfolioStore.locality)
        return found
    }

    private static func locality(_ row: Row) throws -> PortfolioCoverage.Locality {
        PortfolioCoverage.Locality(
            id: try row.id(0), unit: UnitLink(uid: try row.uid(1), name: try row.optionalText(2) ?? ""))
    }
}

extension WorkField {
    /// Those that every committee has: the groups of tasks of the resolution, and its pillars.
    static func common(_ tx: Transaction) throws -> [WorkField] { try tx.ask(common) }

    static var common: Question<[WorkField]> {
        Question("SELECT id, uid, family, code, name, name_en FROM work_field WHERE committee_id IS NULL ORDER BY id") {
            try $0.map(WorkField.init)
        }
    }

    /// Those that committees have of their own, as far as the viewer knows the committee. `which` is of `work_field f`.
    static func own(_ tx: Transaction, _ viewer: Viewer, _ which: SQL) throws -> [WorkField] {
        try tx.all(
            """
            SELECT f.id, f.uid, f.family, f.code, f.name, f.name_en FROM work_field f
            JOIN committee c ON c.id = f.committee_id JOIN unit u ON u.id = c.unit_id
            WHERE \(which) AND \(UnitScope(viewer).condition) ORDER BY f.id
            """
        ).map(WorkField.init)
    }

    fileprivate init(_ row: Row) throws {
        guard let family = Family(rawValue: try row.text(2)) else {
            throw StorageError.decoding("a field of an unknown family")
        }
        self.init(
            id: try row.id(0), uid: try row.uid(1), family: family, code: try row.text(3), name: try row.text(4),
            english: try row.text(5))
    }
}
