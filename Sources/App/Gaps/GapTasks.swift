import Storage

/// Tasks that cannot go on without a document that is still to be issued.
extension GapStore {
    var tasks: TaskStore { TaskStore(tx: tx, viewer: viewer, today: today) }

    /// Those of a gap that the viewer may know of.
    func blockedTasks(of gap: ID<Gap>) throws -> [TaskRow] {
        try tasks.warned(
            tasks.rows(
                "t.id IN (SELECT b.task_id FROM gap_blocked_task b WHERE b.gap_id = \(gap))", order: "t.title, t.id",
                limit: GapDetail.blockedShown))
    }

    /// Of what waits, only what the viewer may know of is taken away.
    func replaceBlockedTasks(_ gap: ID<Gap>, _ tasks: [ID<TaskItem>]) throws {
        try tx.run(
            """
            DELETE FROM gap_blocked_task WHERE gap_id = \(gap) AND task_id IN (SELECT t.id
            FROM gap_blocked_task b JOIN task t ON t.id = b.task_id
            WHERE b.gap_id = \(gap) AND \(TaskScope(viewer).condition()))
            """)
        try tx.insert(
            into: "gap_blocked_task", ["gap_id", "task_id"],
            rows: Set(tasks).map { [gap.sqlValue, $0.sqlValue] })
    }

    /// What a task waits for: the gaps that are not settled and that the viewer may know of, the earliest deadline first.
    func waited(by task: ID<TaskItem>) -> Question<[GapRow]> {
        Question(
            """
            SELECT \(GapRow.columns(today)) FROM gap_blocked_task b CROSS JOIN \(GapRow.tables(viewer))
            WHERE b.task_id = \(task) AND g.id = b.gap_id AND g.settled = 0 AND \(CoverageScope(viewer).condition)
            ORDER BY g.due_on, g.id LIMIT \(GapDetail.blockedShown)
            """
        ) { try $0.map(GapRow.init) }
    }
}
