import Storage

/// Where the office in use works: the nearest territory that its unit is or stands in, and the units below it by kind.
struct HomePlace: Sendable {
    let uid: UID
    let name: String
    let kinds: [(kind: UnitKind, count: Int)]
}

extension HomeStore {
    /// Nil for somebody without an office, and for an office of the whole country.
    func place() throws -> HomePlace? {
        guard let unit = viewer.office?.unit else { return nil }
        let row = try tx.first(
            """
            SELECT r.ancestor_id, v.level FROM unit_reach r JOIN unit_version v ON v.unit_id = r.ancestor_id
            WHERE r.unit_id = \(unit) AND r.hierarchy = \(Hierarchy.territory.rawValue)
            AND v.level < \(UnitKind.Level.body.rawValue) AND v.from_day <= \(today) AND v.to_day > \(today)
            ORDER BY v.level DESC, r.ancestor_id LIMIT 1
            """)
        guard let row, try row.int(1) > UnitKind.Level.country.rawValue,
            let place = try UnitLife.find(try row.id(0), tx: tx, viewer: viewer, today)
        else { return nil }
        let units = UnitStore(tx: tx, viewer: viewer, today: today)
        return HomePlace(uid: place.uid, name: place.name, kinds: try units.countsByKind(below: place.id))
    }
}
