import Storage

/// The sources of a viewer's list of events, each ordered and limited. See `ActivityReading.swift` for the plan.
struct EventBranches {
    private let tx: Transaction
    let scope: ActivityScope
    private let filter: EventFilter
    private let sources: [Source]

    private enum Source {
        /// From the newest back, under the whole condition.
        case walk
        /// What everybody may know of.
        case open
        /// Units asked one by one.
        case units(SQL)
    }

    init(tx: Transaction, scope: ActivityScope, filter: EventFilter, fewUnits: Int) throws {
        self.tx = tx
        self.scope = scope
        self.filter = filter
        sources = try EventBranches.sources(tx: tx, scope: scope, fewUnits: fewUnits)
    }

    /// Keys of at most `limit` events older than `position`, newest first.
    func newest(before position: Int64, limit: Int) throws -> [Int64] {
        var ids: Set<Int64> = []
        for source in sources {
            switch source {
            case .walk, .open: ids.formUnion(try keys(source, before: position, limit: limit))
            case .units(let units): ids.formUnion(try keys(of: units, before: position, limit: limit))
            }
        }
        return Array(ids.sorted(by: >).prefix(limit))
    }

    /// How many events there are, counted no further than `limit`.
    func count(to limit: Int) throws -> Int {
        var ids: Set<Int64> = []
        for source in sources where ids.count < limit {
            let found: [Row] =
                switch source {
                case .walk, .open: try tx.all("\(selection(source)) LIMIT \(limit)")
                case .units(let units):
                    try tx.all("\(select) WHERE e.unit_id IN (\(units)) AND \(conditions()) LIMIT \(limit)")
                }
            ids.formUnion(try found.map { try $0.int64(0) })
        }
        return min(ids.count, limit)
    }

    private let select: SQL = "SELECT e.id FROM event e LEFT JOIN unit u ON u.id = e.unit_id"

    private func conditions(drivenByVerb: Bool = false) -> SQL {
        ([scope.condition] + filter.conditions(drivenByVerb: drivenByVerb)).joined(" AND ")
    }

    private func selection(_ source: Source) -> SQL {
        if case .open = source { return "\(select) WHERE e.is_open = 1 AND \(conditions())" }
        return "\(select) WHERE \(conditions(drivenByVerb: true))"
    }

    private func keys(_ source: Source, before position: Int64, limit: Int) throws -> [Int64] {
        try tx.all("\(selection(source)) AND e.id < \(position) ORDER BY e.id DESC LIMIT \(limit)")
            .map { try $0.int64(0) }
    }

    /// The newest of several units: only the `limit` units with the newest events can be on the page, and nothing
    /// older than the last of these events, when there are that many.
    private func keys(of units: SQL, before position: Int64, limit: Int) throws -> [Int64] {
        let newest = try tx.all(
            """
            SELECT w.id, w.newest FROM (SELECT s.unit_id AS id, (\(select) WHERE e.unit_id = s.unit_id
            AND e.id < \(position) AND \(conditions()) ORDER BY e.unit_id DESC, e.id DESC LIMIT 1) AS newest
            FROM (\(units)) s) w WHERE w.newest IS NOT NULL ORDER BY w.newest DESC LIMIT \(limit)
            """)
        let floor = newest.count == limit ? try newest.last?.int64(1) ?? 0 : 0
        return try newest.flatMap { row in
            try tx.all(
                """
                \(select) WHERE e.unit_id = \(try row.int64(0)) AND e.id < \(position) AND e.id >= \(floor)
                AND \(conditions()) ORDER BY e.unit_id DESC, e.id DESC LIMIT \(limit)
                """
            ).map { try $0.int64(0) }
        }
    }

    /// Grants are asked apart; one that spans most of the country, or the right to see all, is a walk.
    private static func sources(tx: Transaction, scope: ActivityScope, fewUnits: Int) throws -> [Source] {
        if scope.isWhole { return [.walk] }
        var sources: [Source] = [.open]
        if let own = scope.viewer.office?.unit {
            sources.append(.units("SELECT u.id AS unit_id FROM unit u WHERE u.id = \(own)"))
        }
        for grant in Set(scope.viewer.grants) {
            let reach: SQL = """
                SELECT r.unit_id FROM unit_reach r WHERE r.hierarchy = \(grant.hierarchy.rawValue)
                AND r.ancestor_id = \(grant.unit)
                """
            let size = try tx.first("SELECT COUNT(*) FROM (\(reach) LIMIT \(fewUnits + 1)) counted")
            guard let size, try size.int(0) <= fewUnits else { return [.walk] }
            sources.append(.units(reach))
        }
        return sources
    }
}
