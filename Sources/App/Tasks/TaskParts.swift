import Storage

/// The parts of a task that the viewer may know of: all of them counted, the first of them shown.
public struct TaskParts: Sendable {
    /// By the units that lead them, each unit's open ones first, in the order of their deadlines.
    public let rows: [TaskRow]
    /// How many of each state there are, in the order of a task's life.
    public let states: [(state: TaskWorkflow.State, count: Int)]
    /// What they make of the whole by their weights; nil without a part that counts.
    public let percent: Int?
    /// What each of them is of the whole.
    public let shares: TaskShares
    /// There are no others. What is known of some of the parts says nothing of the whole.
    public var isWhole = true
    /// The viewer has to do with the whole, and reads that there are others.
    public var tellsOfOthers = false

    /// How many parts have a state, a weight and a progress in common.
    typealias Group = (state: String, weight: Int, percent: Int, isKnown: Bool, count: Int)

    public var total: Int { states.reduce(0) { $0 + $1.count } }

    /// A task for every commune of a province has more than a page can carry; the list has the others.
    static let shown = 50
}

extension TaskStore {
    func parts(of parent: ID<TaskItem>, _ all: [TaskParts.Group], isParty: Bool) throws -> TaskParts {
        let groups = all.filter(\.isKnown), isWhole = groups.count == all.count
        guard !groups.isEmpty else {
            return TaskParts(
                rows: [], states: [], percent: nil, shares: TaskShares([]), isWhole: isWhole,
                tellsOfOthers: isParty && !isWhole)
        }
        let cancelled = TaskWorkflow.State.cancelled.rawValue
        let parts = groups.flatMap { group in
            repeatElement(
                TaskProgress.Part(
                    weight: group.weight, percent: group.percent, isCancelled: group.state == cancelled),
                count: group.count)
        }
        let states = TaskWorkflow.State.allCases.map { state in
            (state: state, count: groups.reduce(0) { $0 + ($1.state == state.rawValue ? $1.count : 0) })
        }
        return TaskParts(
            rows: try warned(rows("t.parent_id = \(parent)", order: partOrder, limit: TaskParts.shown)),
            states: states.filter { $0.count > 0 }, percent: isWhole ? TaskProgress.of(parts) : nil,
            shares: TaskShares(parts), isWhole: isWhole, tellsOfOthers: isParty && !isWhole)
    }

    /// Few groups come back, however many parts there are.
    func partGroups(of parent: ID<TaskItem>) -> Question<[TaskParts.Group]> {
        Question(
            """
            SELECT c.state, c.weight, c.percent, c.known, COUNT(*) FROM (SELECT t.state, t.weight, t.percent,
            CASE WHEN \(scope.condition()) THEN 1 ELSE 0 END AS known FROM task t WHERE t.parent_id = \(parent)) c
            GROUP BY c.state, c.weight, c.percent, c.known ORDER BY c.state, c.weight, c.percent, c.known
            """
        ) { rows in
            try rows.map { row in
                (
                    state: try row.text(0), weight: try row.int(1), percent: try row.int(2), isKnown: try row.bool(3),
                    count: try row.int(4)
                )
            }
        }
    }
}
