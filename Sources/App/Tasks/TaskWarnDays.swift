import Storage

/// From how many days before a deadline a task is due soon is a matter of the committee that it was given under: rows of
/// a list carry these rules, so that the list says what the page of the task says.
extension TaskStore {
    /// The rows with their committees' rules: one statement for all of them, and none where nothing depends on it.
    func warned(_ rows: [TaskRow]) throws -> [TaskRow] {
        let units = Set(rows.map(\.task).filter(isAhead).map(\.assigningUnit)).sorted { $0.value < $1.value }
        guard !units.isEmpty else { return rows }
        let days = try warnDays(units)
        return rows.map { row in
            var row = row
            if let (short, long) = days[row.task.assigningUnit] {
                (row.rules.warnDays, row.rules.warnDaysLong) = (short, long)
            }
            return row
        }
    }

    /// Open, with a deadline that has not passed: all others are late, done or undated by any rule.
    private func isAhead(_ task: TaskItem) -> Bool {
        task.workflow.isOpen && task.workflow.state != .declared && task.due != .never && task.due >= today
    }

    /// Of the committee whose rules each unit has, as ``rulesInForce(assigning:)`` finds it.
    private func warnDays(_ units: [ID<OrgUnit>]) throws -> [ID<OrgUnit>: (short: Int, long: Int)] {
        var found: [ID<OrgUnit>: (short: Int, long: Int)] = [:]
        let rows = try tx.all(
            """
            SELECT m.unit_id, l.warn_days, l.warn_days_long FROM (\(bindings(of: units))) m
            JOIN committee_paper q ON q.committee_id = m.committee_id AND q.item = 'regulation' AND q.from_day <= \(today)
            AND q.to_day > \(today) JOIN committee_rules l ON l.paper_id = q.id
            ORDER BY m.unit_id, (SELECT COUNT(*) FROM unit_reach x WHERE x.unit_id = m.through_id) DESC, m.committee_id,
            q.from_day DESC, q.id DESC
            """)
        for row in rows {
            let unit = try row.id(0, of: OrgUnit.self)
            if found[unit] == nil { found[unit] = (try row.int(1), try row.int(2)) }
        }
        return found
    }
}
