import Storage

extension TaskStore {
    /// The rules by which a task is given and followed: of the nearest committee that binds the assigning unit and has
    /// a working regulation in force; the standard ones where there is none.
    func rulesInForce(assigning unit: ID<OrgUnit>) throws -> RulesInForce {
        try rulesInForce(by: tx.ask(regulations(binding: [unit]))[unit])
    }

    func rulesInForce(by regulation: Regulation?) throws -> RulesInForce {
        let store = CommitteeStore(tx: tx, viewer: .system(viewer.name), today: today)
        return try regulation.flatMap { try store.rules(of: $0.paper) }
            ?? RulesInForce(rules: .standard, regulation: nil, isStandard: true)
    }

    func rules(of task: TaskItem) throws -> CommitteeRules { try rules(assigning: task.assigningUnit) }

    func rules(assigning: ID<OrgUnit>) throws -> CommitteeRules { try rulesInForce(assigning: assigning).rules }

    /// The working regulation that binds a unit, with what every list needs of it.
    struct Regulation {
        let paper: ID<CommitteePaper>
        let committee: ID<Committee>
        let warnDays: Int
        let warnDaysLong: Int
    }

    /// Of each unit, in one statement for all of them; units that none binds are not among them.
    func regulations(binding units: [ID<OrgUnit>]) -> Question<[ID<OrgUnit>: Regulation]> {
        let binding = regulations(on: "r.unit_id IN (\(list: units))", by: "m.unit_id, ")
        return Question("SELECT m.unit_id, q.id, q.committee_id, l.warn_days, l.warn_days_long FROM \(binding)") {
            rows in
            let all = try rows.map { row in
                (
                    try row.id(0, of: OrgUnit.self),
                    Regulation(
                        paper: try row.id(1), committee: try row.id(2), warnDays: try row.int(3),
                        warnDaysLong: try row.int(4))
                )
            }
            return Dictionary(all) { nearest, _ in nearest }
        }
    }

    /// The regulations `q` with their rules `l` that bind units `m`, the one that counts first.
    func regulations(on units: SQL, by order: SQL = "") -> SQL {
        """
        (\(bindings(on: units))) m \
        JOIN committee_paper q ON q.committee_id = m.committee_id AND \(RegulationsInForce.condition(on: today)) \
        JOIN committee_rules l ON l.paper_id = q.id \
        ORDER BY \(order)(SELECT COUNT(*) FROM unit_reach x WHERE x.unit_id = m.through_id) DESC, \
        m.committee_id, \(RegulationsInForce.order)
        """
    }

    /// `unit_id`, `committee_id`, and `through_id`, the unit by which it is bound: the committees above each unit, and
    /// those of which it is the standing agency today, or belongs to it. A standing agency stands beside its committee,
    /// not below it, and gives the committee's tasks in its own name.
    func bindings(of units: [ID<OrgUnit>]) -> SQL { bindings(on: "r.unit_id IN (\(list: units))") }

    /// `units`: a condition on `unit_reach r`.
    private func bindings(on units: SQL) -> SQL {
        """
        SELECT r.unit_id, c.id AS committee_id, c.unit_id AS through_id FROM unit_reach r
        JOIN committee c ON c.unit_id = r.ancestor_id WHERE \(units)
        UNION SELECT r.unit_id, g.committee_id, g.unit_id FROM unit_reach r
        JOIN committee_organ g ON g.unit_id = r.ancestor_id WHERE \(units)
        AND g.kind = \(OrganKind.standingAgency.rawValue) AND g.from_day <= \(today) AND g.to_day > \(today)
        """
    }
}
