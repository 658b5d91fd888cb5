import Storage

/// Counts for one unit and for those directly below it, from `unit_tally`: no task is read.
extension TaskStore {
    /// Which scope a unit is counted by, and up to which secrecy: the best right that the viewer has there, else what
    /// everybody may know.
    func countedScope(of unit: ID<OrgUnit>) throws -> TaskScope.Branch {
        let held = try scope.branches(of: unit, .open, in: tx)
        let territory = TaskScope.Way.territory.scope(of: unit), office = TaskScope.Way.office.scope(of: unit)
        let byTree = held.filter { $0.id != office }.max { left, right in
            (left.ceiling, right.id) < (right.ceiling, left.id)
        }
        guard let byTree, byTree.ceiling > .public else {
            return held.first { $0.id == office } ?? TaskScope.Branch(id: territory, ceiling: .public)
        }
        return byTree
    }

    /// `since`: from which day on what fell due is counted as newly late.
    func counts(of branch: TaskScope.Branch, since: Day) throws -> TaskCounts {
        try counts("b.scope_id = \(branch.id)", branch.ceiling, since)[branch.id] ?? TaskCounts()
    }

    /// Units directly below, in the tree of the branch, with something to count or a place on the map.
    func children(of unit: ID<OrgUnit>, by branch: TaskScope.Branch, since: Day) throws -> [UnitCounts] {
        guard let hierarchy = TaskScope.Way(rawValue: branch.id & 3)?.hierarchy else { return [] }
        let below: SQL = """
            SELECT e.unit_id * 4 + \(SQL(static: hierarchy.wayCode)) FROM unit_edge e WHERE e.parent_id = \(unit) \
            AND e.hierarchy = \(hierarchy.rawValue) AND e.from_day <= \(today) AND e.to_day > \(today)
            """
        let counted = try counts("b.scope_id IN (\(below))", branch.ceiling, since)
        return try tx.all(
            """
            SELECT u.id, u.uid, \(UnitLife.name(today)), u.latitude, u.longitude FROM unit_edge e
            JOIN unit u ON u.id = e.unit_id WHERE e.parent_id = \(unit) AND e.hierarchy = \(hierarchy.rawValue)
            AND e.from_day <= \(today) AND e.to_day > \(today) AND \(UnitScope(viewer).condition) ORDER BY u.id
            """
        ).map { row in
            let scope = TaskScope.Way(hierarchy).scope(of: try row.id(0))
            return UnitCounts(
                unit: UnitLink(uid: try row.uid(1), name: try row.text(2)), counts: counted[scope] ?? TaskCounts(),
                latitude: try row.optionalInt64(3).map { Double($0) / 1_000_000 },
                longitude: try row.optionalInt64(4).map { Double($0) / 1_000_000 })
        }
    }

    /// How often each act was done since a day.
    func acts(of branch: TaskScope.Branch, since: Day) throws -> [TaskWorkflow.Act: Int] {
        let first = TaskTally.Bucket.acts(from: since)
        var sum: [TaskWorkflow.Act: Int] = [:]
        for table in ["unit_tally", "unit_tally_delta"] as [StaticString] {
            let rows = try tx.all(
                """
                SELECT bucket, CAST(SUM(n) AS BIGINT) FROM \(SQL(static: table)) WHERE scope_id = \(branch.id)
                AND bucket >= \(first) AND bucket < 's' AND secrecy <= \(branch.ceiling.rawValue) GROUP BY bucket
                """)
            for row in rows {
                guard let act = TaskWorkflow.Act(rawValue: String(try row.text(0).drop { $0 != " " }.dropFirst()))
                else { continue }
                sum[act, default: 0] += try row.int(1)
            }
        }
        return sum
    }

    /// The tally and what was appended to it since.
    private func counts(_ which: SQL, _ ceiling: Secrecy, _ since: Day) throws -> [Int64: TaskCounts] {
        var all: [Int64: TaskCounts] = [:]
        for table in ["unit_tally", "unit_tally_delta"] as [StaticString] {
            let rows = try tx.all(
                """
                SELECT b.scope_id, \(TaskCounts.columns(today: today, since: since)) FROM \(SQL(static: table)) b
                WHERE \(which) AND b.secrecy <= \(ceiling.rawValue) GROUP BY b.scope_id
                """)
            for row in rows {
                let scope = try row.int64(0)
                all[scope] = try (all[scope] ?? TaskCounts()) + TaskCounts(row, from: 1)
            }
        }
        return all
    }
}

/// A unit with what is counted below it.
public struct UnitCounts: Sendable, Equatable {
    public let unit: UnitLink
    public let counts: TaskCounts
    /// Degrees; nil of a body without a place.
    public let latitude: Double?
    public let longitude: Double?
}

extension Hierarchy {
    /// ``TaskScope/Way`` in the text of a statement.
    fileprivate var wayCode: StaticString {
        switch self {
        case .territory: "0"
        case .state: "1"
        case .party: "2"
        }
    }
}

extension TaskScope.Way {
    /// Nil of the way through an office, which leads to no unit below.
    var hierarchy: Hierarchy? {
        switch self {
        case .territory: .territory
        case .state: .state
        case .party: .party
        case .office: nil
        }
    }
}
