import Storage

/// What an office or a grant needs to know of its unit: what it is called and between which days it exists.
struct UnitLife {
    let id: ID<OrgUnit>
    let uid: UID
    let name: String
    let from: Day
    let to: Day

    /// The name of the unit `u` on the day, or the first one it has when that comes later.
    static func name(_ day: Day) -> SQL {
        """
        COALESCE((SELECT v.name FROM unit_version v WHERE v.unit_id = u.id AND v.from_day <= \(day) \
        ORDER BY v.from_day DESC LIMIT 1), \
        (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day LIMIT 1))
        """
    }

    /// Nil when there is no such unit or the viewer may not know of it.
    static func find(_ id: ID<OrgUnit>, tx: Transaction, viewer: Viewer, _ today: Day) throws -> UnitLife? {
        try tx.first(
            """
            SELECT u.id, u.uid, \(name(today)), u.from_day, u.to_day FROM unit u \
            WHERE u.id = \(id) AND \(UnitScope(viewer).condition)
            """
        ).map { row in
            UnitLife(
                id: try row.id(0), uid: try row.uid(1), name: try row.text(2), from: try row.day(3), to: try row.day(4))
        }
    }

    /// Checks a period `[from, to)` against the unit's life. The result is its end: an open one ends with the unit.
    func period(from: Day, to: Day, _ found: inout Validation) -> Day {
        if to <= from { found.add("to", "person.end_not_after_start") }
        if from < self.from || from >= self.to {
            found.add("unit", "person.unit_not_there", ["unit": .text(name), "day": .day(from)])
        } else if to != .never, to > self.to {
            found.add("to", "person.unit_ends_before", ["unit": .text(name), "day": .day(self.to)])
        }
        return min(to, self.to)
    }
}

extension UnitLife {
    /// The unit that somebody typed: its uid, its code, or its name with or without accents when only one unit of
    /// today that the viewer may know is called so. Nil otherwise.
    static func typed(_ text: String, tx: Transaction, viewer: Viewer, _ today: Day) throws -> UnitLife? {
        let known = UnitScope(viewer).condition
        let name: SQL
        if let uid = UID(parsing: text) {
            name = "u.uid = \(uid)"
        } else {
            name = """
                u.to_day > \(today) AND (u.id IN (SELECT c.unit_id FROM unit_code c WHERE c.code = \(text)) \
                OR u.id IN (SELECT v.unit_id FROM unit_version v WHERE v.name_fold = \(TextFold.fold(text)) \
                AND v.to_day > \(today)))
                """
        }
        let rows = try tx.all("SELECT u.id FROM unit u WHERE \(name) AND \(known) ORDER BY u.id LIMIT 2")
        guard rows.count == 1, let row = rows.first else { return nil }
        return try find(try row.id(0), tx: tx, viewer: viewer, today)
    }
}
