import Storage

/// Giving rights to offices and taking them back.
extension PersonStore {
    /// Gives the office a role over a subtree. `to` is the first day on which it is over; it ends with the office at
    /// the latest. Nobody gives more than they hold as administrator, in role's reach, subtree and ceiling.
    @discardableResult
    public func grant(
        office uid: UID, role: Role, hierarchy: Hierarchy, unit: ID<OrgUnit>, ceiling: Secrecy, from: Day,
        to: Day = .never, at now: Instant
    ) throws -> UID {
        let office = try office(uid)
        guard let top = try UnitLife.find(unit, tx: tx, viewer: viewer, today) else {
            throw AppError.invalid([Problem("unit", "person.unit_unknown")])
        }
        let grant = Viewer.Grant(role: role, hierarchy: hierarchy, unit: unit, ceiling: ceiling)
        try requireAdministrator(over: office)
        if viewer.isOnBehalf, office.office.person == viewer.personID {
            throw AppError.forbidden(Message("person.may_not_grant_oneself"))
        }
        guard try access.mayGive(grant) else { throw AppError.forbidden(Message("person.may_not_grant_more")) }
        var found = Validation()
        let end = min(top.period(from: from, to: to, &found), office.office.to)
        office.requireWithin(from: from, to: to, &found)
        try found.check()
        try refuseSecondGrant(office.office.id, grant, from: from, to: end)
        return try insert(grant, of: office, over: top, from: from, to: end, at: now)
    }

    /// Takes a right back from today on. It stays on record; one that never was in force becomes an empty period.
    /// Returns the office that had it.
    @discardableResult
    public func revoke(_ uid: UID, at now: Instant) throws -> OfficeRow {
        let (row, office) = try grantRow(uid)
        guard try access.administers(office.office.unit), try access.mayGive(row.grant) else {
            throw AppError.forbidden(Message("person.may_not_revoke"))
        }
        let end = max(today, row.from)
        guard end < row.to else { throw AppError.conflict(Message("person.grant_over")) }
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: today) {
            try tx.run("UPDATE access_grant SET to_day = \(end) WHERE id = \(row.id)")
        }
        try record(
            Event(
                .revoked, row.subject, unit: office.office.unit, before: ["to": row.to.text],
                after: row.fields(of: office).merging(["to": end.text]) { $1 }), at: now)
        return office
    }

    func requireAdministrator(over office: OfficeRow) throws {
        guard try access.administers(office.office.unit) else {
            throw AppError.forbidden(Message("person.may_not_grant"))
        }
    }

    /// The rights of an office, past ones too; only for its holder and for administrators of its unit, and only over
    /// units that the viewer may know.
    public func grants(of office: OfficeRow) throws -> [GrantRow] {
        let isOwn = office.office.person == viewer.personID
        guard try isOwn || access.administers(office.office.unit) else { return [] }
        let known: SQL = isOwn ? "1 = 1" : UnitScope(viewer).condition
        return try grants(where: "g.office_id = \(office.office.id) AND \(known)")
    }

    /// The right and its office, as far as the viewer may know of both.
    private func grantRow(_ uid: UID) throws -> (GrantRow, OfficeRow) {
        guard
            let office = try offices(
                where: "o.id = (SELECT g.office_id FROM access_grant g WHERE g.uid = \(uid)) AND \(try access.known())"
            ).first,
            let row = try grants(of: office).first(where: { $0.uid == uid })
        else { throw AppError.notFound }
        return (row, office)
    }

    private func grants(where condition: SQL) throws -> [GrantRow] {
        try tx.all(
            """
            SELECT g.id, g.uid, g.role, g.hierarchy, g.unit_id, g.secrecy, u.uid, \(UnitLife.name(today)), \
            g.from_day, g.to_day FROM access_grant g JOIN unit u ON u.id = g.unit_id \
            WHERE \(condition) ORDER BY g.from_day, g.id
            """
        ).map { row in
            GrantRow(
                id: try row.id(0), uid: try row.uid(1), grant: try Viewer.Grant(row: row, at: 2),
                unitUID: try row.uid(6), unitName: try row.text(7), from: try row.day(8), to: try row.day(9))
        }
    }

    private func refuseSecondGrant(_ office: ID<Office>, _ grant: Viewer.Grant, from: Day, to: Day) throws {
        let taken = try tx.first(
            """
            SELECT 1 FROM access_grant WHERE office_id = \(office) AND role = \(grant.role.rawValue) \
            AND hierarchy = \(grant.hierarchy.rawValue) AND unit_id = \(grant.unit) \
            AND from_day < \(to) AND to_day > \(from) LIMIT 1
            """)
        if taken != nil { throw AppError.conflict(Message("person.grant_taken")) }
    }

    private func insert(
        _ grant: Viewer.Grant, of office: OfficeRow, over top: UnitLife, from: Day, to: Day, at now: Instant
    ) throws -> UID {
        let uid = UID.new(at: now)
        let inserted = try tx.first(
            """
            INSERT INTO access_grant (uid, office_id, role, hierarchy, unit_id, secrecy, from_day, to_day) \
            VALUES (\(uid), \(office.office.id), \(grant.role.rawValue), \(grant.hierarchy.rawValue), \(grant.unit), \
            \(grant.ceiling.rawValue), \(from), \(to)) RETURNING id
            """)
        guard let inserted else { throw StorageError.decoding("an insert gave no id") }
        let row = GrantRow(
            id: try inserted.id(0), uid: uid, grant: grant, unitUID: top.uid, unitName: top.name, from: from, to: to)
        try record(
            Event(.granted, row.subject, unit: office.office.unit, after: row.fields(of: office)), at: now)
        return uid
    }
}

extension GrantRow {
    var subject: Subject { Subject(.grant, id: id.value, uid: uid) }
    public func isInForce(on day: Day) -> Bool { from <= day && day < to }

    /// As an event tells it. The unit by its uid: whoever may read of the office may not know of that unit, and only
    /// those who may are told its name (``EventNames``).
    fileprivate func fields(of office: OfficeRow) -> [String: String] {
        [
            "person": office.personName, "office": office.office.title, "role": grant.role.rawValue,
            "hierarchy": grant.hierarchy.rawValue, "ceiling": grant.ceiling.name, "over": unitUID.text,
            "from": from.text, "to": to.text,
        ]
    }
}

extension OfficeRow {
    /// Nothing of an office begins before it or outlasts it; an open end ends with it.
    func requireWithin(from: Day, to: Day, field: String = "from", _ found: inout Validation) {
        let life: [String: Message.Argument] = ["from": .day(office.from), "to": .day(office.to)]
        if from < office.from || from >= office.to { found.add(field, "person.outside_office", life) }
        if to != .never, to > office.to { found.add("to", "person.outside_office", life) }
    }
}
