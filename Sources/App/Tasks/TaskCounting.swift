import Storage

/// Counts for one unit and for those directly below it, from `unit_tally` and `unit_standing`: no task is read.
extension TaskStore {
    /// Which scope a unit is counted by, and up to which secrecy: by the tree that is asked for; otherwise by the best
    /// right that the viewer has there, else what everybody may know. The list behind a figure names the same tree.
    func countedScope(of unit: ID<OrgUnit>, by asked: TaskFilter.Below? = nil) throws -> TaskScope.Branch {
        let held = try scope.branches(of: unit, .open, in: tx)
        let below = asked ?? best(of: unit, among: held).below
        return try branch(of: unit, by: below, among: held)
            ?? TaskScope.Branch(id: below.way.scope(of: unit), ceiling: .public)
    }

    private func best(of unit: ID<OrgUnit>, among held: [TaskScope.Branch]) -> TaskScope.Branch {
        let territory = TaskScope.Way.territory.scope(of: unit), office = TaskScope.Way.office.scope(of: unit)
        let byTree = held.filter { $0.id != office }.max { left, right in
            (left.ceiling, right.id) < (right.ceiling, left.id)
        }
        guard let byTree, byTree.ceiling > .public else {
            return held.first { $0.id == office } ?? TaskScope.Branch(id: territory, ceiling: .public)
        }
        return byTree
    }

    /// Counts of a unit, and of the units directly below it in the tree of the branch that have something to count or a
    /// place on the map. `since`: from which day on what fell due is counted as newly late.
    func counts(
        of unit: ID<OrgUnit>, by branch: TaskScope.Branch, since: Day
    ) throws -> (whole: TaskCounts, children: [UnitCounts]) {
        guard let hierarchy = TaskScope.Way(rawValue: branch.id & 3)?.hierarchy else {
            return (try counts("\(branch.id)", branch.ceiling, since)[branch.id] ?? TaskCounts(), [])
        }
        let below: SQL = """
            e.parent_id = \(unit) AND e.hierarchy = \(hierarchy.rawValue) AND e.from_day <= \(today) \
            AND e.to_day > \(today)
            """
        let scopes: SQL = """
            SELECT CAST(\(branch.id) AS BIGINT) UNION ALL \
            SELECT e.unit_id * 4 + \(hierarchy.wayCode) FROM unit_edge e WHERE \(below)
            """
        var counted = try counts(scopes, branch.ceiling, since)
        let children = try tx.all(
            """
            SELECT u.id, u.uid, \(UnitLife.name(today)), u.latitude, u.longitude FROM unit_edge e
            JOIN unit u ON u.id = e.unit_id WHERE \(below) AND \(UnitScope(viewer).condition) ORDER BY u.id
            """)
        try raise(&counted, of: below, hierarchy, above: branch.ceiling, since)
        let units = try children.map { row in
            let scope = TaskScope.Way(hierarchy).scope(of: try row.id(0))
            return UnitCounts(
                unit: UnitLink(uid: try row.uid(1), name: try row.text(2)), counts: counted[scope] ?? TaskCounts(),
                latitude: try row.optionalInt64(3).map { Double($0) / 1_000_000 },
                longitude: try row.optionalInt64(4).map { Double($0) / 1_000_000 })
        }
        return (counted[branch.id] ?? TaskCounts(), units)
    }

    /// Counts of a unit with all below it.
    func counts(in branch: TaskScope.Branch) throws -> TaskCounts {
        try counts("\(branch.id)", branch.ceiling, today)[branch.id] ?? TaskCounts()
    }

    /// Of a unit of which the viewer may know more than of the whole, the list behind the figures has more: so have
    /// these. `edges`: a condition on `unit_edge e`.
    private func raise(
        _ counted: inout [Int64: TaskCounts], of edges: SQL, _ hierarchy: Hierarchy, above ceiling: Secrecy,
        _ since: Day
    ) throws {
        for higher in [Secrecy.internal, .restricted] where higher > ceiling {
            guard let isKnown = whole("e.unit_id", in: hierarchy, upTo: higher) else { continue }
            let scopes: SQL = """
                SELECT e.unit_id * 4 + \(hierarchy.wayCode) FROM unit_edge e WHERE \(edges) AND \(isKnown)
                """
            counted.merge(try counts(scopes, higher, since)) { $1 }
        }
    }

    /// How often each act was done since a day.
    func acts(of branch: TaskScope.Branch, since: Day) throws -> [TaskWorkflow.Act: Int] {
        let first = TaskTally.Bucket.acts(from: since)
        var sum: [TaskWorkflow.Act: Int] = [:]
        let parts = ["unit_tally", "unit_tally_delta"].map { (table: StaticString) -> SQL in
            """
            SELECT bucket, n FROM \(SQL(static: table)) WHERE scope_id = \(branch.id) AND bucket >= \(first) \
            AND bucket < \(TaskTally.Bucket.afterActs) AND secrecy <= \(branch.ceiling.rawValue)
            """
        }
        for row in try tx.all(parts.joined(" UNION ALL ")) {
            guard let act = TaskWorkflow.Act(rawValue: String(try row.text(0).drop { $0 != " " }.dropFirst()))
            else { continue }
            sum[act, default: 0] += try row.int(1)
        }
        return sum
    }

    /// What stands in the tally, and what was appended to it since.
    private func counts(_ scopes: SQL, _ ceiling: Secrecy, _ since: Day) throws -> [Int64: TaskCounts] {
        let borders = TaskCounts.Borders(today: today, since: since)
        let which: SQL = "b.scope_id IN (\(scopes)) AND b.secrecy <= \(ceiling.rawValue)"
        let days: SQL = """
            SELECT b.scope_id, \(borders.sums) FROM unit_tally b WHERE \(which) AND b.bucket < \(borders.end)
            GROUP BY b.scope_id
            """
        let pending: SQL = """
            SELECT b.scope_id, b.bucket, b.n FROM unit_tally_delta b WHERE \(which) \
            AND (b.bucket < \(borders.end) OR b.bucket >= \(TaskTally.Bucket.afterActs))
            """
        let states: SQL = """
            SELECT b.scope_id, \(TaskStanding.total) FROM unit_standing b WHERE \(which) GROUP BY b.scope_id
            """
        var all: [Int64: TaskCounts] = [:]
        let answers = try tx.answers(to: [states, days, pending])
        guard answers.count == 3 else { return all }
        for row in answers[0] {
            var counts = TaskCounts()
            for (index, column) in TaskStanding.columns.enumerated() {
                let n = try row.int(index + 1)
                if n != 0 { counts.add(column.bucket, n, borders) }
            }
            all[try row.int64(0)] = counts
        }
        for row in answers[1] {
            let sums = try (1..<row.values.count).map { try row.int($0) }
            all[try row.int64(0), default: TaskCounts()].add(sums)
        }
        for row in answers[2] {
            all[try row.int64(0), default: TaskCounts()].add(try row.text(1), try row.int(2), borders)
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
    fileprivate var wayCode: SQL {
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
