import Storage

/// Lists of what awaits the viewer's word: ``TaskStore/rights(_:)`` as a condition on rows, so that a list holds what
/// they may act on, and nothing else.
extension TaskStore {
    /// On `t`; nil when the filter asks for nothing of the kind.
    func awaiting(_ filter: TaskFilter) throws -> SQL? {
        guard filter.isDirected || filter.isVerifying, !viewer.isSystem else { return nil }
        let own = try ownUnits()
        guard !own.isEmpty else { return "1 = 0" }
        let assigned: SQL = """
            (t.assigning_unit_id IN (\(list: own)) OR EXISTS (SELECT 1 FROM unit_reach a \
            WHERE a.unit_id = t.assigning_unit_id AND a.ancestor_id IN (\(list: own)) LIMIT 1 OFFSET 0))
            """
        var all = [assigned, leads(TaskStore.directing)]
        if filter.isVerifying { all.append("NOT \(try takingPart())") }
        if filter.isVerifying, filter.isWaiting {
            let units = try unitsExtendedByHeadAlone()
            if !units.isEmpty {
                all.append("(t.assigning_unit_id NOT IN (\(list: units)) OR \(leads([.leader])))")
            }
        }
        return all.joined(" AND ")
    }

    /// On `t`: the viewer holds one of the roles over the unit that leads it.
    private func leads(_ roles: [Role]) -> SQL {
        """
        EXISTS (SELECT 1 FROM unit u WHERE u.id = t.lead_unit_id AND \(UnitScope(viewer).within(roles)) \
        LIMIT 1 OFFSET 0)
        """
    }

    /// Those units, among the ones whose tasks wait for a later deadline within the viewer's rights, whose working
    /// regulation leaves that to the head alone. Few regulations do, so that mostly one small question is asked.
    private func unitsExtendedByHeadAlone() throws -> [ID<OrgUnit>] {
        let strict = try tx.first(
            """
            SELECT 1 FROM committee_rules WHERE head_extends = 1 AND assigner_extends = 0
            AND standing_agency_extends = 0 LIMIT 1
            """)
        guard strict != nil else { return [] }
        let units = try tx.all(
            """
            SELECT DISTINCT t.assigning_unit_id FROM task_scope s CROSS JOIN task t WHERE t.id = s.task_id
            AND s.scope_id IN (\(list: scope.branches.map(\.id))) AND s.waits = 1 ORDER BY 1
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        let bound = try tx.ask(regulations(binding: units))
        var isStrict: [ID<CommitteePaper>: Bool] = [:]
        for regulation in bound.values where isStrict[regulation.paper] == nil {
            isStrict[regulation.paper] = try rulesInForce(by: regulation).rules.isHeadAlone
        }
        return units.filter { unit in bound[unit].flatMap { isStrict[$0.paper] } ?? false }
    }
}

extension CommitteeRules {
    /// Nobody but the head of the committee extends a deadline.
    var isHeadAlone: Bool { extenders == [.head] }
}
