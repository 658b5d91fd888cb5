import Storage

/// Offices read, and people appointed to them.
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
    /// `movedFrom` is the office that ends by the same act.
    public func appoint(
        person: ID<Person>, unit: ID<OrgUnit>, title: String, from: Day, to: Day = .never, decision: String = "",
        movedFrom: UID? = nil, at now: Instant
    ) throws -> Office {
        guard try access.administers(unit) else { throw AppError.forbidden(Message("person.may_not_appoint")) }
        let named = try tx.first("SELECT name FROM person WHERE id = \(person)")
        guard let personName = try named?.text(0), let home = try UnitLife.find(unit, tx: tx, viewer: viewer, today)
        else { throw AppError.notFound }
        try ErasedPerson.refuse(person, tx: tx)
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
        try PersonMap(tx: tx).refresh([person.value])
        let office = Office(
            id: try row.id(0), uid: uid, person: person, unit: unit, title: title, from: from, to: end,
            decision: decision)
        var after = [
            "person": personName, "title": title, "unit": home.name, "from": from.text, "to": end.text,
            "decision": decision,
        ]
        if let movedFrom { after["moved_from"] = movedFrom.text }
        try record(Event(.appointed, office.subject, unit: unit, after: after), at: now)
        return office
    }

    /// Offices with their names, newest first, of which the viewer may know the unit.
    func offices(where condition: SQL) throws -> [OfficeRow] {
        try tx.all(
            """
            SELECT \(OfficeRow.columns(today)) \
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
    /// The twelve columns that ``init(row:at:)`` reads, of `office o`, `person p` and `unit u`.
    static func columns(_ today: Day) -> SQL {
        """
        o.id, o.uid, o.person_id, o.unit_id, o.title, o.from_day, o.to_day, o.decision, p.uid, p.name, u.uid, \
        \(UnitLife.name(today))
        """
    }

    /// The columns, beginning at `first`.
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
