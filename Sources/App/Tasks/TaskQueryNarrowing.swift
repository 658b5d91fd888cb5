import Storage

/// What is asked of a task by itself, where its list is driven by something else.
extension TaskQuery {
    /// Refused, declared, returned: the words of the index.
    static let awaiting: Set<TaskWorkflow.State> = [.refused, .declared, .returned]

    /// What ``Driver/scopes(_:named:)`` finds of the own branches and offices, asked of one task.
    var mine: SQL {
        let scope = TaskScope(viewer), offices = scope.offices
        var ways = scope.ownBranches.map { branch -> SQL in
            """
            (t.secrecy <= \(branch.ceiling.rawValue) AND EXISTS (SELECT 1 FROM task_scope v WHERE v.task_id = t.id \
            AND v.scope_id = \(branch.id) AND v.led = 1 LIMIT 1 OFFSET 0))
            """
        }
        if filter.which != .draft, !offices.isEmpty {
            ways.append(
                """
                (t.performer_id IN (\(list: offices)) OR t.leader_id IN (\(list: offices)) \
                OR t.authority_id IN (\(list: offices)))
                """)
        }
        return ways.isEmpty ? "1 = 0" : "(\(ways.joined(" OR ")))"
    }

    /// Of one task: the unit of the office in use, or the one in which that stands, coordinates it.
    var coordinated: SQL {
        let ways = TaskScope(viewer).ownBranches.map { branch -> SQL in
            """
            (t.secrecy <= \(branch.ceiling.rawValue) AND EXISTS (SELECT 1 FROM task_scope v WHERE v.task_id = t.id \
            AND v.scope_id = \(branch.id) AND v.coordinates = 1 LIMIT 1 OFFSET 0))
            """
        }
        return ways.isEmpty ? "1 = 0" : "(\(ways.joined(" OR ")))"
    }

    func below(_ unit: ID<OrgUnit>) -> SQL {
        let ways = filter.below.map { [$0.way] } ?? Hierarchy.allCases.map { TaskScope.Way($0) }
        let scopes = ways.map { $0.scope(of: unit) }
        let led: SQL = filter.isLed ? " AND w.led = 1" : ""
        return "EXISTS (SELECT 1 FROM task_scope w WHERE w.task_id = t.id AND w.scope_id IN (\(list: scopes))\(led))"
    }
}
