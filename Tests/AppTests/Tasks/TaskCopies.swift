import Storage
import TestSupport

@testable import App

/// Many tasks as rows: copies of one, each changed as a test wants it, with the tables that are made from them.
struct TaskCopies {
    let store: TaskStore
    let now: Instant

    private static let columns: SQL = """
        origin, title, title_key, title_fold, description, lead_unit_id, assigning_unit_id, performer_id,
        responsible_id, leader_id, authority_id, document_id, paragraph, parent_id, priority, is_key, pillar,
        task_group, secrecy, deadline_kind, due, deadline_words, review_on, original_due, start_on, weight,
        state, state_before, closed, percent, declared_on, declared_by, has_evidence, extensions, updated_at, version
        """

    /// Copies `model` once for each change, which is put behind `UPDATE task SET`.
    func make(of model: ID<TaskItem>, _ changes: [SQL]) throws -> [ID<TaskItem>] {
        let columns = Self.columns
        return try changes.enumerated().map { number, change in
            let uid = UID.new(at: Instant(milliseconds: now.milliseconds + Int64(number)))
            try store.tx.run(
                "INSERT INTO task (uid, \(columns)) SELECT \(uid), \(columns) FROM task WHERE id = \(model)")
            try store.tx.run("UPDATE task SET \(change) WHERE uid = \(uid)")
            return try store.find(uid).task.id
        }
    }

    /// Once all are made: they are led and assigned as their rows say.
    func finish(_ copies: [ID<TaskItem>]) throws {
        for column in ["lead", "assigning"] as [StaticString] {
            let part = SQL(static: column)
            try store.tx.run(
                """
                INSERT INTO task_unit (task_id, part, unit_id) SELECT id, '\(part)', \(part)_unit_id FROM task
                WHERE id IN (\(list: copies))
                """)
        }
        try TaskMap(tx: store.tx).rebuild()
    }

    /// What a task is in a state, for ``make(of:_:)``.
    static func columns(_ times: TaskTimes) -> SQL {
        let state = times.workflow.state, isDated = times.due != .never
        return """
            state = \(state.rawValue), closed = \(state == .draft ? 2 : state.isClosed ? 1 : 0),
            state_before = \(times.workflow.before?.rawValue ?? ""),
            deadline_kind = \(isDated ? "day" : "none"), due = \(times.due),
            deadline_words = \(isDated ? "" : "Thường xuyên"), review_on = \(isDated ? "9999-12-31" : "2027-01-01"), start_on = \(times.start),
            percent = \(times.percent), declared_on = \(times.declaredOn ?? .never), has_evidence = \(times.hasEvidence)
            """
    }
}
