public import Storage

/// The table that is made from people and offices: `person_scope`, which decides who may know of whom. Kept by every
/// change of a name, of the offices of a person, of the secrecy of a unit or of today's map; rebuilt by `doctor`.
public struct PersonMap {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// Makes it anew.
    public func rebuild() throws {
        try tx.run("DELETE FROM person_scope")
        try insert("1 = 1")
        try tx.measure("person_scope")
    }

    /// After a change of a name, or when an office is added.
    func refresh(_ people: [Int64]) throws {
        for batch in KeyBatches.of(people) {
            try tx.run("DELETE FROM person_scope WHERE person_id IN (\(list: batch))")
            try insert("p.id IN (\(list: batch))")
        }
    }

    /// After a change of today's map, or of who may know of these units.
    func refresh(ofUnits units: [Int64]) throws {
        var people: Set<Int64> = []
        for batch in KeyBatches.of(units) {
            let rows = try tx.all(
                "SELECT DISTINCT person_id FROM office WHERE unit_id IN (\(list: batch)) ORDER BY person_id")
            for row in rows { people.insert(try row.int64(0)) }
        }
        try refresh(people.sorted())
    }

    /// How many rows differ from what a rebuild would make.
    public func differences() throws -> [(table: String, missing: Int, surplus: Int)] {
        let found = try tx.difference(
            wanted: PersonMap.scopes("1 = 1"),
            stored: "SELECT scope_id, sort_key, uid, person_id, secrecy, name_fold FROM person_scope")
        return [("person_scope", found.missing, found.surplus)]
    }

    private func insert(_ which: SQL) throws {
        try tx.run(
            """
            INSERT INTO person_scope (scope_id, sort_key, uid, person_id, secrecy, name_fold)
            SELECT * FROM (\(PersonMap.scopes(which))) n WHERE true
            """)
    }

    /// Whoever has offices in several units of a scope is known as soon as one of them is.
    static func scopes(_ which: SQL) -> SQL {
        """
        SELECT w.scope_id, p.sort_key, p.uid, p.id, w.secrecy, p.name_fold FROM (
        SELECT r.ancestor_id * 4 + CASE r.hierarchy WHEN 'territory' THEN 0 WHEN 'state' THEN 1 ELSE 2 END AS scope_id,
        p.id AS person_id, MIN(u.secrecy) AS secrecy FROM person p JOIN office o ON o.person_id = p.id
        JOIN unit u ON u.id = o.unit_id JOIN unit_reach r ON r.unit_id = u.id WHERE \(which)
        GROUP BY r.ancestor_id, r.hierarchy, p.id
        UNION ALL SELECT CAST(3 AS BIGINT), p.id, CAST(0 AS BIGINT) FROM person p WHERE \(which)
        AND NOT EXISTS (SELECT 1 FROM office o WHERE o.person_id = p.id)
        ) w JOIN person p ON p.id = w.person_id
        """
    }
}
