import Storage

/// Lists of what awaits the viewer's word: ``TaskStore/rights(_:)`` and ``TaskStore/mayExtend(_:_:_:)`` as a condition on
/// rows, so that a list holds what they may act on, and nothing else.
extension TaskStore {
    /// On `t`; nil when the filter asks for nothing of the kind.
    func awaiting(_ filter: TaskFilter) throws -> SQL? {
        guard filter.isDirected || filter.isVerifying, !viewer.isSystem else { return nil }
        let own = try ownUnits()
        guard !own.isEmpty else { return "1 = 0" }
        let isExtending = filter.isVerifying && filter.isWaiting
        var all: [SQL] = []
        if filter.isDirected || !isExtending { all += [assigned(by: own), overLead(TaskStore.directing)] }
        if isExtending { all.append(try extending()) }
        if filter.isVerifying { all.append("NOT \(try takingPart())") }
        return all.joined(" AND ")
    }

    /// On `t`: an office of the viewer's own unit was to do it and has ended, and the viewer may give it to another one,
    /// as ``mayReassign(_:_:_:)`` says.
    func vacant() throws -> SQL {
        let own = try ownUnits()
        guard !own.isEmpty else { return "1 = 0" }
        let ended: SQL = """
            t.performer_id IN (SELECT o.id FROM office o WHERE o.unit_id IN (\(list: own)) AND o.to_day <= \(today)) \
            AND t.state IN (\(list: TaskStore.reassignable.map(\.rawValue).sorted()))
            """
        let led = own + (viewer.office?.place.map { [$0] } ?? [])
        return """
            (\(ended) AND ((t.lead_unit_id IN (\(list: led)) AND \(overLead([.leader]))) \
            OR (\(assigned(by: own)) AND \(overLead(TaskStore.directing)))))
            """
    }

    /// On `t`: one of the units, or one below it, has given it.
    func assigned(by units: [ID<OrgUnit>]) -> SQL {
        """
        (t.assigning_unit_id IN (\(list: units)) OR EXISTS (SELECT 1 FROM unit_reach a \
        WHERE a.unit_id = t.assigning_unit_id AND a.ancestor_id IN (\(list: units)) LIMIT 1 OFFSET 0))
        """
    }

    /// On `t`: the viewer holds one of the roles over the unit that leads it.
    func overLead(_ roles: [Role]) -> SQL {
        """
        EXISTS (SELECT 1 FROM unit u WHERE u.id = t.lead_unit_id AND \(UnitScope(viewer).within(roles)) \
        LIMIT 1 OFFSET 0)
        """
    }
}
