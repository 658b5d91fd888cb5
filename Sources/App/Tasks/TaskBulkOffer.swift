import Storage

/// What a list offers to do to many of its tasks: of each the acts that its reader may do to it as it stands. Whoever may
/// do nothing to any of them is offered nothing.
struct TaskBulkOffer: Sendable {
    private let acts: [UID: Set<TaskWorkflow.Act>]

    init(acts: [UID: Set<TaskWorkflow.Act>]) { self.acts = acts.filter { !$0.value.isEmpty } }

    var isEmpty: Bool { acts.isEmpty }

    /// The task can be chosen: there is something to do to it.
    func holds(_ row: TaskRow) -> Bool { acts[row.uid] != nil }

    /// Acts that can be done to one of the tasks at least, in the order in which they are always shown.
    var choices: [TaskWorkflow.Act] {
        TaskBulkAct.acts.filter { act in acts.values.contains { $0.contains(act) } }
    }
}

extension TaskStore {
    /// Told from the rows alone, since every list asks: whoever can do nothing is offered nothing. Whoever directs
    /// somewhere hears in the preview of what is not theirs to direct.
    func bulkOffer(_ rows: [TaskRow]) throws -> TaskBulkOffer {
        let there = try ownUnits() + [viewer.office?.place].compactMap(\.self), offices = scope.offices
        let reports = [Role.focal, .leader, .secretariat].contains(where: viewer.has)
        let directs = mayCreateSomewhere()
        var acts: [UID: Set<TaskWorkflow.Act>] = [:]
        for row in rows {
            let isNamed = [row.task.performer, row.task.leader].contains { $0.map(offices.contains) ?? false }
            let isOwn = there.contains(row.task.leadUnit)
            let rights = TaskRights(
                directs: directs, performs: isNamed || (reports && isOwn) || viewer.isSystem,
                takesPart: isNamed || isOwn)
            acts[row.uid] = Set(rights.acts(on: row.task.workflow).filter(TaskBulkAct.acts.contains))
        }
        return TaskBulkOffer(acts: acts)
    }
}
