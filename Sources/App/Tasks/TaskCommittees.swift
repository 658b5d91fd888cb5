import Storage

extension TaskStore {
    /// The rules by which a task is given and followed: of the nearest committee that binds the assigning unit and has
    /// a working regulation in force; the standard ones where there is none.
    func rulesInForce(assigning unit: ID<OrgUnit>) throws -> RulesInForce {
        let bound = try committees(binding: unit).first { $0.hasRules }
        guard let bound else { return RulesInForce(rules: .standard, regulation: nil, isStandard: true) }
        let store = CommitteeStore(tx: tx, viewer: .system(viewer.name), today: today)
        return try store.rules(for: bound.committee, on: today)
    }

    func rules(of task: TaskItem) throws -> CommitteeRules { try rules(assigning: task.assigningUnit) }

    func rules(assigning: ID<OrgUnit>) throws -> CommitteeRules { try rulesInForce(assigning: assigning).rules }

    /// A committee by whose working regulation a unit assigns tasks.
    struct Binding {
        let committee: ID<Committee>
        /// A working regulation of it is in force today.
        let hasRules: Bool
    }

    /// The nearest first.
    func committees(binding unit: ID<OrgUnit>) throws -> [Binding] {
        try tx.all(
            """
            SELECT m.committee_id, CASE WHEN EXISTS (
                    SELECT 1 FROM committee_paper q JOIN committee_rules l ON l.paper_id = q.id
                    WHERE q.committee_id = m.committee_id AND q.item = 'regulation' AND q.from_day <= \(today)
                    AND q.to_day > \(today)) THEN 1 ELSE 0 END,
                (SELECT COUNT(*) FROM unit_reach x WHERE x.unit_id = m.through_id) AS depth
            FROM (\(bindings(of: [unit]))) m ORDER BY depth DESC, m.committee_id
            """
        ).map { Binding(committee: try $0.id(0), hasRules: try $0.bool(1)) }
    }

    /// `unit_id`, `committee_id`, and `through_id`, the unit by which it is bound: the committees above each unit, and
    /// those of which it is the standing agency today, or belongs to it. A standing agency stands beside its committee,
    /// not below it, and gives the committee's tasks in its own name.
    func bindings(of units: [ID<OrgUnit>]) -> SQL {
        """
        SELECT r.unit_id, c.id AS committee_id, c.unit_id AS through_id FROM unit_reach r
        JOIN committee c ON c.unit_id = r.ancestor_id WHERE r.unit_id IN (\(list: units))
        UNION SELECT r.unit_id, g.committee_id, g.unit_id FROM unit_reach r
        JOIN committee_organ g ON g.unit_id = r.ancestor_id WHERE r.unit_id IN (\(list: units))
        AND g.kind = \(OrganKind.standingAgency.rawValue) AND g.from_day <= \(today) AND g.to_day > \(today)
        """
    }
}
