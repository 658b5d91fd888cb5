import Storage

/// One act that ends an office and begins another of the same person, from one day by one decision.
public struct OfficeTransfer: Sendable, Equatable {
    public var unit: ID<OrgUnit>
    public var title: String
    public var from: Day
    public var to: Day
    public var decision: String
    public var succession: Succession?
    /// As ``OfficeEnding/leavesRest``.
    public var leavesRest: Bool

    public init(
        unit: ID<OrgUnit>, title: String, from: Day, to: Day = .never, decision: String,
        succession: Succession? = nil, leavesRest: Bool = false
    ) {
        self.unit = unit
        self.title = title
        self.from = from
        self.to = to
        self.decision = decision
        self.succession = succession
        self.leavesRest = leavesRest
    }
}

extension PersonStore {
    /// Moves the holder. Whoever does so could end the old office and appoint to the new one. Rights stay behind,
    /// unless they are taken along or handed over.
    ///
    /// Two units are told, so there are two events that name each other: the old one's of the leaving, the new one's
    /// of the arrival.
    @discardableResult
    public func transfer(_ uid: UID, _ move: OfficeTransfer, at now: Instant) throws -> OfficeRow {
        let old = try office(uid)
        try requireMayEnd(old)
        var found = Validation()
        let decision = StoredText.line(move.decision, "decision", max: 300, &found)
        checkEnd(of: old, from: move.from, &found)
        if move.unit == old.office.unit, CleanText.line(move.title) == old.office.title {
            found.add("title", "person.transfer.same")
        }
        try checkSuccession(move.succession, of: old, on: move.from, at: now, &found)
        try found.check()
        var after = ["person": old.personName, "title": old.office.title, "unit": old.unitName, "to": move.from.text]
        after["decision"] = decision
        var next = old
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: move.from) {
            let made = try appoint(
                person: old.office.person, unit: move.unit, title: move.title, from: move.from, to: move.to,
                decision: decision, movedFrom: old.office.uid, at: now)
            next = try office(made.uid)
            after["moved_to"] = next.office.uid.text
            var leaving = leaving(old, on: move.from, at: now)
            leaving.leavesRest = move.leavesRest
            after.merge(try succeed(move.succession, leaving, decision, along: next)) { $1 }
            try close(old.office.id, from: move.from)
            try OfficeWork.tell(leaving)
        }
        try record(
            Event(
                .transferred, old.office.subject, unit: old.office.unit, before: ["to": old.office.to.text],
                after: after), at: now)
        return next
    }
}
