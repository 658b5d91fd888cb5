import Storage

/// Another parent in one hierarchy from a day on.
public struct UnitMove: Sendable, Equatable {
    public var hierarchy: Hierarchy
    public var parent: UID
    public var from: Day
    public var basis: String

    public init(hierarchy: Hierarchy, parent: UID, from: Day, basis: String) {
        self.hierarchy = hierarchy
        self.parent = parent
        self.from = from
        self.basis = basis
    }
}

extension UnitStore {
    /// Moves from a day: the older edge ends, the new one lasts as long as the older would have.
    public func move(_ uid: UID, _ change: UnitMove, seen: Int?, at now: Instant) throws -> UnitRow {
        let unit = try find(uid, may: \.mayMove)
        try bump(unit, seen: seen)
        guard unit.unit.exists(on: change.from) else { throw outside(unit, "from") }
        let parent = try movableParent(of: unit, change)
        let old = try edge(of: unit.unit.id, change.hierarchy, on: change.from)
        let to = try old?.day(3) ?? unit.unit.to
        try check(unit, change, parent, old, to: to)
        if let old { try tx.run("UPDATE unit_edge SET to_day = \(change.from) WHERE id = \(try old.int64(0))") }
        try insertEdge(unit.unit.id, parent.unit.id, change.hierarchy, from: change.from, to: to, change.basis)
        try UnitMap(tx: tx).refresh(unit.unit.id, today: today)
        let before = try old.map { try find(try $0.id(1, of: OrgUnit.self)).uid }
        try record(
            .moved, unit.unit.id, uid, before: ["parent": try before.map(eventName) ?? ""],
            after: [
                "parent": try eventName(parent.uid), "hierarchy": change.hierarchy.rawValue, "from": change.from.text,
                "basis": change.basis,
            ], at: now)
        return try find(uid)
    }

    private func movableParent(of unit: UnitRow, _ change: UnitMove) throws -> UnitRow {
        guard let parent = try ifKnown(find(change.parent)) else {
            throw AppError.invalid([Problem("parent", "unit.error.parent_unknown")])
        }
        return parent
    }

    private func edge(of unit: ID<OrgUnit>, _ hierarchy: Hierarchy, on day: Day) throws -> Row? {
        try tx.first(
            """
            SELECT id, parent_id, from_day, to_day FROM unit_edge WHERE unit_id = \(unit)
            AND hierarchy = \(hierarchy.rawValue) AND from_day <= \(day) AND to_day > \(day)
            """)
    }

    private func check(_ unit: UnitRow, _ change: UnitMove, _ parent: UnitRow, _ old: Row?, to: Day) throws {
        let rules = UnitRules(store: self)
        var found = Validation()
        try rules.checkRight(over: parent, kind: unit.kind, "parent", &found)
        rules.checkLife(of: parent, from: change.from, to: to, "parent", &found)
        rules.checkOrder(parent, above: unit.kind, change.hierarchy, "parent", &found)
        if unit.unit.secrecy < parent.unit.secrecy { found.add("parent", "unit.error.more_open_than_parent") }
        if let old {
            if try old.int64(1) == parent.unit.id.value { found.add("parent", "unit.error.same_parent") }
            if try old.day(2) == change.from {
                found.add("from", "unit.error.changed_that_day", ["day": .day(change.from)])
            }
        } else if try later(unit.unit.id, change) {
            found.add("from", "unit.error.changed_later", ["day": .day(change.from)])
        }
        let isBelow = try tx.first(
            """
            SELECT 1 FROM unit_closure WHERE hierarchy = \(change.hierarchy.rawValue) AND ancestor_id = \(unit.unit.id)
            AND unit_id = \(parent.unit.id) AND from_day < \(to) AND to_day > \(change.from) LIMIT 1
            """)
        if isBelow != nil || parent.unit.id == unit.unit.id {
            found.add("parent", "unit.error.cycle", ["parent": .text(parent.name), "name": .text(unit.name)])
        }
        try found.check()
    }

    private func later(_ unit: ID<OrgUnit>, _ change: UnitMove) throws -> Bool {
        try tx.first(
            """
            SELECT 1 FROM unit_edge WHERE unit_id = \(unit) AND hierarchy = \(change.hierarchy.rawValue)
            AND from_day > \(change.from) LIMIT 1
            """) != nil
    }
}
