import Storage

extension TaskFilter {
    /// With which units below it the tasks of a unit are meant. Each tree has others, and the rights of a reader lie
    /// in some of the trees: a figure is the same for two readers only where it says which it counts.
    public enum Below: String, Sendable, CaseIterable {
        case territory, state, party
        /// With none: what concerns the unit itself.
        case alone
    }

    /// What a unit leads with the units below it: what the counts count.
    static func led(in unit: UID, by below: Below?) -> TaskFilter {
        var filter = TaskFilter(unit: unit)
        (filter.isLed, filter.below) = (true, below)
        return filter
    }
}

extension TaskFilter.Below {
    init(_ way: TaskScope.Way) {
        switch way {
        case .territory: self = .territory
        case .state: self = .state
        case .party: self = .party
        case .office: self = .alone
        }
    }

    var way: TaskScope.Way {
        switch self {
        case .territory: .territory
        case .state: .state
        case .party: .party
        case .alone: .office
        }
    }

    /// Of its word.
    var key: String {
        switch self {
        case .territory, .state, .party: "hierarchy.\(rawValue)"
        case .alone: "task.below.alone"
        }
    }
}

extension TaskScope.Branch {
    var below: TaskFilter.Below { TaskScope.Way(rawValue: id & 3).map { TaskFilter.Below($0) } ?? .alone }
}

extension TaskStore {
    /// The one way into a unit that lies in a tree: `branches` are those that the viewer has by rights in each tree. Up to
    /// the level to which they may know of all that lies there, so that two readers who may know the same are shown the
    /// same, whatever trees their rights are in. Nil where there is no way.
    func branch(
        of unit: ID<OrgUnit>, by below: TaskFilter.Below, among branches: [TaskScope.Branch]
    ) throws -> TaskScope.Branch? {
        let id = below.way.scope(of: unit)
        if viewer.isSystem { return TaskScope.Branch(id: id, ceiling: .restricted) }
        guard let hierarchy = below.way.hierarchy else {
            // What concerns the unit itself lies in all trees.
            return branches.map(\.ceiling).max().map { TaskScope.Branch(id: id, ceiling: $0) }
        }
        let held = branches.first { $0.id == id }
        for ceiling in [Secrecy.restricted, .internal] where held.map({ $0.ceiling < ceiling }) ?? true {
            guard let isKnown = whole("\(unit)", in: hierarchy, upTo: ceiling) else { continue }
            if try tx.first("SELECT 1 WHERE \(isKnown)") != nil {
                return TaskScope.Branch(id: id, ceiling: ceiling)
            }
        }
        return held
    }

    /// A condition: each unit below `unit` in a tree lies below one over which the viewer has a right up to this level,
    /// in whatever tree, or is their own. Nil where that cannot be.
    func whole(_ unit: SQL, in hierarchy: Hierarchy, upTo ceiling: Secrecy) -> SQL? {
        let grants = viewer.grants.filter { $0.ceiling >= ceiling }
        let mine: [ID<OrgUnit>] = [viewer.office?.unit, viewer.office?.place].compactMap(\.self)
        let own = ceiling > .internal ? [] : mine
        var ways = Hierarchy.allCases.compactMap { tree -> SQL? in
            let units = grants.filter { $0.hierarchy == tree }.map(\.unit)
            guard !units.isEmpty else { return nil }
            return "(g.hierarchy = \(tree.rawValue) AND g.ancestor_id IN (\(list: units)))"
        }
        if !own.isEmpty { ways.append("g.unit_id IN (\(list: own))") }
        guard !ways.isEmpty else { return nil }
        return """
            NOT EXISTS (SELECT 1 FROM unit_reach r WHERE r.hierarchy = \(hierarchy.rawValue) \
            AND r.ancestor_id = \(unit) AND NOT EXISTS (SELECT 1 FROM unit_reach g WHERE g.unit_id = r.unit_id \
            AND (\(ways.joined(" OR "))) LIMIT 1 OFFSET 0))
            """
    }
}

/// How the tasks of a unit are counted, and how else they could be.
struct CountedBelow: Sendable, Equatable {
    let below: TaskFilter.Below
    /// Each tree in which the viewer knows of units below it, and none of them; empty where there are none anywhere,
    /// and all would count the same.
    let choices: [TaskFilter.Below]
}

extension TaskStore {
    func counted(_ unit: ID<OrgUnit>, by branch: TaskScope.Branch) throws -> CountedBelow {
        let found = try tx.all(
            """
            SELECT DISTINCT e.hierarchy FROM unit_edge e JOIN unit u ON u.id = e.unit_id WHERE e.parent_id = \(unit)
            AND e.from_day <= \(today) AND e.to_day > \(today) AND \(UnitScope(viewer).condition) ORDER BY e.hierarchy
            """
        ).map { try $0.text(0) }
        let choices = TaskFilter.Below.allCases.filter {
            $0 == .alone || $0 == branch.below || found.contains($0.rawValue)
        }
        return CountedBelow(below: branch.below, choices: found.isEmpty ? [] : choices)
    }
}
