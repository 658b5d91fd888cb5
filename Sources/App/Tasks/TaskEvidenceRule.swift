import Storage

/// What counts as evidence of a declaration: a link or a file that the unit has shown since the task was last returned
/// or opened again, or what it showed before and expressly shows once more. What is laid beside an answer is none, and
/// what was withdrawn is none.
extension TaskStore {
    /// `report` has been written already, with its files.
    func hasEvidence(_ task: ID<TaskItem>, _ report: TaskReport) throws -> Bool {
        try report.resubmits || isShown(task, since: try lastAnswer(task))
    }

    /// Evidence has come to a report of the task. A declaration that nothing stood behind counts from that day on, as if
    /// it had been made then: what was not proven in time is not made so afterwards. To a declaration that had evidence
    /// it adds nothing but what the verifier reads.
    func showLater(_ task: TaskItem) throws {
        guard task.workflow.state == .declared, !task.hasEvidence else { return }
        try tx.run("UPDATE task SET has_evidence = 1, declared_on = \(today) WHERE id = \(task.id)")
        try TaskMap(tx: tx).restate(task.id)
    }

    /// Evidence from before the last return or reopening: it no longer counts by itself.
    func hasEarlierEvidence(_ task: ID<TaskItem>) throws -> Bool {
        let answer = try lastAnswer(task)
        return try answer > 0 && isShown(task, since: 0, until: answer)
    }

    private func lastAnswer(_ task: ID<TaskItem>) throws -> Int64 {
        try tx.first(
            """
            SELECT COALESCE(MAX(id), 0) FROM task_report WHERE task_id = \(task) AND act IN ('return', 'reopen')
            """)?.int64(0) ?? 0
    }

    private func isShown(_ task: ID<TaskItem>, since: Int64, until: Int64 = .max) throws -> Bool {
        try tx.first(
            """
            SELECT 1 FROM task_report r WHERE r.task_id = \(task) AND r.act IN ('progress', 'declare')
            AND r.id > \(since) AND r.id < \(until) AND (r.evidence_url <> '' OR EXISTS (
                SELECT 1 FROM task_file f JOIN attachment a ON a.id = f.attachment_id
                WHERE f.task_id = r.task_id AND f.report_id = r.id AND a.withdrawn_at IS NULL)) LIMIT 1
            """) != nil
    }
}
