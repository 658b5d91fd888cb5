import Storage

/// A seat as somebody asks for it.
public struct SeatDraft: Sendable, Equatable {
    public var position: SeatPosition
    /// As the decision writes the role.
    public var title: String
    /// As typed: a uid, or a name that only one person known to the viewer has; empty for a seat named by its role.
    public var person: String
    /// As typed: a uid or a title; empty for the only office that the person holds that day.
    public var office: String
    public var from: Day
    public var to: Day
    public var decision: String
    public var source: CommitteeSource
    /// Where its fields stand in a form or a body that names several: `additions.2.`; empty for a form of its own.
    var prefix = ""

    public init(
        position: SeatPosition, title: String, person: String = "", office: String = "", from: Day, to: Day = .never,
        decision: String, source: CommitteeSource = .own
    ) {
        self.position = position
        self.title = title
        self.person = person
        self.office = office
        self.from = from
        self.to = to
        self.decision = decision
        self.source = source
    }
}

/// The end of a seat, an organ or a paper, from a day on.
public struct CommitteeEnd: Sendable, Equatable {
    public var from: Day
    public var decision: String

    public init(from: Day, decision: String) {
        self.from = from
        self.decision = decision
    }
}

extension CommitteeStore {
    /// Every seat that the committee ever had, in the order of positions, the oldest first.
    public func seats(of row: CommitteeRow, on day: Day? = nil) throws -> [SeatRow] {
        try seats("s.committee_id = \(row.committee.id)", on: day ?? today)
            .sorted { ($0.seat.position.rank, $0.seat.id.value) < ($1.seat.position.rank, $1.seat.id.value) }
    }

    /// Gives somebody a place. One head at a time, and nobody twice at a time: what is in the way is named.
    public func addSeat(_ uid: UID, _ draft: SeatDraft, seen: Int?, at now: Instant) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        try bump(row, seen: seen)
        var found = Validation()
        let seat = try resolve(draft, in: row, prefix: "", &found)
        try found.check()
        SeatRules.check(try spans(of: row) + [seat.span(field: "")], &found)
        try found.check()
        try insert(seat, in: row, at: now)
        try record(.appointed, row, after: seat.described, at: now)
        return try find(uid)
    }

    public func endSeat(
        _ uid: UID, seat: UID, _ change: CommitteeEnd, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        let held = try self.seat(seat, of: row)
        try bump(row, seen: seen)
        var found = Validation()
        CommitteeStore.check(change, from: held.seat.from, to: held.seat.to, &found)
        try found.check()
        try end(held.seat.id, change)
        try PortfolioStore(self).seatEnded(held.seat.id, from: change.from)
        try record(
            .ended, row, before: ["to": held.seat.to == .never ? "" : held.seat.to.text],
            after: held.seat.described(person: try personToken(held.seat.person)).merging([
                "to": change.from.text, "decision": change.decision,
            ]) { $1 }, at: now)
        return try find(uid)
    }

    /// One seat of the committee; ``AppError/notFound`` for that of another.
    func seat(_ uid: UID, of row: CommitteeRow) throws -> SeatRow {
        let found = try seats("s.uid = \(uid) AND s.committee_id = \(row.committee.id)", on: today).first
        guard let found else { throw AppError.notFound }
        return found
    }

    func end(_ seat: ID<Seat>, _ change: CommitteeEnd) throws {
        try tx.run(
            """
            UPDATE committee_seat SET to_day = \(change.from), end_decision = \(change.decision) WHERE id = \(seat)
            """)
    }

    @discardableResult func insert(_ seat: ResolvedSeat, in row: CommitteeRow, at now: Instant) throws -> ID<Seat> {
        let draft = seat.draft
        let inserted = try tx.first(
            """
            INSERT INTO committee_seat (uid, committee_id, position, person_id, office_id, title, from_day, to_day,
                decision, end_decision, article, quote)
            VALUES (\(UID.new(at: now)), \(row.committee.id), \(draft.position.rawValue), \(seat.person), \(seat.office),
                \(draft.title), \(draft.from), \(draft.to), \(draft.decision), '', \(draft.source.article),
                \(draft.source.quote)) RETURNING id
            """)
        guard let inserted else { throw StorageError.decoding("the new seat has no id") }
        return try inserted.id(0)
    }

    /// What is in the way of a new seat, with nobody's name in it.
    func spans(of row: CommitteeRow) throws -> [SeatSpan] {
        try seats(of: row).map { SeatSpan(field: nil, $0.seat) }
    }

    /// How an event names a person: whoever reads it is shown the name if they may know of the person.
    func personToken(_ person: ID<Person>?) throws -> String {
        guard let person, let row = try tx.first("SELECT uid FROM person WHERE id = \(person)") else { return "" }
        return EventNames.person(try row.uid(0))
    }

    /// An end lies within what it ends; on its first day nothing of it stays.
    static func check(_ change: CommitteeEnd, from: Day, to: Day, _ found: inout Validation) {
        if change.from < from { found.add("from", "committee.error.end_before_start", ["day": .day(from)]) }
        if change.from >= to { found.add("from", "committee.error.already_ended", ["day": .day(to)]) }
    }

    // MARK: Reading

    /// Seats with names, people and offices only as far as the viewer may know them.
    func seats(_ condition: SQL, on day: Day) throws -> [SeatRow] {
        let access = people.access
        let known = try access.known()
        return try tx.all(
            """
            SELECT s.id, s.uid, s.committee_id, s.position, s.person_id, s.office_id, s.title, s.from_day, s.to_day,
                s.decision, s.end_decision, s.article, s.quote, p.uid, p.name, o.uid, o.title, o.to_day, u.uid,
                \(UnitLife.name(today)), \(lastOffice(access))
            FROM committee_seat s LEFT JOIN person p ON p.id = s.person_id AND \(known)
            LEFT JOIN office o ON o.id = s.office_id AND o.person_id = p.id
            LEFT JOIN unit u ON u.id = o.unit_id AND \(access.officeKnown())
            WHERE \(condition) ORDER BY s.committee_id, s.id
            """
        ).map { try seatRow($0, on: day) }
    }

    /// Of somebody whose seat names no office: the day on which the last of their offices is over, as far as the
    /// viewer knows them; nil for whoever never held one.
    private func lastOffice(_ access: PersonAccess) -> SQL {
        """
        (CASE WHEN s.office_id IS NULL AND p.id IS NOT NULL THEN (SELECT MAX(o.to_day) FROM office o
            JOIN unit u ON u.id = o.unit_id WHERE o.person_id = p.id AND \(access.officeKnown())) END)
        """
    }

    private func seatRow(_ row: Row, on day: Day) throws -> SeatRow {
        guard let position = SeatPosition(rawValue: try row.text(3)) else {
            throw StorageError.decoding("a seat of an unknown position")
        }
        let seat = Seat(
            id: try row.id(0), uid: try row.uid(1), committee: try row.id(2), position: position,
            person: try row.optionalID(4), office: try row.optionalID(5), title: try row.text(6), from: try row.day(7),
            to: try row.day(8), decision: try row.text(9), endDecision: try row.text(10),
            source: CommitteeSource(article: try row.text(11), quote: try row.text(12)))
        var person: SeatRow.PersonLink?
        if try !row.isNull(13) { person = SeatRow.PersonLink(uid: try row.uid(13), name: try row.text(14)) }
        var office: SeatRow.SeatOffice?
        if try !row.isNull(18) {
            office = SeatRow.SeatOffice(
                uid: try row.uid(15), title: try row.text(16),
                unit: UnitLink(uid: try row.uid(18), name: try row.optionalText(19) ?? ""))
        }
        let end = office == nil ? try row.optionalText(20) : try row.optionalText(17)
        let over = end.flatMap { Day(parsing: $0) }
        return SeatRow(
            seat: seat, person: person, office: office,
            leftOn: over.flatMap { $0 <= day && seat.isHeld(on: day) && position != .adviser ? $0 : nil })
    }
}
