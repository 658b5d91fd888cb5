import Storage

/// Who sits in a unit on a day, as far as the viewer may know.
public struct UnitRoster: Sendable {
    public let holders: Page<OfficeRow>
    /// Who may act for a holder on that day, by the holder's office.
    public let substitutes: [ID<Office>: [DelegationRow]]
    /// Titles that somebody held and nobody holds on the day. Nil when the viewer may not know everybody here: an
    /// office held by somebody unknown would look vacant.
    public let vacancies: [OfficeVacancy]?
    /// Bodies that stand in the unit where it is a place, with their own people.
    public let bodies: [RosterBody]
    /// Where the decisions of the offices lead to.
    let cited: CitedDocuments
}

/// A title that is vacant in a unit.
public struct OfficeVacancy: Sendable, Equatable {
    public let title: String
    /// The first day on which nobody held it.
    public let since: Day
}

extension PersonStore {
    /// The roster of a unit that the viewer has found, a page of holders at a time.
    public func roster(of unit: UnitRow, on day: Day? = nil, page: PageRequest = .first) throws -> UnitRoster {
        let day = day ?? today
        let holders = try holders(in: unit.unit.id, on: day, page: page)
        return UnitRoster(
            holders: holders, substitutes: try substitutes(of: holders.items.map(\.office.id), on: day),
            vacancies: try vacancies(in: unit, on: day), bodies: try bodies(in: unit.unit.id, on: day),
            cited: try CitedDocuments(holders.items.map(\.office.decision), tx, viewer))
    }

    /// Who holds an office in the unit on the day, by title and name. Driven by the unit's own offices, of which there
    /// are a few hundred at most.
    public func holders(in unit: ID<OrgUnit>, on day: Day, page: PageRequest) throws -> Page<OfficeRow> {
        let people: SQL = try access.knowsEverybody(in: unit) ? "1 = 1" : access.known()
        let known: SQL = """
            o.unit_id = \(unit) AND o.to_day > \(day) AND o.from_day <= \(day) AND \(people) AND \(access.officeKnown())
            """
        let tables: SQL = "office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id"
        let rows = try tx.all(
            """
            SELECT \(OfficeRow.columns(today)), p.sort_key FROM \(tables) \
            WHERE \(known)\(try after(page.after)) ORDER BY o.title, p.sort_key, o.uid LIMIT \(page.limit + 1)
            """)
        let shown = rows.prefix(page.limit)
        var next: Cursor?
        if rows.count > page.limit, let last = shown.last {
            next = Cursor([try last.text(4), try last.text(12), try last.text(1)])
        }
        let counted = try tx.first(
            "SELECT COUNT(*) FROM (SELECT 1 AS found FROM \(tables) WHERE \(known) LIMIT \(countCap + 1)) capped")
        let total = try counted?.int(0) ?? 0
        return Page(
            items: try shown.map { try OfficeRow(row: $0, at: 0) }, next: next, total: min(total, countCap),
            totalIsFloor: total > countCap)
    }

    /// How many parts a cursor of ``holders(in:on:page:)`` has.
    static let holderCursorParts = 3

    private func after(_ cursor: Cursor?) throws -> SQL {
        guard let cursor else { return "" }
        let parts = cursor.parts
        guard parts.count == Self.holderCursorParts else { throw AppError.malformed(Message("field.cursor")) }
        return " AND (o.title, p.sort_key, o.uid) > (\(parts[0]), \(parts[1]), \(parts[2]))"
    }

    /// Nil when the viewer may not know everybody in the unit. At most 200, the newest first.
    public func vacancies(in unit: UnitRow, on day: Day) throws -> [OfficeVacancy]? {
        guard try access.knowsEverybody(in: unit.unit.id) else { return nil }
        guard unit.unit.exists(on: day) else { return [] }
        return try tx.all(
            """
            SELECT o.title, MAX(o.to_day) AS since FROM office o WHERE o.unit_id = \(unit.unit.id) \
            AND o.from_day <= \(day) AND o.from_day < o.to_day GROUP BY o.title HAVING MAX(o.to_day) <= \(day) \
            ORDER BY since DESC, o.title LIMIT 200
            """
        ).map { OfficeVacancy(title: try $0.text(0), since: try $0.day(1)) }
    }

    /// The delegations in force on the day, by the office that is acted for, as far as the viewer may know who acts.
    private func substitutes(of offices: [ID<Office>], on day: Day) throws -> [ID<Office>: [DelegationRow]] {
        guard !offices.isEmpty else { return [:] }
        let rows = try tx.all(
            """
            SELECT \(Delegation.columns), \(OfficeRow.columns(today)) \
            FROM delegation d JOIN office o ON o.id = d.agent_id JOIN person p ON p.id = o.person_id \
            JOIN unit u ON u.id = o.unit_id WHERE d.principal_id IN (\(list: offices)) \
            AND d.from_day <= \(day) AND d.to_day > \(day) AND \(try access.known()) AND \(access.officeKnown()) \
            ORDER BY d.from_day, d.id
            """
        ).map { DelegationRow(delegation: try Delegation(row: $0), other: try OfficeRow(row: $0, at: 8)) }
        return Dictionary(grouping: rows, by: \.delegation.principal)
    }
}

extension PersonAccess {
    /// Whoever holds, held or will hold an office in the unit is known to the viewer.
    func knowsEverybody(in unit: ID<OrgUnit>) throws -> Bool {
        if viewer.isSystem { return true }
        if try viewer.rootGrants(on: today, in: tx).contains(where: { $0.ceiling == .restricted }) { return true }
        return try UnitRights(viewer).holds(Role.allCases, over: unit, in: tx)
    }
}
