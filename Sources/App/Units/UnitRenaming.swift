import Storage

/// A new name or kind from a day on: a version of its own, the older one ends.
public struct UnitRenaming: Sendable, Equatable {
    public var name: String
    public var kind: UnitKind
    public var names: [String: String]
    public var from: Day
    public var basis: String

    public init(name: String, kind: UnitKind, names: [String: String] = [:], from: Day, basis: String) {
        self.name = name
        self.kind = kind
        self.names = names
        self.from = from
        self.basis = basis
    }
}

extension UnitStore {
    /// Renames from a day. `seen` is the version that the form or `If-Match` was made from.
    public func rename(_ uid: UID, _ change: UnitRenaming, seen: Int?, at now: Instant) throws -> UnitRow {
        let unit = try find(uid, may: \.mayRename)
        try bump(unit, seen: seen)
        guard unit.unit.exists(on: change.from) else { throw outside(unit, "from") }
        let old = try tx.first(
            """
            SELECT id, name, kind, from_day, to_day FROM unit_version WHERE unit_id = \(unit.unit.id)
            AND from_day <= \(change.from) AND to_day > \(change.from)
            """)
        guard let old else { throw outside(unit, "from") }
        var found = Validation()
        if try old.day(3) == change.from {
            found.add("from", "unit.error.changed_that_day", ["day": .day(change.from)])
        }
        if try old.text(1) == change.name, try old.text(2) == change.kind.rawValue {
            found.add("name", "unit.error.same_name")
        }
        if change.kind.isTerritory != unit.kind.isTerritory { found.add("kind", "unit.error.kind_of_other_nature") }
        if change.kind != unit.kind, try tx.first("SELECT 1 FROM committee WHERE unit_id = \(unit.unit.id)") != nil {
            found.add("kind", "unit.error.kind_of_committee")
        }
        try UnitRules(store: self).checkName(
            change.name, change.kind, under: unit.parent?.uid, on: change.from, but: unit.unit.id, &found)
        try found.check()
        try tx.run("UPDATE unit_version SET to_day = \(change.from) WHERE id = \(try old.int64(0))")
        try insertVersion(
            of: unit.unit.id, kind: change.kind, name: change.name, names: change.names, change.from, try old.day(4),
            change.basis)
        try UnitMap(tx: tx).refreshTerms(unit.unit.id)
        try record(
            .renamed, unit.unit.id, uid, before: ["name": try old.text(1), "kind": try old.text(2)],
            after: [
                "name": change.name, "kind": change.kind.rawValue, "from": change.from.text, "basis": change.basis,
            ], at: now)
        return try find(uid)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ unit: UnitRow, seen: Int?) throws {
        try Overtaken.check(seen, against: unit.unit.version, of: unit.subject, "unit.error.stale")
        try tx.run("UPDATE unit SET version = version + 1 WHERE id = \(unit.unit.id)")
    }

    func outside(_ unit: UnitRow, _ field: String) -> AppError {
        .invalid([
            Problem(
                field, "unit.error.outside_life",
                ["from": .day(unit.unit.from), "to": .day(unit.unit.to), "name": .text(unit.name)])
        ])
    }
}
