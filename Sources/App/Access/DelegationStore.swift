import Storage

/// One office acting for another for a time.
extension PersonStore {
    /// Lets `agent` act for `principal` with its rights. The principal's holder may do this, and an administrator of
    /// its unit who could have given every right it has. Rights that are acted with are never passed on.
    @discardableResult
    public func delegate(
        principal: UID, agent: UID, capacity: Delegation.Capacity, authority: String, from: Day, to: Day = .never,
        at now: Instant
    ) throws -> Delegation {
        let principal = try office(principal)
        try requireMayDelegate(principal)
        guard let agent = try offices(where: "o.uid = \(agent) AND \(try access.known())").first else {
            throw AppError.invalid([Problem("agent", "person.office_unknown")])
        }
        var found = Validation()
        let authority = StoredText.line(authority, "authority", max: 300, &found)
        if to <= from { found.add("to", "person.end_not_after_start") }
        if agent.office.person == principal.office.person { found.add("agent", "person.agent_is_principal") }
        principal.requireWithin(from: from, to: to, &found)
        agent.requireWithin(from: from, to: to, field: "agent", &found)
        try found.check()
        let end = min(to, principal.office.to, agent.office.to)
        try refuseSecondDelegation(principal.office.id, agent.office.id, from: from, to: end)
        let uid = UID.new(at: now)
        let row = try tx.first(
            """
            INSERT INTO delegation (uid, principal_id, agent_id, capacity, authority, from_day, to_day) \
            VALUES (\(uid), \(principal.office.id), \(agent.office.id), \(capacity.rawValue), \(authority), \
            \(from), \(end)) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("an insert gave no id") }
        try record(
            Event(
                .delegated, principal.office.subject, unit: principal.office.unit,
                after: [
                    "person": principal.personName, "office": principal.office.title,
                    "agent_office": agent.office.uid.text,
                    "capacity": capacity.rawValue, "authority": authority,
                    "from": from.text, "to": end.text,
                ]), at: now)
        return Delegation(
            id: try row.id(0), uid: uid, principal: principal.office.id, agent: agent.office.id, capacity: capacity,
            authority: authority, from: from, to: end)
    }

    /// Ends a delegation today. The principal's holder may do this, and an administrator of its unit. Returns the
    /// principal.
    @discardableResult
    public func endDelegation(_ uid: UID, at now: Instant) throws -> OfficeRow {
        guard
            let principal = try offices(
                where: "o.id = (SELECT d.principal_id FROM delegation d WHERE d.uid = \(uid)) AND \(try access.known())"
            ).first,
            let row = try delegations(from: principal).first(where: { $0.delegation.uid == uid })
        else { throw AppError.notFound }
        let isOwn = principal.office.person == viewer.personID
        guard try isOwn || access.administers(principal.office.unit) else {
            throw AppError.forbidden(Message("person.may_not_delegate"))
        }
        let end = max(today, row.delegation.from)
        guard end < row.delegation.to else { throw AppError.conflict(Message("person.delegation_over")) }
        try tx.run("UPDATE delegation SET to_day = \(end) WHERE id = \(row.delegation.id)")
        try record(
            Event(
                .ended, principal.office.subject, unit: principal.office.unit,
                before: ["to": row.delegation.to.text],
                after: [
                    "person": principal.personName, "office": principal.office.title,
                    "capacity": row.delegation.capacity.rawValue, "to": end.text,
                    "agent_office": row.other.office.uid.text,
                ]), at: now)
        return principal
    }

    /// Who acts, acted or will act for the office.
    public func delegations(from office: OfficeRow) throws -> [DelegationRow] {
        try delegations("d.principal_id = \(office.office.id) AND o.id = d.agent_id", of: office)
    }

    /// For whom the office acts, acted or will act.
    public func delegations(to office: OfficeRow) throws -> [DelegationRow] {
        try delegations("d.agent_id = \(office.office.id) AND o.id = d.principal_id", of: office)
    }

    /// Shown to the office's holder whole; to others as far as they may know of the other side.
    private func delegations(_ condition: SQL, of office: OfficeRow) throws -> [DelegationRow] {
        let isOwn = office.office.person == viewer.personID
        let known: SQL = isOwn ? "1 = 1" : "\(try access.known()) AND \(access.officeKnown())"
        return try tx.all(
            """
            SELECT \(Delegation.columns), \(OfficeRow.columns(today)) \
            FROM delegation d JOIN office o ON 1 = 1 JOIN person p ON p.id = o.person_id \
            JOIN unit u ON u.id = o.unit_id WHERE \(condition) AND \(known) ORDER BY d.from_day, d.id
            """
        ).map { row in
            DelegationRow(delegation: try Delegation(row: row), other: try OfficeRow(row: row, at: 8))
        }
    }

    /// Offices held today that the viewer may know, of others, in the principal's unit and the units right above and
    /// below it; at most 200.
    func possibleAgents(of principal: OfficeRow) throws -> [OfficeRow] {
        let unit = principal.office.unit
        return try offices(
            where: """
                o.from_day <= \(today) AND o.to_day > \(today) AND o.person_id <> \(principal.office.person) \
                AND (o.unit_id = \(unit) OR o.unit_id IN (SELECT e.parent_id FROM unit_edge e WHERE e.unit_id = \(unit) \
                AND e.from_day <= \(today) AND e.to_day > \(today)) OR o.unit_id IN (SELECT e.unit_id FROM unit_edge e \
                WHERE e.parent_id = \(unit) AND e.from_day <= \(today) AND e.to_day > \(today))) \
                AND \(try access.known())
                """
        ).prefix(200).sorted { ($0.unitName, $0.personName) < ($1.unitName, $1.personName) }
    }

    func requireMayDelegate(_ principal: OfficeRow) throws {
        if principal.office.person == viewer.personID { return }
        // Else a substitute could prolong the substitution, or pass it on.
        guard !viewer.isOnBehalf else { throw AppError.forbidden(Message("person.may_not_delegate_on_behalf")) }
        guard try access.administers(principal.office.unit), try access.mayGiveAll(of: principal.office.id) else {
            throw AppError.forbidden(Message("person.may_not_delegate"))
        }
    }

    private func refuseSecondDelegation(
        _ principal: ID<Office>, _ agent: ID<Office>, from: Day, to: Day
    ) throws {
        let taken = try tx.first(
            """
            SELECT 1 FROM delegation WHERE principal_id = \(principal) AND agent_id = \(agent) \
            AND from_day < \(to) AND to_day > \(from) LIMIT 1
            """)
        if taken != nil { throw AppError.conflict(Message("person.delegation_taken")) }
    }
}

extension Delegation {
    public func isInForce(on day: Day) -> Bool { from <= day && day < to }

    /// The eight columns that ``init(row:)`` reads, of `delegation d`.
    static let columns: SQL =
        "d.id, d.uid, d.principal_id, d.agent_id, d.capacity, d.authority, d.from_day, d.to_day"

    init(row: Row) throws {
        guard let capacity = Capacity(rawValue: try row.text(4)) else {
            throw StorageError.decoding("a delegation of an unknown capacity")
        }
        self.init(
            id: try row.id(0), uid: try row.uid(1), principal: try row.id(2), agent: try row.id(3), capacity: capacity,
            authority: try row.text(5), from: try row.day(6), to: try row.day(7))
    }
}
