import Storage

/// A unit that is to work for a committee: one that exists, or one that is made in the same act.
public struct OrganDraft: Sendable, Equatable {
    public var kind: OrganKind
    /// Nil for a new unit of that kind in the host's territory, under the committee.
    public var unit: UID?
    /// Of the new unit.
    public var name: String
    public var from: Day
    public var to: Day
    public var decision: String
    public var source: CommitteeSource

    public init(
        kind: OrganKind, unit: UID? = nil, name: String = "", from: Day, to: Day = .never, decision: String,
        source: CommitteeSource = .own
    ) {
        self.kind = kind
        self.unit = unit
        self.name = name
        self.from = from
        self.to = to
        self.decision = decision
        self.source = source
    }
}

extension CommitteeStore {
    /// Every organ that the committee ever had, in the order of kinds, the oldest first.
    public func organs(of row: CommitteeRow) throws -> [OrganRow] {
        let order = OrganKind.allCases
        return try organs("g.committee_id = \(row.committee.id)")
            .sorted { left, right in
                let (one, other) = (order.firstIndex(of: left.organ.kind), order.firstIndex(of: right.organ.kind))
                return (one ?? 0, left.organ.id.value) < (other ?? 0, right.organ.id.value)
            }
    }

    /// Adds a unit that works for the committee. The same unit does not do the same work twice at a time.
    public func addOrgan(_ uid: UID, _ draft: OrganDraft, seen: Int?, at now: Instant) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        try bump(row, seen: seen)
        var draft = draft
        var found = Validation()
        draft.decision = StoredText.line(draft.decision, "decision", max: 300, &found)
        CommitteeStore.check(draft.source, "", &found)
        draft.to = row.period(from: draft.from, to: draft.to, "", &found)
        try found.check()
        let unit = try organUnit(draft, of: row, at: now)
        try refuseSecond(unit, draft, of: row)
        try tx.run(
            """
            INSERT INTO committee_organ (uid, committee_id, kind, unit_id, from_day, to_day, decision, end_decision,
                article, quote)
            VALUES (\(UID.new(at: now)), \(row.committee.id), \(draft.kind.rawValue), \(unit.unit.id), \(draft.from),
                \(draft.to), \(draft.decision), '', \(draft.source.article), \(draft.source.quote))
            """)
        try record(
            .appointed, row,
            after: [
                "organ": draft.kind.rawValue, "unit": EventNames.unit(unit.uid), "from": draft.from.text,
                "decision": draft.decision,
            ], at: now)
        return try find(uid)
    }

    public func endOrgan(
        _ uid: UID, organ: UID, _ change: CommitteeEnd, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        let held = try self.organ(organ, of: row).organ
        try bump(row, seen: seen)
        var found = Validation()
        CommitteeStore.check(change, from: held.from, to: held.to, &found)
        try found.check()
        try tx.run(
            """
            UPDATE committee_organ SET to_day = \(change.from), end_decision = \(change.decision) WHERE id = \(held.id)
            """)
        try record(
            .ended, row,
            after: ["organ": held.kind.rawValue, "to": change.from.text, "decision": change.decision], at: now)
        return try find(uid)
    }

    func organ(_ uid: UID, of row: CommitteeRow) throws -> OrganRow {
        let found = try organs("g.uid = \(uid) AND g.committee_id = \(row.committee.id)").first
        guard let found else { throw AppError.notFound }
        return found
    }

    private func organUnit(_ draft: OrganDraft, of row: CommitteeRow, at now: Instant) throws -> UnitRow {
        if let uid = draft.unit {
            guard let unit = try ifKnown(units.find(uid)) else {
                throw AppError.invalid([Problem("unit", "unit.error.parent_unknown")])
            }
            guard unit.unit.exists(on: draft.from) else {
                throw AppError.invalid([
                    Problem("unit", "person.unit_not_there", ["unit": .text(unit.name), "day": .day(draft.from)])
                ])
            }
            return unit
        }
        guard let host = row.host else { throw AppError.invalid([Problem("unit", "unit.error.parent_unknown")]) }
        var unit = UnitDraft(
            kind: draft.kind.unitKind, name: draft.name, parent: host.uid, from: draft.from, secrecy: row.secrecy)
        unit.stateParent = row.unitUID
        unit.basis = draft.decision
        return try CommitteeStore.field("parent", as: "name") { try units.create(unit, at: now) }
    }

    private func refuseSecond(_ unit: UnitRow, _ draft: OrganDraft, of row: CommitteeRow) throws {
        let taken = try tx.first(
            """
            SELECT 1 FROM committee_organ WHERE committee_id = \(row.committee.id) AND kind = \(draft.kind.rawValue)
            AND unit_id = \(unit.unit.id) AND from_day < \(draft.to) AND to_day > \(draft.from) LIMIT 1
            """)
        if taken != nil {
            throw AppError.invalid([Problem("unit", "committee.error.organ_doubled", ["name": .text(unit.name)])])
        }
    }

    private func organs(_ condition: SQL) throws -> [OrganRow] {
        try tx.all(
            """
            SELECT g.id, g.uid, g.kind, g.from_day, g.to_day, g.decision, g.end_decision, g.article, g.quote, u.uid,
                \(UnitLife.name(today))
            FROM committee_organ g LEFT JOIN unit u ON u.id = g.unit_id AND \(UnitScope(viewer).condition)
            WHERE \(condition) ORDER BY g.id
            """
        ).map { row in
            guard let kind = OrganKind(rawValue: try row.text(2)) else {
                throw StorageError.decoding("an organ of an unknown kind")
            }
            return OrganRow(
                organ: Organ(
                    id: try row.id(0), uid: try row.uid(1), kind: kind, from: try row.day(3), to: try row.day(4),
                    decision: try row.text(5), endDecision: try row.text(6),
                    source: CommitteeSource(article: try row.text(7), quote: try row.text(8))),
                unit: try row.isNull(9) ? nil : UnitLink(uid: try row.uid(9), name: try row.optionalText(10) ?? ""))
        }
    }
}
