import Storage

/// A committee as somebody asks for it: with a body that exists, or with one that is made in the same act.
public struct CommitteeDraft: Sendable, Equatable {
    public var body: Body
    public var programme: String
    /// The first day.
    public var from: Day
    /// The decision that sets it up; the first line of its checklist.
    public var decision: String
    public var source: CommitteeSource

    public enum Body: Sendable, Equatable {
        /// A unit of the kind ``UnitKind/steeringCommittee``; its host is the unit above it in the territory.
        case existing(UID)
        /// A new one directly below its host.
        case new(host: UID, name: String, english: String, secrecy: Secrecy)
    }

    public init(body: Body, programme: String, from: Day, decision: String, source: CommitteeSource = .own) {
        self.body = body
        self.programme = programme
        self.from = from
        self.decision = decision
        self.source = source
    }
}

extension CommitteeStore {
    /// Makes a committee, and its body when there is none yet, with the paper that sets it up.
    @discardableResult public func create(_ draft: CommitteeDraft, at now: Instant) throws -> CommitteeRow {
        var found = Validation()
        let programme = StoredText.line(draft.programme, "programme", max: 200, &found)
        let decision = StoredText.line(draft.decision, "decision", max: 300, &found)
        if !programme.isEmpty, Committee.programmeKey(programme).isEmpty {
            found.add("programme", "committee.error.programme_without_words")
        }
        CommitteeStore.check(draft.source, "", &found)
        try found.check()
        let (body, host) = try body(draft, decision, at: now)
        try refuseSecond(
            of: host, Committee.programmeKey(programme), beside: body.unit.id, from: draft.from, to: body.unit.to)
        let id = try insert(draft, programme, body: body.unit.id, host: host.unit.id, at: now)
        let row = try CommitteeStore(tx: tx, viewer: .system(viewer.name), today: today).find(id)
        try insertPaper(
            .decision, decision, from: draft.from, to: .never, draft.source, of: row.committee.id, at: now)
        try record(
            .created, row,
            after: [
                "name": row.name, "host": EventNames.unit(host.uid),
                "programme": programme, "from": draft.from.text, "decision": decision,
            ], at: now)
        return row
    }

    private func body(_ draft: CommitteeDraft, _ decision: String, at now: Instant) throws -> (UnitRow, UnitRow) {
        switch draft.body {
        case .existing(let uid): return try existingBody(uid, from: draft.from)
        case .new(let host, let name, let english, let secrecy):
            guard let above = try ifKnown(units.find(host)) else {
                throw AppError.invalid([Problem("host", "unit.error.parent_unknown")])
            }
            var unit = UnitDraft(
                kind: .steeringCommittee, name: name, parent: host, from: draft.from, secrecy: secrecy)
            unit.names["en"] = english
            unit.basis = decision
            return (try CommitteeStore.field("parent", as: "host") { try units.create(unit, at: now) }, above)
        }
    }

    /// A body that is there already: of the right kind, alive that day, in a territory, kept by the viewer, still free.
    private func existingBody(_ uid: UID, from: Day) throws -> (UnitRow, UnitRow) {
        guard let body = try ifKnown(units.find(uid)) else {
            throw AppError.invalid([Problem("unit", "unit.error.parent_unknown")])
        }
        var found = Validation()
        if body.kind != .steeringCommittee {
            found.add("unit", "committee.error.not_a_committee", ["name": .text(body.name)])
        }
        if try tx.first("SELECT 1 FROM committee WHERE unit_id = \(body.unit.id)") != nil {
            found.add("unit", "committee.error.body_taken", ["name": .text(body.name)])
        }
        if !body.unit.exists(on: from) {
            found.add(
                "from", "committee.error.outside_life", ["from": .day(body.unit.from), "to": .day(body.unit.to)])
        }
        if try !UnitRights(viewer).holds([.administrator, .secretariat], over: body.unit.id, in: tx) {
            found.add("unit", "unit.error.parent_forbidden", ["parent": .text(body.name)])
        }
        guard let host = try body.parent.map({ try units.find($0.uid) }) else {
            found.add("unit", "committee.error.body_without_host", ["name": .text(body.name)])
            throw AppError.invalid(found.problems)
        }
        try found.check()
        return (body, host)
    }

    /// A unit has one committee for a programme at a time, as far as the viewer may know of them.
    private func refuseSecond(
        of host: UnitRow, _ programme: String, beside body: ID<OrgUnit>, from: Day, to: Day
    ) throws {
        let taken = try tx.first(
            """
            SELECT c.id FROM committee c JOIN unit b ON b.id = c.unit_id WHERE c.host_id = \(host.unit.id)
            AND c.programme_key = \(programme) AND b.from_day < \(to) AND b.to_day > \(from) AND b.id <> \(body)
            AND \(UnitScope(viewer).condition(on: "b")) LIMIT 1
            """)
        if taken != nil {
            throw AppError.conflict(Message("committee.error.host_has_one", ["name": .text(host.name)]))
        }
    }

    private func insert(
        _ draft: CommitteeDraft, _ programme: String, body: ID<OrgUnit>, host: ID<OrgUnit>, at now: Instant
    ) throws -> ID<Committee> {
        let row = try tx.first(
            """
            INSERT INTO committee (uid, origin, unit_id, host_id, programme, programme_key, article, quote, version)
            VALUES (\(UID.new(at: now)), \(try Installation.origin(tx)), \(body), \(host), \(programme),
                \(Committee.programmeKey(programme)), \(draft.source.article), \(draft.source.quote), 1) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new committee has no id") }
        return try row.id(0)
    }

    /// Runs an act of another store and tells its problems of one field under the name that this form uses.
    static func field<T>(_ theirs: String, as ours: String, _ act: () throws -> T) throws -> T {
        do { return try act() } catch AppError.invalid(let problems) {
            throw AppError.invalid(
                problems.map { $0.field == theirs ? Problem(ours, $0.message, line: $0.line) : $0 })
        }
    }
}
