/// The acts behind the figures of a head's page: of which unit, since which day, of which kind.
struct LeaderActsRequest: Sendable {
    let leader: LeaderRequest
    /// All that are counted otherwise.
    let act: TaskWorkflow.Act?

    init(_ query: inout Fields, today: Day) {
        leader = LeaderRequest(&query, today: today)
        act = query.choice("act", required: false)
        if let act, !TaskTally.counts(act) { query.problems.add("act", "field.choice", ["typed": .text(act.rawValue)]) }
    }

    static func link(
        _ unit: UID, _ act: TaskWorkflow.Act?, by below: TaskFilter.Below, since: Day, after: Cursor? = nil
    ) -> String {
        URLText.link(
            "/leader/acts",
            [
                "act": act?.rawValue ?? "", "after": after?.text ?? "", "below": below.rawValue, "since": since.text,
                "unit": unit.text,
            ])
    }
}

/// What was done since a day to the tasks that a unit and those below it lead.
struct LeaderActs: Sendable {
    let unit: UnitRow
    let counted: CountedBelow
    let since: Day
    let act: TaskWorkflow.Act?
    /// Of each kind, to choose from.
    let counts: [TaskWorkflow.Act: Int]
    let page: Page<TaskActDone>
}

extension TaskStore {
    /// ``AppError/notFound`` as of ``leader(_:)``.
    func leaderActs(_ asked: LeaderActsRequest, page: PageRequest) throws -> LeaderActs {
        let unit = try leaderUnit(asked.leader), since = asked.leader.since
        let branch = try countedScope(of: unit.unit.id, by: asked.leader.below)
        return LeaderActs(
            unit: unit, counted: try counted(unit.unit.id, by: branch), since: since, act: asked.act,
            counts: try acts(of: branch, since: since),
            page: try done(asked.act.map { [$0] } ?? TaskWorkflow.Act.counted, in: branch, since: since, page: page))
    }
}
