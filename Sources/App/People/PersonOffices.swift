import Storage

/// Appointing people to offices and ending them.
extension PersonStore {
    /// Every office of the person that the viewer may know, newest first.
    public func offices(of person: ID<Person>) throws -> [OfficeRow] {
        try offices(where: "o.person_id = \(person)")
    }

    /// Who holds, held or will hold an office in the unit, as far as the viewer may know.
    public func offices(in unit: ID<OrgUnit>) throws -> [OfficeRow] {
        try offices(where: "o.unit_id = \(unit) AND \(try access.known())")
    }

    /// Throws ``AppError/notFound`` also when the viewer may not know of the office.
    public func office(_ uid: UID) throws -> OfficeRow {
        guard let row = try offices(where: "o.uid = \(uid) AND \(try access.known())").first else {
            throw AppError.notFound
        }
        return row
    }

    /// Gives the person a seat in a unit. `to` is the first day on which it is over; the seat ends with its unit at
    /// the latest. Throws ``AppError/invalid(_:)`` by field, ``AppError/conflict(_:)`` when the person holds it already.
    public func appoint(
        person: ID<Person>, unit: ID<OrgUnit>, title: String, from: Day, to: Day = .never, decision: String = "",
        at now: Instant
    ) throws -> Office {
        guard try access.administers(unit) else { throw AppError.forbidden(Message("person.may_not_appoint")) }
        let named = try tx.first("SELECT name FROM person WHERE id = \(person)")
        guard let personName = try named?.text(0), let home = try UnitLife.find(unit, tx: tx, viewer: viewer, today)
        else { throw AppError.notFound }
        var found = Validation()
        let title = StoredText.line(title, "title", max: 200, &found)
        let decision = StoredText.line(decision, "decision", max: 300, required: false, &found)
        let end = home.period(from: from, to: to, &found)
        try found.check()
        try refuseSecondSeat(person: person, unit: unit, title: title, from: from, to: end)
        let uid = UID.new(at: now)
        let row = try tx.first(
            """
            INSERT INTO office (uid, person_id, unit_id, title, from_day, to_day, decision) \
            VALUES (\(uid), \(person), \(unit), \(title), \(from), \(end), \(decision)) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("an insert gave no id") }
        let office = Office(
            id: try row.id(0), uid: uid, person: person, unit: unit, title: title, from: from, to: end,
            decision: decision)
        try record(
            Event(
                .appointed, office.subject, unit: unit,
                after: [
                    "person": personName, "title": title, "unit": home.name, "from": from.text, "to": end.text,
                    "decision": decision,
                ]), at: now)
        return office
    }

    /// Ends the office from `day` on, and with it its grants and delegations. An administrator of its unit may do so
    /// who could have given every right it has.
    public func endOffice(_ uid: UID, from day: Day, at now: Instant) throws {
        let row = try office(uid)
        try requireMayEnd(row)
        var found = Validation()
        if day < row.office.from { found.add("from", "person.end_before_start", ["day": .day(row.office.from)]) }
        if day >= row.office.to { found.add("from", "person.already_ended", ["day": .day(row.office.to)]) }
        try found.check()
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: day) {
            let office = row.office.id
            try tx.run("UPDATE office SET to_day = \(day) WHERE id = \(office)")
            try tx.run(
                "UPDATE access_grant SET to_day = \(Self.cut(to: day)) WHERE office_id = \(office) AND to_day > \(day)")
            try tx.run(
                """
                UPDATE delegation SET to_day = \(Self.cut(to: day)) \
                WHERE (principal_id = \(office) OR agent_id = \(office)) AND to_day > \(day)
                """)
        }
        try record(
            Event(
                .ended, row.office.subject, unit: row.office.unit, before: ["to": row.office.to.text],
                after: ["person": row.personName, "title": row.office.title, "unit": row.unitName, "to": day.text]),
            at: now)
    }

    func requireMayEnd(_ row: OfficeRow) throws {
        guard try access.administers(row.office.unit), try access.mayGiveAll(of: row.office.id) else {
            throw AppError.forbidden(Message("person.may_not_end"))
        }
    }

    /// What begins only after `day` becomes empty, everything else ends on it.
    private static func cut(to day: Day) -> SQL { "CASE WHEN from_day > \(day) THEN from_day ELSE \(day) END" }

    /// Offices with their names, newest first, of which the viewer may know the unit.
    func offices(where condition: SQL) throws -> [OfficeRow] {
        try tx.all(
            """
            SELECT o.id, o.uid, o.person_id, o.unit_id, o.title, o.from_day, o.to_day, o.decision, p.uid, p.name, \
            u.uid, \(UnitLife.name(today)) \
            FROM office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id \
            WHERE \(condition) AND \(access.officeKnown()) ORDER BY o.from_day DESC, o.id DESC
            """
        ).map { try OfficeRow(row: $0, at: 0) }
    }

    private func refuseSecondSeat(
        person: ID<Person>, unit: ID<OrgUnit>, title: String, from: Day, to: Day
    ) throws {
        let taken = try tx.first(
            """
            SELECT 1 FROM office WHERE person_id = \(person) AND unit_id = \(unit) AND title = \(title) \
            AND from_day < \(to) AND to_day > \(from) LIMIT 1
            """)
        if taken != nil { throw AppError.conflict(Message("person.office_taken")) }
    }
}

extension Office {
    var subject: Subject { Subject(.office, id: id.value, uid: uid) }
    public func isHeld(on day: Day) -> Bool { from <= day && day < to }
}

extension OfficeRow {
    /// The columns of ``PersonStore/offices(where:)``, beginning at `first`.
    init(row: Row, at first: Int) throws {
        office = Office(
            id: try row.id(first), uid: try row.uid(first + 1), person: try row.id(first + 2),
            unit: try row.id(first + 3), title: try row.text(first + 4), from: try row.day(first + 5),
            to: try row.day(first + 6), decision: try row.text(first + 7))
        personUID = try row.uid(first + 8)
        personName = try row.text(first + 9)
        unitUID = try row.uid(first + 10)
        unitName = try row.text(first + 11)
    }
}
