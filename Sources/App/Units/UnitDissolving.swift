import Storage

/// The end of a unit from a day on. Its past stays; full reorganisations with successors are a feature of their own.
public struct UnitDissolution: Sendable, Equatable {
    public var from: Day
    public var basis: String

    public init(from: Day, basis: String) {
        self.from = from
        self.basis = basis
    }
}

extension UnitStore {
    /// Dissolves from a day. What stands below it, and the offices in it, must have ended or moved by then.
    public func dissolve(_ uid: UID, _ change: UnitDissolution, seen: Int?, at now: Instant) throws -> UnitRow {
        let unit = try find(uid, may: \.mayDissolve)
        try bump(unit, seen: seen)
        guard unit.unit.from < change.from, change.from < unit.unit.to else { throw outside(unit, "from") }
        try checkNothingIsLeft(in: unit, from: change.from)
        let id = unit.unit.id, day = change.from
        try tx.run("UPDATE unit SET to_day = \(day) WHERE id = \(id)")
        try tx.run("UPDATE unit_version SET to_day = \(day) WHERE unit_id = \(id) AND to_day > \(day)")
        try tx.run("UPDATE unit_edge SET to_day = \(day) WHERE unit_id = \(id) AND to_day > \(day)")
        try UnitMap(tx: tx).refresh(id, today: today)
        try record(
            .dissolved, id, uid, before: ["name": unit.name], after: ["from": day.text, "basis": change.basis], at: now)
        return try find(uid)
    }

    private func checkNothingIsLeft(in unit: UnitRow, from day: Day) throws {
        let id = unit.unit.id
        let children =
            try tx.first(
                "SELECT COUNT(DISTINCT unit_id) FROM unit_edge WHERE parent_id = \(id) AND to_day > \(day)")?.int(0)
            ?? 0
        if children > 0 {
            throw AppError.conflict(
                Message("unit.error.has_children", ["count": .number(children), "name": .text(unit.name)]))
        }
        let offices = try tx.first("SELECT COUNT(*) FROM office WHERE unit_id = \(id) AND to_day > \(day)")?.int(0) ?? 0
        if offices > 0 {
            throw AppError.conflict(
                Message("unit.error.has_offices", ["count": .number(offices), "name": .text(unit.name)]))
        }
        let later = try tx.first(
            """
            SELECT 1 FROM unit_version WHERE unit_id = \(id) AND from_day >= \(day)
            UNION ALL SELECT 1 FROM unit_edge WHERE unit_id = \(id) AND from_day >= \(day) LIMIT 1
            """)
        if later != nil { throw AppError.conflict(Message("unit.error.changed_later", ["day": .day(day)])) }
    }
}
