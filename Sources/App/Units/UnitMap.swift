public import Storage

/// The tables that are made from units and edges: `unit_closure` (who was above whom, when), `unit_reach` (today's map,
/// which decides access) and `unit_term` (what search looks in). Kept by every change, rebuilt by `doctor`. What is made
/// from today's map in turn, `document_scope`, `task_scope` and `person_scope`, follows it here.
public struct UnitMap {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// Makes all three anew. What follows from them is made anew by itself.
    public func rebuild(today: Day) throws {
        try tx.run("DELETE FROM unit_reach")
        try tx.insert(into: "unit_reach", UnitMap.reachColumns, rows: try renewPast(today).map(\.values))
        try tx.measure("unit_closure", "unit_reach")
    }

    /// After many units were added: all three, and what follows from where today's map differs. About a second for
    /// 14,000 units.
    func renew(today: Day) throws { try follow(Set(try renewPast(today))) }

    /// Makes anew what does not depend on today; returns what does.
    private func renewPast(_ today: Day) throws -> [Line] {
        let all = try everything(today)
        try tx.run("DELETE FROM unit_closure")
        try tx.insert(into: "unit_closure", UnitMap.closureColumns, rows: all.closure.map(\.values))
        try tx.run("DELETE FROM unit_term")
        try tx.insert(into: "unit_term", UnitMap.termColumns, rows: try terms(of: nil))
        return all.reach
    }

    /// Brings today's map up to date after midnight. Returns how many rows differ from what they were.
    @discardableResult public func refreshReach(today: Day) throws -> Int {
        try follow(Set(try everything(today).reach))
    }

    @discardableResult private func follow(_ wanted: Set<Line>) throws -> Int {
        let present = try stored().reach
        let gone = present.subtracting(wanted), new = wanted.subtracting(present)
        for row in gone { try delete(row) }
        try tx.insert(into: "unit_reach", UnitMap.reachColumns, rows: new.map(\.values))
        let moved = Set(
            (gone.union(new)).compactMap { line -> Int64? in
                if case .integer(let unit) = line.values[2] { unit } else { nil }
            })
        try DocumentMap(tx: tx).refreshScopes(ofUnits: moved.sorted())
        try TaskMap(tx: tx).refreshScopes(ofUnits: moved.sorted())
        try PersonMap(tx: tx).refresh(ofUnits: moved.sorted())
        return gone.count + new.count
    }

    /// After a change of one unit: itself and everything that was ever below it.
    public func refresh(_ unit: ID<OrgUnit>, today: Day) throws {
        let below = try tx.all(
            "SELECT DISTINCT unit_id FROM unit_closure WHERE ancestor_id = \(unit) ORDER BY unit_id"
        ).map { try $0.int64(0) }
        let units = Set(below + [unit.value]).sorted()
        for part in KeyBatches.of(units) {
            try tx.run("DELETE FROM unit_closure WHERE unit_id IN (\(list: part))")
            try tx.run("DELETE FROM unit_reach WHERE unit_id IN (\(list: part))")
        }
        try insert(try rows(for: units, today))
        try DocumentMap(tx: tx).refreshScopes(ofUnits: units)
        try TaskMap(tx: tx).refreshScopes(ofUnits: units)
        try PersonMap(tx: tx).refresh(ofUnits: units)
    }

    /// The search terms of one unit, after a change of its names.
    public func refreshTerms(_ unit: ID<OrgUnit>) throws {
        try tx.run("DELETE FROM unit_term WHERE unit_id = \(unit)")
        try tx.insert(into: "unit_term", UnitMap.termColumns, rows: try terms(of: unit))
    }

    /// How many rows of each table differ from what a rebuild would make: all zero when the house is in order.
    public func differences(today: Day) throws -> [(table: String, missing: Int, surplus: Int)] {
        let wanted = try everything(today), present = try stored()
        let closure = Set(wanted.closure), reach = Set(wanted.reach)
        let terms = Set(try terms(of: nil))
        let storedTerms = Set(try tx.all("SELECT term, unit_id, version_id FROM unit_term").map(\.values))
        return [
            ("unit_closure", closure.subtracting(present.closure).count, present.closure.subtracting(closure).count),
            ("unit_reach", reach.subtracting(present.reach).count, present.reach.subtracting(reach).count),
            ("unit_term", terms.subtracting(storedTerms).count, storedTerms.subtracting(terms).count),
        ]
    }

    struct Line: Hashable {
        let values: [SQLValue]
    }

    private static let closureColumns: [StaticString] = [
        "hierarchy", "ancestor_id", "unit_id", "from_day", "to_day", "depth",
    ]
    private static let reachColumns: [StaticString] = ["hierarchy", "ancestor_id", "unit_id"]
    private static let termColumns: [StaticString] = ["term", "unit_id", "version_id"]

    private func insert(_ rows: (closure: [Line], reach: [Line])) throws {
        try tx.insert(into: "unit_closure", UnitMap.closureColumns, rows: rows.closure.map(\.values))
        try tx.insert(into: "unit_reach", UnitMap.reachColumns, rows: rows.reach.map(\.values))
    }

    private func delete(_ row: Line) throws {
        try tx.run(
            """
            DELETE FROM unit_reach WHERE hierarchy = \(row.values[0]) AND ancestor_id = \(row.values[1])
            AND unit_id = \(row.values[2])
            """)
    }

    private func stored() throws -> (closure: Set<Line>, reach: Set<Line>) {
        let closure = try tx.all("SELECT hierarchy, ancestor_id, unit_id, from_day, to_day, depth FROM unit_closure")
        let reach = try tx.all("SELECT hierarchy, ancestor_id, unit_id FROM unit_reach")
        return (Set(closure.map { Line(values: $0.values) }), Set(reach.map { Line(values: $0.values) }))
    }

    /// All rows for all units, from two passes over the tables.
    private func everything(_ today: Day) throws -> (closure: [Line], reach: [Line]) {
        var lives: [Int64: UnitTree.Life] = [:]
        for row in try tx.all("SELECT id, from_day, to_day FROM unit ORDER BY id") {
            lives[try row.int64(0)] = UnitTree.Life(from: try row.day(1), to: try row.day(2))
        }
        var edges: [Hierarchy: [Int64: [UnitTree.Edge]]] = [:]
        for row in try tx.all("SELECT hierarchy, unit_id, parent_id, from_day, to_day FROM unit_edge ORDER BY id") {
            guard let hierarchy = Hierarchy(rawValue: try row.text(0)) else { continue }
            edges[hierarchy, default: [:]][try row.int64(1), default: []].append(
                UnitTree.Edge(parent: try row.int64(2), from: try row.day(3), to: try row.day(4)))
        }
        let units = lives.keys.sorted()
        return try lines(units, today, life: { lives[$0] }, edges: { edges[$0]?[$1] ?? [] })
    }

    private func rows(for units: [Int64], _ today: Day) throws -> (closure: [Line], reach: [Line]) {
        let tx = tx
        return try lines(
            units, today,
            life: { unit in
                try tx.first("SELECT from_day, to_day FROM unit WHERE id = \(unit)").map {
                    UnitTree.Life(from: try $0.day(0), to: try $0.day(1))
                }
            },
            edges: { hierarchy, unit in
                try tx.all(
                    """
                    SELECT parent_id, from_day, to_day FROM unit_edge
                    WHERE unit_id = \(unit) AND hierarchy = \(hierarchy.rawValue) ORDER BY from_day
                    """
                ).map { UnitTree.Edge(parent: try $0.int64(0), from: try $0.day(1), to: try $0.day(2)) }
            })
    }

    /// A unit stands above itself in all three trees, whether or not it has a place in them yet: a grant over it counts.
    private func lines(
        _ units: [Int64], _ today: Day, life: @escaping (Int64) throws -> UnitTree.Life?,
        edges: @escaping (Hierarchy, Int64) throws -> [UnitTree.Edge]
    ) throws -> (closure: [Line], reach: [Line]) {
        var closure: [Line] = [], reach: [Line] = []
        for hierarchy in Hierarchy.allCases {
            let name = SQLValue.text(hierarchy.rawValue)
            var tree = UnitTree(life: life, edges: { try edges(hierarchy, $0) })
            for unit in units {
                for above in try tree.above(unit) {
                    closure.append(
                        Line(values: [
                            name, .integer(above.ancestor), .integer(unit), above.from.sqlValue, above.to.sqlValue,
                            .integer(Int64(above.depth)),
                        ]))
                }
                for ancestor in try tree.reach(unit, on: today) {
                    reach.append(Line(values: [name, .integer(ancestor), .integer(unit)]))
                }
            }
        }
        return (closure, reach)
    }

    private func terms(of unit: ID<OrgUnit>?) throws -> [[SQLValue]] {
        let which: SQL = unit.map { "WHERE unit_id = \($0)" } ?? ""
        return try tx.all("SELECT id, unit_id, name_fold FROM unit_version \(which) ORDER BY id").flatMap { row in
            let (version, owner) = (try row.value(0), try row.value(1))
            return UnitTerms.of(try row.text(2)).map { [.text($0), owner, version] }
        }
    }
}

/// What a name is found by: the folded name from each of its words on, so that *dak lak* is a beginning of one.
enum UnitTerms {
    static func of(_ folded: String) -> [String] {
        var terms: [String] = []
        var rest = Substring(folded)
        while !rest.isEmpty, terms.count < 10 {
            let term = String(rest.prefix(60))
            if !terms.contains(term) { terms.append(term) }
            guard let blank = rest.firstIndex(of: " ") else { break }
            rest = rest[rest.index(after: blank)...]
        }
        return terms
    }
}
