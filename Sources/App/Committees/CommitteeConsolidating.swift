import Storage

/// A new list of a committee from a day on, by one decision: who leaves, who becomes something else, who is new.
public struct Consolidation: Sendable, Equatable {
    public var from: Day
    public var decision: String
    /// Seats that change, by uid; those that are not named stay.
    public var changes: [UID: SeatChange]
    public var additions: [SeatDraft]

    public enum SeatChange: Sendable, Equatable {
        case leaves
        case becomes(SeatPosition)
    }

    public init(from: Day, decision: String, changes: [UID: SeatChange] = [:], additions: [SeatDraft] = []) {
        self.from = from
        self.decision = decision
        self.changes = changes
        self.additions = additions
    }
}

/// The list before and after a consolidation, and what turns the one into the other. Nothing is stored yet.
struct ConsolidationPlan: Sendable {
    let consolidation: Consolidation
    /// The seats on the day without the consolidation, and with it.
    let before: [Line]
    let after: [Line]
    let ends: [SeatRow]
    let successors: [Successor]
    let additions: [ResolvedSeat]

    /// A seat as a list names it.
    struct Line: Sendable, Equatable {
        let position: SeatPosition
        let title: String
        let person: ID<Person>?
        /// Nil without a person, and when the viewer may not know of the person.
        let name: String?
        let from: Day
    }

    /// The seat that follows on one whose holder becomes something else.
    struct Successor: Sendable {
        let old: SeatRow
        let position: SeatPosition
    }
}

extension CommitteeStore {
    /// Does it all: ends, new positions and new seats in one transaction and one event, with both lists in it.
    public func consolidate(
        _ uid: UID, _ consolidation: Consolidation, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayConsolidate)
        try bump(row, seen: seen)
        let plan = try plan(row, consolidation)
        let end = CommitteeEnd(from: plan.consolidation.from, decision: plan.consolidation.decision)
        for held in plan.ends { try self.end(held.seat.id, end) }
        for successor in plan.successors {
            let seat = successor.old.seat
            let new = try insert(plan.draft(of: successor), in: row, at: now)
            try PortfolioStore(self).seatEnded(seat.id, from: end.from, successor: new, at: now)
        }
        let gone = Set(plan.ends.map(\.seat.id)).subtracting(plan.successors.map(\.old.seat.id))
        for seat in gone.sorted(by: { $0.value < $1.value }) {
            try PortfolioStore(self).seatEnded(seat, from: end.from)
        }
        for seat in plan.additions { try insert(seat, in: row, at: now) }
        try record(
            .consolidated, row, before: try described(plan.before),
            after: try described(plan.after).merging(["from": end.from.text, "decision": end.decision]) { $1 }, at: now)
        return try find(uid)
    }

    /// Checks a consolidation and says what would come of it.
    func plan(_ row: CommitteeRow, _ asked: Consolidation) throws -> ConsolidationPlan {
        var asked = asked
        var found = Validation()
        asked.decision = StoredText.line(asked.decision, "decision", max: 300, &found)
        _ = row.period(from: asked.from, to: .never, "", &found)
        if asked.changes.isEmpty, asked.additions.isEmpty { found.add("", "committee.error.nothing_changes") }
        let all = try seats(of: row, on: asked.from)
        let listed = all.filter { $0.seat.isHeld(on: asked.from) }
        let (ends, successors) = try changes(asked, among: listed, &found)
        var additions: [ResolvedSeat] = []
        for (index, draft) in asked.additions.enumerated() {
            var draft = draft
            (draft.from, draft.decision) = (asked.from, asked.decision)
            if draft.prefix.isEmpty { draft.prefix = "additions.\(index)." }
            additions.append(try resolve(draft, in: row, prefix: draft.prefix, &found))
        }
        try found.check()
        checkSeats(all, ends, successors, additions, from: asked.from, &found)
        try found.check()
        return ConsolidationPlan(
            consolidation: asked, before: listed.map(line),
            after: try after(listed, ends, successors, additions, from: asked.from), ends: ends,
            successors: successors, additions: additions)
    }

    private func changes(
        _ asked: Consolidation, among listed: [SeatRow], _ found: inout Validation
    ) throws -> (ends: [SeatRow], successors: [ConsolidationPlan.Successor]) {
        var ends: [SeatRow] = [], successors: [ConsolidationPlan.Successor] = []
        for (uid, change) in asked.changes.sorted(by: { $0.key < $1.key }) {
            guard let held = listed.first(where: { $0.seat.uid == uid }) else {
                found.add("seat.\(uid)", "committee.error.seat_not_held", ["day": .day(asked.from)])
                continue
            }
            ends.append(held)
            guard case .becomes(let position) = change else { continue }
            if position == held.seat.position {
                found.add("seat.\(uid)", "committee.error.same_position", ["title": .text(held.seat.title)])
            }
            if let day = held.leftOn, position != .adviser {
                found.add(
                    "seat.\(uid)", "committee.error.person_left",
                    ["name": .text(held.person?.name ?? held.seat.title), "day": .day(day)])
            }
            successors.append(ConsolidationPlan.Successor(old: held, position: position))
        }
        return (ends, successors)
    }

    private func checkSeats(
        _ all: [SeatRow], _ ends: [SeatRow], _ successors: [ConsolidationPlan.Successor], _ additions: [ResolvedSeat],
        from: Day, _ found: inout Validation
    ) {
        let ended = Set(ends.map(\.seat.id))
        var spans = all.filter { !ended.contains($0.seat.id) }.map { SeatSpan(field: nil, $0.seat) }
        for successor in successors {
            let seat = successor.old.seat
            spans.append(
                SeatSpan(
                    field: "seat.\(seat.uid)", position: successor.position, person: seat.person, title: seat.title,
                    from: from, to: seat.to))
        }
        spans += additions.map { $0.span(field: $0.draft.prefix) }
        SeatRules.check(spans, &found)
    }

    private func line(_ row: SeatRow) -> ConsolidationPlan.Line {
        ConsolidationPlan.Line(
            position: row.seat.position, title: row.seat.title, person: row.seat.person, name: row.person?.name,
            from: row.seat.from)
    }

    private func after(
        _ listed: [SeatRow], _ ends: [SeatRow], _ successors: [ConsolidationPlan.Successor],
        _ additions: [ResolvedSeat], from: Day
    ) throws -> [ConsolidationPlan.Line] {
        let ended = Set(ends.map(\.seat.id))
        var lines = listed.filter { !ended.contains($0.seat.id) }.map(line)
        for successor in successors {
            let old = line(successor.old)
            lines.append(
                ConsolidationPlan.Line(
                    position: successor.position, title: old.title, person: old.person, name: old.name, from: from))
        }
        for seat in additions {
            let name = try seat.person.flatMap { try tx.first("SELECT name FROM person WHERE id = \($0)")?.text(0) }
            lines.append(
                ConsolidationPlan.Line(
                    position: seat.draft.position, title: seat.draft.title, person: seat.person, name: name, from: from)
            )
        }
        return lines.enumerated().sorted {
            ($0.element.position.rank, $0.offset) < ($1.element.position.rank, $1.offset)
        }
        .map(\.element)
    }

    /// One field a position: its seats by title and person, so that an event shows which positions changed.
    private func described(_ lines: [ConsolidationPlan.Line]) throws -> [String: String] {
        var fields: [String: String] = [:]
        for position in SeatPosition.allCases {
            let seats = try lines.filter { $0.position == position }.map { line -> String in
                let token = try personToken(line.person)
                return token.isEmpty ? line.title : "\(line.title) (\(token))"
            }
            if !seats.isEmpty { fields["seats-\(position.rawValue)"] = seats.joined(separator: "; ") }
        }
        return fields
    }
}

extension ConsolidationPlan {
    /// The seat of somebody who becomes something else: the same person, office and role.
    func draft(of successor: Successor) -> ResolvedSeat {
        let seat = successor.old.seat
        return ResolvedSeat(
            draft: SeatDraft(
                position: successor.position, title: seat.title, from: consolidation.from, to: seat.to,
                decision: consolidation.decision),
            person: seat.person, office: seat.office, token: "")
    }
}
