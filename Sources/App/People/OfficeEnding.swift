import Storage

/// What becomes of the work of an office that is left.
public enum Succession: Sendable, Equatable {
    /// Somebody who holds this office already takes it over.
    case office(UID)
    /// This person is appointed to the same office from the same day, and takes it over.
    case person(UID)
    /// Whoever moves takes it along into the new office.
    case along
    /// Nobody yet, and why.
    case open(reason: String)
}

/// The end of an office, from a day on.
public struct OfficeEnding: Sendable, Equatable {
    public var from: Day
    /// The decision that ends it; empty when none is known.
    public var decision: String
    /// Nil when nothing was said of the work: refused when there is any.
    public var succession: Succession?
    /// What the rules do not let a successor take over stays open; otherwise the end is refused.
    public var leavesRest: Bool

    public init(from: Day, decision: String = "", succession: Succession? = nil, leavesRest: Bool = false) {
        self.from = from
        self.decision = decision
        self.succession = succession
        self.leavesRest = leavesRest
    }
}

extension PersonStore {
    /// The work that is open in the office on the day.
    public func openWork(of office: OfficeRow, on day: Day, at now: Instant) throws -> [OfficeWorkItem] {
        try OfficeWork.open(leaving(office, on: day, at: now))
    }

    /// Ends the office, and with it its grants and delegations; a successor takes over what can be. An administrator
    /// of its unit may do so who could have given every right it has. Open work asks for a successor or a reason:
    /// ``AppError/invalid(_:)`` of `successor`.
    public func endOffice(_ uid: UID, _ ending: OfficeEnding, at now: Instant) throws {
        let row = try office(uid)
        try requireMayEnd(row)
        var found = Validation()
        let decision = StoredText.line(ending.decision, "decision", max: 300, required: false, &found)
        checkEnd(of: row, from: ending.from, &found)
        if ending.succession == .along { found.add("successor", "person.end.along") }
        try checkSuccession(ending.succession, of: row, on: ending.from, at: now, &found)
        try found.check()
        var after = [
            "person": row.personName, "title": row.office.title, "unit": row.unitName, "to": ending.from.text,
        ]
        if !decision.isEmpty { after["decision"] = decision }
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: ending.from) {
            var leaving = leaving(row, on: ending.from, at: now)
            leaving.leavesRest = ending.leavesRest
            let left = try succeed(ending.succession, leaving, decision, along: nil)
            after.merge(left) { $1 }
            try close(row.office.id, from: ending.from)
            try OfficeWork.tell(leaving)
        }
        try record(
            Event(
                .ended, row.office.subject, unit: row.office.unit, before: ["to": row.office.to.text], after: after),
            at: now)
    }

    func requireMayEnd(_ row: OfficeRow) throws {
        guard try access.administers(row.office.unit), try access.mayGiveAll(of: row.office.id) else {
            throw AppError.forbidden(Message("person.may_not_end"))
        }
    }

    func leaving(_ row: OfficeRow, on day: Day, at now: Instant) -> OfficeLeaving {
        OfficeLeaving(tx: tx, viewer: viewer, today: today, office: row, day: day, now: now)
    }

    func checkEnd(of row: OfficeRow, from day: Day, _ found: inout Validation) {
        if day < row.office.from { found.add("from", "person.end_before_start", ["day": .day(row.office.from)]) }
        if day >= row.office.to { found.add("from", "person.already_ended", ["day": .day(row.office.to)]) }
    }

    /// Something must be said of work that is open, and a reason must be one.
    func checkSuccession(
        _ succession: Succession?, of row: OfficeRow, on day: Day, at now: Instant, _ found: inout Validation
    ) throws {
        switch succession {
        case .open(let reason): _ = StoredText.line(reason, "reason", max: 500, &found)
        case .office, .person, .along: break
        case nil:
            let count = try openWork(of: row, on: day, at: now).reduce(0) { $0 + $1.count }
            if count > 0 { found.add("successor", "person.end.successor_needed", ["count": .number(count)]) }
        }
    }

    /// Puts the work into the hands that were named. What the event says of it: the successor by uid, how much of each
    /// kind went over, or why it stays open.
    func succeed(
        _ succession: Succession?, _ leaving: OfficeLeaving, _ decision: String, along next: OfficeRow?
    ) throws -> [String: String] {
        let successor: OfficeRow
        switch succession {
        case nil: return [:]
        case .open(let reason): return ["reason": CleanText.line(reason) ?? ""]
        case .along:
            guard let next else { throw AppError.invalid([Problem("successor", "person.end.along")]) }
            successor = next
        case .office(let uid): successor = try self.successor(office: uid, leaving)
        case .person(let uid): successor = try self.successor(person: uid, leaving, decision)
        }
        let counts = try OfficeWork.handOver(leaving, to: successor)
        var said = ["successor": successor.office.uid.text]
        for (field, count) in counts { said[field] = String(count) }
        return said
    }

    private func successor(office uid: UID, _ leaving: OfficeLeaving) throws -> OfficeRow {
        guard uid != leaving.office.office.uid,
            let row = try offices(where: "o.uid = \(uid) AND \(try access.known())").first
        else { throw AppError.invalid([Problem("successor", "person.office_unknown")]) }
        guard row.office.isHeld(on: leaving.day) else {
            throw AppError.invalid([Problem("successor", "person.end.not_held", ["day": .day(leaving.day)])])
        }
        return row
    }

    private func successor(person uid: UID, _ leaving: OfficeLeaving, _ decision: String) throws -> OfficeRow {
        let office = leaving.office.office
        guard let person = try ifKnown(find(uid).person) else {
            throw AppError.invalid([Problem("successor_person", "person.end.person_unknown")])
        }
        guard person.id != office.person else {
            throw AppError.invalid([Problem("successor_person", "person.end.oneself")])
        }
        let made = try appoint(
            person: person.id, unit: office.unit, title: office.title, from: leaving.day, decision: decision,
            at: leaving.now)
        return try self.office(made.uid)
    }

    /// Ends the seat and all that hangs on it. What begins only later becomes empty.
    func close(_ office: ID<Office>, from day: Day) throws {
        try tx.run("UPDATE office SET to_day = \(day) WHERE id = \(office)")
        try tx.run(
            "UPDATE access_grant SET to_day = \(Self.cut(to: day)) WHERE office_id = \(office) AND to_day > \(day)")
        try tx.run(
            """
            UPDATE delegation SET to_day = \(Self.cut(to: day)) \
            WHERE (principal_id = \(office) OR agent_id = \(office)) AND to_day > \(day)
            """)
    }

    private static func cut(to day: Day) -> SQL { "CASE WHEN from_day > \(day) THEN from_day ELSE \(day) END" }
}
