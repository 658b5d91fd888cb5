import Storage

/// From how many days before a deadline a task is due soon is a matter of the committee that it was given under: rows of
/// a list carry these rules, so that the list says what the page of the task says.
extension TaskStore {
    /// The rows with their committees' rules: one statement for all of them, and none where nothing depends on it.
    func warned(_ rows: [TaskRow]) throws -> [TaskRow] {
        let units = Set(rows.map(\.task).filter(isAhead).map(\.assigningUnit)).sorted { $0.value < $1.value }
        guard !units.isEmpty else { return rows }
        let regulations = try tx.ask(regulations(binding: units))
        return rows.map { row in
            var row = row
            if let regulation = regulations[row.task.assigningUnit] {
                (row.rules.warnDays, row.rules.warnDaysLong) = (regulation.warnDays, regulation.warnDaysLong)
            }
            return row
        }
    }

    /// Open, with a deadline that has not passed: all others are late, done or undated by any rule.
    private func isAhead(_ task: TaskItem) -> Bool {
        task.workflow.isOpen && task.workflow.state != .declared && task.due != .never && task.due >= today
    }
}
