import Storage

/// The open tasks of a unit, of a document or of a person in short, for the page of that.
struct TaskSummary: Sendable {
    /// What they are the tasks of.
    let filter: TaskFilter
    /// How many of each state there are, in the order of a task's life; empty when they are too many to count.
    let states: [(state: TaskWorkflow.State, count: Int)]
    let total: Int
    let overdue: Int
    /// There are more than the total.
    let isFloor: Bool
    /// Those that are due first, which are also the ones that are late.
    let urgent: [TaskRow]
    let mayCreate: Bool
    /// Of a unit: with which of those below it.
    var counted: CountedBelow?

    /// So many stand on the page; the list has the others.
    static let shown = 5
    /// Above so many the page says "more than": a section costs no more than the page that it stands on.
    static let counted = 500
}

extension TaskStore {
    /// What a unit and those below it lead, as the overview of a head counts it. What it only coordinates or has
    /// assigned is a link away.
    func summary(ofUnit uid: UID) throws -> TaskSummary {
        let unit = try units.find(uid).unit.id
        let counted = try counted(unit, by: countedScope(of: unit))
        var found = try summary(of: TaskFilter.led(in: uid, by: counted.below))
        found.counted = counted
        return found
    }

    /// As far as the viewer may know of them, like every list.
    func summary(of filter: TaskFilter) throws -> TaskSummary {
        let query = try query(filter), cap = TaskSummary.counted
        guard query.hasSources else {
            return TaskSummary(
                filter: filter, states: [], total: 0, overdue: 0, isFloor: false, urgent: [],
                mayCreate: mayCreateSomewhere())
        }
        let groups = try tx.all(query.tally(cap: cap)).map { row in
            (code: try row.int(0), isLate: try row.int(1) == 1, count: try row.int(2))
        }
        let total = groups.reduce(0) { $0 + $1.count }
        let states = TaskWorkflow.State.allCases.map { state in
            (state: state, count: groups.reduce(0) { $0 + ($1.code == state.code ? $1.count : 0) })
        }
        return TaskSummary(
            filter: filter, states: total > cap ? [] : states.filter { $0.count > 0 }, total: min(total, cap),
            overdue: total > cap ? 0 : groups.reduce(0) { $0 + ($1.isLate ? $1.count : 0) }, isFloor: total > cap,
            urgent: try top(query, limit: TaskSummary.shown), mayCreate: mayCreateSomewhere())
    }
}
