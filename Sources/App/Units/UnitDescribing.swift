import Storage

/// The facts of a unit that have no history of their own: who may know of it, where it is, how large.
public struct UnitFacts: Sendable, Equatable {
    public var secrecy: Secrecy
    public var place: OrgUnit.Place?
    /// Square metres.
    public var area: Int64?

    public init(secrecy: Secrecy, place: OrgUnit.Place?, area: Int64?) {
        self.secrecy = secrecy
        self.place = place
        self.area = area
    }
}

extension UnitStore {
    public func describe(_ uid: UID, _ facts: UnitFacts, seen: Int?, at now: Instant) throws -> UnitRow {
        let unit = try find(uid, may: \.mayDescribe)
        try bump(unit, seen: seen)
        try checkSecrecy(facts.secrecy, of: unit)
        try tx.run(
            """
            UPDATE unit SET secrecy = \(facts.secrecy.rawValue), latitude = \(facts.place?.latitude),
            longitude = \(facts.place?.longitude), area = \(facts.area) WHERE id = \(unit.unit.id)
            """)
        if facts.secrecy != unit.unit.secrecy { try PersonMap(tx: tx).refresh(ofUnits: [unit.unit.id.value]) }
        if facts.secrecy > unit.unit.secrecy {
            try TaskStore(tx: tx, viewer: viewer, today: today).raise(for: unit.unit.id, to: facts.secrecy, at: now)
        }
        try ActivityStore(tx: tx, viewer: viewer).secrecyChanged(of: unit.unit.id)
        let old = UnitFacts(secrecy: unit.unit.secrecy, place: unit.unit.place, area: unit.unit.area)
        let (before, after) = UnitStore.difference(old.fields, facts.fields)
        try record(.changed, unit.unit.id, uid, before: before, after: after, at: now)
        return try find(uid)
    }

    /// Never more open than a unit above it, never more closed than one below it.
    private func checkSecrecy(_ secrecy: Secrecy, of unit: UnitRow) throws {
        var found = Validation()
        let above = try tx.first(
            """
            SELECT 1 FROM unit_edge e JOIN unit p ON p.id = e.parent_id WHERE e.unit_id = \(unit.unit.id)
            AND e.to_day > \(today) AND p.secrecy > \(secrecy.rawValue) LIMIT 1
            """)
        if above != nil { found.add("secrecy", "unit.error.more_open_than_parent") }
        let below = try tx.first(
            """
            SELECT 1 FROM unit_edge e JOIN unit c ON c.id = e.unit_id WHERE e.parent_id = \(unit.unit.id)
            AND e.to_day > \(today) AND c.secrecy < \(secrecy.rawValue) LIMIT 1
            """)
        if below != nil { found.add("secrecy", "unit.error.more_closed_than_child") }
        let isCovered = viewer.isSystem || viewer.grants.contains { $0.ceiling >= secrecy }
        if !isCovered { found.add("secrecy", "unit.error.above_ceiling") }
        try found.check()
    }

    /// Only what changed.
    static func difference(
        _ old: [String: String], _ new: [String: String]
    ) -> (before: [String: String], after: [String: String]) {
        let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
        return (old.filter { changed.contains($0.key) }, new.filter { changed.contains($0.key) })
    }
}

extension UnitFacts {
    fileprivate var fields: [String: String] {
        [
            "secrecy": secrecy.name, "latitude": place.map { DecimalText.text($0.latitude, places: 6) } ?? "",
            "longitude": place.map { DecimalText.text($0.longitude, places: 6) } ?? "",
            "area_km2": area.map { DecimalText.text($0, places: 6) } ?? "",
        ]
    }
}
