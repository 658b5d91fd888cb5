import Storage

/// The tree page: the top, the way down to one opened unit, and what stands below each unit on that way.
public struct UnitOutline: Sendable, Equatable {
    public struct Node: Sendable, Equatable {
        public let unit: UnitRow
        /// Units directly below that the viewer may know of.
        public let below: Int
        /// Filled on the way to the opened unit.
        public var children: [Node]
        public let isOpen: Bool
    }

    public let roots: [Node]
}

/// A commune on the map of the country.
public struct UnitDot: Sendable, Equatable {
    public let place: OrgUnit.Place
    public let name: String
    public let uid: UID
    public let isUrban: Bool
}

extension UnitStore {
    /// A level with more units than this shows the first ones and the way to the list.
    static let outlineLimit = 200

    public func outline(_ hierarchy: Hierarchy, open: UID?) throws -> UnitOutline {
        let way = try open.map { try wayDown(to: try find($0).unit.id, hierarchy) } ?? []
        let roots = try tx.all(
            """
            SELECT u.id FROM unit u JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(today)
                AND v.to_day > \(today)
            WHERE NOT EXISTS (SELECT 1 FROM unit_edge e WHERE e.unit_id = u.id AND e.hierarchy = \(hierarchy.rawValue)
                AND e.from_day <= \(today) AND e.to_day > \(today))
            AND EXISTS (SELECT 1 FROM unit_edge e JOIN unit c ON c.id = e.unit_id WHERE e.parent_id = u.id
                AND e.hierarchy = \(hierarchy.rawValue) AND e.from_day <= \(today) AND e.to_day > \(today)
                AND \(UnitScope(viewer).condition(on: "c")))
            AND \(UnitScope(viewer).condition) ORDER BY v.level, v.sort_key, u.id LIMIT \(UnitStore.outlineLimit)
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        let lonely = way.isEmpty && roots.count == 1 ? roots : way
        return UnitOutline(roots: try roots.map { try node($0, hierarchy, way: lonely) })
    }

    private func node(_ id: ID<OrgUnit>, _ hierarchy: Hierarchy, way: [ID<OrgUnit>]) throws -> UnitOutline.Node {
        let unit = try find(id)
        guard way.contains(id) else {
            return UnitOutline.Node(unit: unit, below: try countBelow(id, hierarchy), children: [], isOpen: false)
        }
        let rows = try children(unit, hierarchy)
        let counts = try countsBelow(rows, hierarchy)
        let children = try rows.map { row in
            way.contains(row.unit.id)
                ? try node(row.unit.id, hierarchy, way: way)
                : UnitOutline.Node(unit: row, below: counts[row.unit.id] ?? 0, children: [], isOpen: false)
        }
        return UnitOutline.Node(unit: unit, below: rows.count, children: children, isOpen: true)
    }

    private func children(_ unit: UnitRow, _ hierarchy: Hierarchy) throws -> [UnitRow] {
        var filter = UnitFilter()
        filter.parent = unit.uid
        filter.hierarchy = hierarchy
        filter.order = .level
        return try list(filter, page: PageRequest(after: nil, limit: UnitStore.outlineLimit)).items
    }

    private func wayDown(to unit: ID<OrgUnit>, _ hierarchy: Hierarchy) throws -> [ID<OrgUnit>] {
        try tx.all(
            """
            SELECT ancestor_id FROM unit_closure WHERE unit_id = \(unit) AND hierarchy = \(hierarchy.rawValue)
            AND from_day <= \(today) AND to_day > \(today) ORDER BY depth DESC
            """
        ).map { try $0.id(0) }
    }

    private func countBelow(_ unit: ID<OrgUnit>, _ hierarchy: Hierarchy) throws -> Int {
        try countsBelow(try [find(unit)], hierarchy)[unit] ?? 0
    }

    /// Grouped in one statement, since a level may hold two hundred units.
    private func countsBelow(_ rows: [UnitRow], _ hierarchy: Hierarchy) throws -> [ID<OrgUnit>: Int] {
        let parents = rows.map(\.unit.id)
        let counted = try tx.all(
            """
            SELECT e.parent_id, COUNT(*) FROM unit_edge e JOIN unit u ON u.id = e.unit_id
            WHERE e.parent_id IN (\(list: parents)) AND e.hierarchy = \(hierarchy.rawValue)
            AND e.from_day <= \(today) AND e.to_day > \(today) AND \(UnitScope(viewer).condition) GROUP BY e.parent_id
            """)
        return try Dictionary(counted.map { (try $0.id(0), try $0.int(1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every living commune, ward and special zone with a place.
    public func communeDots() throws -> [UnitDot] {
        try dots(
            "unit_version v JOIN unit u ON u.id = v.unit_id",
            where: "v.level = \(UnitKind.Level.commune.rawValue)", on: today)
    }

    /// What lies directly below a unit on a day.
    func dots(below parent: ID<OrgUnit>, on day: Day) throws -> [UnitDot] {
        try dots(
            "unit_edge e JOIN unit u ON u.id = e.unit_id JOIN unit_version v ON v.unit_id = u.id",
            where: """
                e.parent_id = \(parent) AND e.hierarchy = 'territory' AND e.from_day <= \(day) AND e.to_day > \(day)
                """, on: day)
    }

    private func dots(_ tables: SQL, where which: SQL, on day: Day) throws -> [UnitDot] {
        try tx.all(
            """
            SELECT u.latitude, u.longitude, v.name, u.uid, v.kind FROM \(tables)
            WHERE \(which) AND v.from_day <= \(day) AND v.to_day > \(day)
            AND u.latitude IS NOT NULL AND \(UnitScope(viewer).condition) ORDER BY v.unit_id
            """
        ).map { row in
            UnitDot(
                place: OrgUnit.Place(latitude: try row.int64(0), longitude: try row.int64(1)), name: try row.text(2),
                uid: try row.uid(3),
                isUrban: [UnitKind.ward.rawValue, UnitKind.city.rawValue].contains(try row.text(4)))
        }
    }

    /// The newest acts, for the foot of the page; one more than is shown tells that there are others.
    func recentHistory(of row: UnitRow) throws -> Page<EventRow> {
        try history(of: row, page: PageRequest(after: nil, limit: 10))
    }

    public func history(of row: UnitRow, page: PageRequest) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer, today: today).history(of: row.subject, page: page)
    }
}
