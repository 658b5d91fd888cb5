import Storage

extension UnitLife {
    /// What ``name(_:)`` of a unit sorts by, as the Vietnamese alphabet has it.
    static func sortKey(_ day: Day, of unit: SQL) -> SQL {
        """
        COALESCE((SELECT v.sort_key FROM unit_version v WHERE v.unit_id = \(unit) AND v.from_day <= \(day) \
        ORDER BY v.from_day DESC LIMIT 1), \
        (SELECT v.sort_key FROM unit_version v WHERE v.unit_id = \(unit) ORDER BY v.from_day LIMIT 1))
        """
    }
}

extension TaskStore {
    /// Parts as a reader looks for them: by the unit that leads, where each commune has one; of one unit the open ones
    /// first, in the order of their deadlines. All parts of a task are sorted, of which a country has some thousands.
    var partOrder: SQL { "\(UnitLife.sortKey(today, of: "u.id")), t.closed, t.due, t.id" }
}
