import Storage

/// A request for a later deadline ends with what it was asked for: of what is done, given back or cancelled, and of
/// what is due so late already, nobody has to decide any more.
extension TaskStore {
    /// In the transaction of the act that ends it, before the tables that are made from tasks. `deadline`: the one that
    /// the act sets. What its event says of it: nothing while the request goes on, or where none waits.
    func withdrawExtension(
        of task: TaskItem, by next: TaskWorkflow, _ deadline: Deadline?, at now: Instant
    ) throws -> [String: String] {
        guard !next.mayBeExtended || deadline != nil,
            let asked = try tx.ask(extensions(of: task.id)).last(where: { $0.decision == nil })
        else { return [:] }
        let isReached = deadline.map { $0.due != .never && $0.due >= asked.to } ?? false
        guard !next.mayBeExtended || isReached else { return [:] }
        try tx.run(
            """
            UPDATE task_extension SET decision = \(TaskExtension.Decision.withdrawn.rawValue), decided_at = \(now),
            decided_by = \(actor) WHERE uid = \(asked.uid)
            """)
        return ["extension_withdrawn": asked.to.text]
    }
}
