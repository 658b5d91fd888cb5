import Storage

/// Who decides on a later deadline, as the working regulation says that binds the assigning unit. The one place of it:
/// acts, lists and notices ask here. Nobody who has a part in the result decides, whatever the regulation says.
struct TaskExtenders {
    let named: Set<DeadlineExtender>
    /// Whoever sits at the head of the committee today; nobody while the seat names a role alone, or is empty: then the
    /// leaders of the assigning side stand for it.
    let heads: [Int64]
    /// The standing agencies of the committee today.
    let agencies: [ID<OrgUnit>]

    /// Said to whoever may not decide: by whom it is decided.
    var refusal: Message {
        let words = DeadlineExtender.allCases.filter(named.contains).map(\.rawValue)
        return Message("task.error.extension_by_\(words.joined(separator: "_"))")
    }
}

extension TaskStore {
    func extenders(assigning unit: ID<OrgUnit>) throws -> TaskExtenders {
        try extenders(by: tx.ask(regulations(binding: [unit]))[unit])
    }

    func extenders(by regulation: Regulation?) throws -> TaskExtenders {
        let named = try rulesInForce(by: regulation).rules.extenders
        guard let regulation, named != CommitteeRules.standard.extenders else {
            return TaskExtenders(named: named, heads: [], agencies: [])
        }
        let heads = try tx.all(
            """
            SELECT person_id FROM committee_seat WHERE committee_id = \(regulation.committee) \
            AND position = \(SeatPosition.head.rawValue) AND person_id IS NOT NULL AND from_day <= \(today) \
            AND to_day > \(today) ORDER BY id
            """
        ).map { try $0.int64(0) }
        let agencies = try tx.all(
            """
            SELECT unit_id FROM committee_organ WHERE committee_id = \(regulation.committee) \
            AND kind = \(OrganKind.standingAgency.rawValue) AND from_day <= \(today) AND to_day > \(today) ORDER BY id
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        return TaskExtenders(named: named, heads: heads, agencies: agencies)
    }

    /// As ``extending()`` says of rows.
    func mayExtend(_ task: TaskItem, _ rights: TaskRights, _ extenders: TaskExtenders) throws -> Bool {
        if viewer.isSystem { return true }
        if rights.takesPart { return false }
        return try extenders.named.contains { extender in
            switch extender {
            case .assigner: rights.directs
            case .head:
                try isHead(extenders) && (rights.directs || !extenders.heads.isEmpty)
                    && UnitRights(viewer).holds([.leader], over: task.leadUnit, in: tx)
            case .standingAgency:
                try isAgency(extenders) && UnitRights(viewer).holds(TaskStore.directing, over: task.leadUnit, in: tx)
            }
        }
    }

    /// The task, if the viewer may decide on its deadline.
    func findExtended(_ uid: UID) throws -> TaskRow {
        let row = try find(uid)
        try requireMayExtend(row.task)
        return row
    }

    /// To whoever may not it is said who may.
    func requireMayExtend(_ task: TaskItem) throws {
        let rights = try rights(task), extenders = try extenders(assigning: task.assigningUnit)
        if try mayExtend(task, rights, extenders) { return }
        throw AppError.forbidden(rights.takesPart ? Message("task.error.own_extension") : extenders.refusal)
    }

    /// Whoever acts, or the one they act for, sits at the head; anybody where nobody does.
    private func isHead(_ extenders: TaskExtenders) throws -> Bool {
        extenders.heads.isEmpty ? true : try actingPeople().contains(where: extenders.heads.contains)
    }

    /// The office in use, or the one it acts for, is in a standing agency or in a body below it.
    private func isAgency(_ extenders: TaskExtenders) throws -> Bool {
        let own = try ownUnits()
        guard !own.isEmpty, !extenders.agencies.isEmpty else { return false }
        return try tx.first(
            """
            SELECT 1 FROM unit_reach WHERE unit_id IN (\(list: own)) AND ancestor_id IN (\(list: extenders.agencies)) LIMIT 1
            """) != nil
    }
}

/// The same of rows.
extension TaskStore {
    /// On `t`: the viewer is one of those who decide on its deadline, but for a part in the result.
    func extending() throws -> SQL {
        let own = try ownUnits()
        let directed: SQL = "\(assigned(by: own)) AND \(overLead(TaskStore.directing))"
        let others = try extendedOtherwise()
        if others.isEmpty { return directed }
        var without: [ID<OrgUnit>] = [], led: [ID<OrgUnit>] = [], headed: [ID<OrgUnit>] = []
        var agency: [ID<OrgUnit>] = []
        for (unit, extenders) in others {
            if !extenders.named.contains(.assigner) { without.append(unit) }
            if extenders.named.contains(.head), try isHead(extenders) {
                if extenders.heads.isEmpty { led.append(unit) } else { headed.append(unit) }
            }
            if extenders.named.contains(.standingAgency), try isAgency(extenders) { agency.append(unit) }
        }
        var ways = [directed]
        if !without.isEmpty { ways[0] = "(\(directed) AND t.assigning_unit_id NOT IN (\(list: without)))" }
        func of(_ units: [ID<OrgUnit>], _ way: SQL) {
            if !units.isEmpty { ways.append("(t.assigning_unit_id IN (\(list: units)) AND \(way))") }
        }
        of(led, "\(assigned(by: own)) AND \(overLead([.leader]))")
        of(headed, overLead([.leader]))
        of(agency, overLead(TaskStore.directing))
        return "(\(ways.joined(" OR ")))"
    }

    /// Of those units, among the ones whose tasks wait for a later deadline within the viewer's rights, whose working
    /// regulation does not leave it to whoever assigned alone. While none does, one small question is asked.
    private func extendedOtherwise() throws -> [(unit: ID<OrgUnit>, extenders: TaskExtenders)] {
        let special = try tx.first(
            """
            SELECT 1 FROM committee_rules WHERE assigner_extends = 0 OR head_extends = 1
            OR standing_agency_extends = 1 LIMIT 1
            """)
        guard special != nil else { return [] }
        let units = try tx.all(
            """
            SELECT DISTINCT t.assigning_unit_id FROM task_scope s CROSS JOIN task t WHERE t.id = s.task_id
            AND s.scope_id IN (\(list: scope.branches.map(\.id))) AND s.waits = 1 ORDER BY 1
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        let bound = try tx.ask(regulations(binding: units))
        var known: [ID<CommitteePaper>: TaskExtenders] = [:]
        for regulation in bound.values where known[regulation.paper] == nil {
            known[regulation.paper] = try extenders(by: regulation)
        }
        return units.compactMap { unit in
            guard let extenders = bound[unit].flatMap({ known[$0.paper] }) else { return nil }
            return extenders.named == CommitteeRules.standard.extenders ? nil : (unit, extenders)
        }
    }
}
