import Storage

/// What a member is in charge of from a day on, by a notice: the whole of it, so that what is not named ends.
public struct Assignment: Sendable, Equatable {
    public var seat: UID
    /// The notice, as cited.
    public var reference: String
    public var from: Day
    public var to: Day
    public var fields: [UID]
    public var localities: [UID]
    public var tasks: [UID]

    /// So many tasks are one member's at once; more are a field.
    static let mostTasks = 100

    public init(
        seat: UID, reference: String, from: Day, to: Day = .never, fields: [UID] = [], localities: [UID] = [],
        tasks: [UID] = []
    ) {
        self.seat = seat
        self.reference = reference
        self.from = from
        self.to = to
        self.fields = fields
        self.localities = localities
        self.tasks = tasks
    }
}

/// A field of a committee's own.
public struct FieldDraft: Sendable, Equatable {
    public var name: String
    public var english: String

    public init(name: String, english: String) {
        self.name = name
        self.english = english
    }
}

extension PortfolioStore {
    /// Puts a member in charge; one event. What is not named ends on the day. What stays keeps its notice and its end,
    /// unless the assignment names another end: then it goes on by the new notice until that.
    public func assign(
        _ committee: UID, _ asked: Assignment, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let row = try committees.find(committee, may: \.mayKeep)
        try committees.bump(row, seen: seen)
        let seat = try seat(asked, of: row)
        let old = try lines("l.seat_id = \(seat.seat.id) AND l.to_day > \(asked.from) AND l.from_day < l.to_day")
        let wanted = try charges(asked, of: row, held: Set(old.map(\.charge)))
        try refuseLater(old, than: asked.from)
        let held = Set(old.map(\.charge))
        if held.isEmpty, wanted.isEmpty {
            throw AppError.invalid([Problem("", "portfolio.error.nothing_assigned")])
        }
        let to = min(asked.to, seat.seat.to)
        let moved = asked.to == .never ? [] : old.filter { wanted.contains($0.charge) && $0.to != to }
        let renewed = Set(moved.map(\.charge))
        for line in old where !wanted.contains(line.charge) || renewed.contains(line.charge) {
            try tx.run("UPDATE portfolio_line SET to_day = \(asked.from) WHERE uid = \(line.uid)")
        }
        let paper = try notice(asked, of: row, at: now)
        for charge in wanted where !held.contains(charge) || renewed.contains(charge) {
            try insert(charge, seat.seat.id, paper, of: row.committee.id, from: asked.from, to: to, at: now)
        }
        try record(asked, seat, held, wanted, ends: Set(moved.map(\.to)), in: row, at: now)
        return try committees.find(committee)
    }

    /// Adds a field that only this committee has.
    public func addField(_ committee: UID, _ draft: FieldDraft, seen: Int?, at now: Instant) throws -> CommitteeRow {
        let row = try committees.find(committee, may: \.mayKeep)
        try committees.bump(row, seen: seen)
        var found = Validation()
        let name = StoredText.line(draft.name, "name", max: 200, &found)
        let english = StoredText.line(draft.english, "name_en", max: 200, required: false, &found)
        let wanted = TextFold.fold(name)
        if try fields(of: row).contains(where: { TextFold.fold($0.name) == wanted }) {
            found.add("name", "portfolio.error.field_taken", ["name": .text(name)])
        }
        try found.check()
        try tx.run(
            """
            INSERT INTO work_field (uid, committee_id, family, code, name, name_en)
            VALUES (\(UID.new(at: now)), \(row.committee.id), 'own', '', \(name), \(english))
            """)
        try committees.record(.changed, row, after: ["field": name], at: now)
        return try committees.find(committee)
    }

    /// After a seat has ended: so does what it was in charge of. A successor takes over under the same notices.
    func seatEnded(_ seat: ID<Seat>, from day: Day, successor: ID<Seat>? = nil, at now: Instant? = nil) throws {
        let rows = try tx.all(
            """
            SELECT id, committee_id, field_id, unit_id, paper_id, from_day, to_day, task_id FROM portfolio_line
            WHERE seat_id = \(seat) AND to_day > \(day) ORDER BY id
            """)
        for row in rows {
            try tx.run(
                "UPDATE portfolio_line SET to_day = \(max(try row.day(5), day)) WHERE id = \(try row.int64(0))")
            guard let successor, let now else { continue }
            guard let charge = try PortfolioLine.Charge(row, field: 2, unit: 3, task: 7) else { continue }
            try insert(
                charge, successor, try row.id(4), of: try row.id(1), from: max(try row.day(5), day),
                to: try row.day(6), at: now)
        }
    }

    /// After a notice has ended, or was taken back: so does what it gave.
    func noticeEnded(_ paper: ID<CommitteePaper>, from day: Day) throws {
        try tx.run(
            """
            UPDATE portfolio_line SET to_day = CASE WHEN from_day > \(day) THEN from_day ELSE \(day) END
            WHERE paper_id = \(paper) AND to_day > \(day)
            """)
    }

    private func seat(_ asked: Assignment, of row: CommitteeRow) throws -> SeatRow {
        guard let seat = try? committees.seat(asked.seat, of: row) else {
            throw AppError.invalid([Problem("seat", "field.unknown")])
        }
        var found = Validation()
        if !seat.seat.isHeld(on: asked.from) {
            found.add(
                "from", "portfolio.error.seat_not_held", ["from": .day(seat.seat.from), "to": .day(seat.seat.to)])
        }
        if let left = seat.leftOn, asked.from >= left {
            found.add(
                "seat", "committee.error.person_left", ["name": .text(seat.person?.name ?? ""), "day": .day(left)])
        }
        if asked.to <= asked.from { found.add("to", "committee.error.to_before_from") }
        try found.check()
        return seat
    }

    private func charges(
        _ asked: Assignment, of row: CommitteeRow, held: Set<PortfolioLine.Charge>
    ) throws -> Set<PortfolioLine.Charge> {
        var found = Validation()
        var wanted: Set<PortfolioLine.Charge> = []
        let known = try fields(of: row)
        for uid in asked.fields {
            if let field = known.first(where: { $0.uid == uid }) {
                wanted.insert(.field(field.id))
            } else {
                found.add("fields", "field.unknown")
            }
        }
        for uid in asked.localities {
            guard let unit = try ifKnown(committees.units.find(uid)) else {
                found.add("localities", "unit.error.parent_unknown")
                continue
            }
            if !unit.unit.exists(on: asked.from) {
                found.add(
                    "localities", "person.unit_not_there", ["unit": .text(unit.name), "day": .day(asked.from)])
            }
            wanted.insert(.locality(unit.unit.id))
        }
        wanted.formUnion(try tasks(asked.tasks, held: held, &found))
        try found.check()
        return wanted
    }

    private func refuseLater(_ lines: [PortfolioLine], than day: Day) throws {
        guard let later = lines.first(where: { $0.from > day }) else { return }
        throw AppError.invalid([Problem("from", "portfolio.error.assigned_later", ["day": .day(later.from)])])
    }

    /// The notice of that citation, or a new one.
    private func notice(_ asked: Assignment, of row: CommitteeRow, at now: Instant) throws -> ID<CommitteePaper> {
        let wanted = TextFold.fold(asked.reference)
        let known = try committees.papers("q.committee_id = \(row.committee.id) AND q.item = 'notice'").first {
            TextFold.fold($0.reference) == wanted && $0.isInForce(on: asked.from)
        }
        if let known { return known.id }
        return try committees.addPaper(
            row, PaperDraft(item: .notice, reference: asked.reference, from: asked.from), at: now)
    }

    private func insert(
        _ charge: PortfolioLine.Charge, _ seat: ID<Seat>, _ paper: ID<CommitteePaper>, of committee: ID<Committee>,
        from: Day, to: Day, at now: Instant
    ) throws {
        var field: ID<WorkField>?, unit: ID<OrgUnit>?, task: ID<TaskItem>?
        switch charge {
        case .field(let id): field = id
        case .locality(let id): unit = id
        case .task(let id): task = id
        }
        try tx.run(
            """
            INSERT INTO portfolio_line (uid, committee_id, seat_id, field_id, unit_id, task_id, paper_id, from_day, to_day)
            VALUES (\(UID.new(at: now)), \(committee), \(seat), \(field), \(unit), \(task), \(paper), \(from), \(to))
            """)
    }

    /// `ends` are those that the assignment moved.
    private func record(
        _ asked: Assignment, _ seat: SeatRow, _ held: Set<PortfolioLine.Charge>,
        _ wanted: Set<PortfolioLine.Charge>, ends: Set<Day>, in row: CommitteeRow, at now: Instant
    ) throws {
        let known = try fields(of: row)
        var before = try described(held, known)
        before["to"] = ends.filter { $0 != .never }.sorted().map(\.text).joined(separator: "; ")
        let after = try described(wanted, known)
        try committees.record(
            .assigned, row, before: before,
            after: after.merging([
                "title": seat.seat.title, "person": try committees.personToken(seat.seat.person),
                "reference": asked.reference, "from": asked.from.text,
                "to": asked.to == .never ? "" : asked.to.text,
            ]) { $1 }, at: now)
    }

    /// Names of fields; units and tasks as each reader may know them.
    private func described(
        _ charges: Set<PortfolioLine.Charge>, _ known: [WorkField]
    ) throws -> [String: String] {
        let fields = known.filter { charges.contains(.field($0.id)) }.map(\.name)
        let units = charges.compactMap { charge -> ID<OrgUnit>? in
            if case .locality(let unit) = charge { unit } else { nil }
        }
        let localities = try units.sorted { $0.value < $1.value }.map { id -> String in
            EventNames.unit(try UnitStore(tx: tx, viewer: .system("history"), today: committees.today).find(id).uid)
        }
        return [
            "fields": fields.joined(separator: "; "), "localities": localities.joined(separator: "; "),
            "tasks": try taskNames(charges).joined(separator: "; "),
        ]
    }
}
