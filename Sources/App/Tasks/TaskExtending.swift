import Storage

/// A request for a later deadline: asked before the day, decided by whom the working regulation names, counted; the first
/// day is kept.
public struct TaskExtension: Sendable, Equatable {
    public let uid: UID
    public let askedAt: Instant
    public let askedBy: String
    public let reason: String
    public let from: Day
    public let to: Day
    /// Nil as long as nobody has decided.
    public let decision: Decision?
    public let decidedAt: Instant?
    public let decidedBy: String
    public let answer: String

    public enum Decision: String, Sendable, CaseIterable {
        case granted, refused
    }
}

extension TaskStore {
    func extensions(of task: ID<TaskItem>) -> Question<[TaskExtension]> {
        Question(
            """
            SELECT uid, asked_at, asked_by, reason, from_due, to_due, decision, decided_by, answer, decided_at
            FROM task_extension WHERE task_id = \(task) ORDER BY id
            """
        ) { rows in
            try rows.map { row in
                TaskExtension(
                    uid: try row.uid(0), askedAt: try row.instant(1), askedBy: try row.text(2),
                    reason: try row.text(3), from: try row.day(4), to: try row.day(5),
                    decision: TaskExtension.Decision(rawValue: try row.text(6)),
                    decidedAt: try row.optionalInstant(9), decidedBy: try row.text(7), answer: try row.text(8))
            }
        }
    }

    @discardableResult
    public func askExtension(_ uid: UID, to day: Day, reason: String, seen: Int?, at now: Instant) throws -> TaskRow {
        let row = try find(uid)
        guard try rights(row.task).performs else {
            throw AppError.forbidden(Message("task.error.forbidden_performing"))
        }
        try checkExtension(row.task, to: day, reason)
        try bump(row, seen: seen, at: now)
        try tx.run(
            """
            INSERT INTO task_extension (uid, task_id, asked_at, asked_by, reason, from_due, to_due, decision, decided_at,
                decided_by, answer)
            VALUES (\(UID.new(at: now)), \(row.task.id), \(now), \(actor), \(reason), \(row.task.due), \(day), '', NULL,
                '', '')
            """)
        try TaskMap(tx: tx).restate(row.task.id)
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        try record(
            .extensionAsked, row.task, before: ["due_on": row.task.due.text],
            after: ["due_on": day.text, "reason": reason],
            at: now)
        return try made(row.task.id)
    }

    @discardableResult
    public func decideExtension(
        _ extended: UID, of uid: UID, _ decision: TaskExtension.Decision, answer: String, seen: Int?, at now: Instant
    ) throws -> TaskRow {
        let row = try findExtended(uid)
        guard let asked = try tx.ask(extensions(of: row.task.id)).first(where: { $0.uid == extended }) else {
            throw AppError.notFound
        }
        if asked.decision != nil {
            throw AppError.conflict(Message("task.error.extension_decided", ["actor": .text(asked.decidedBy)]))
        }
        if decision == .refused, answer.isEmpty {
            throw AppError.invalid([Problem("answer", "task.error.reason_missing")])
        }
        if decision == .granted { try checkGrant(of: asked, row.task) }
        try bump(row, seen: seen, at: now)
        try tx.run(
            """
            UPDATE task_extension SET decision = \(decision.rawValue), decided_at = \(now), decided_by = \(actor),
            answer = \(answer) WHERE uid = \(extended)
            """)
        if decision == .granted { try move(row.task, to: asked.to) } else { try TaskMap(tx: tx).restate(row.task.id) }
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        try record(
            .extensionDecided, row.task, before: ["due_on": row.task.due.text],
            after: ["decision": decision.rawValue, "due_on": asked.to.text, "text": answer], at: now)
        return try made(row.task.id)
    }

    /// What is done is not made punctual afterwards, and no request brings a deadline forward that was moved since.
    private func checkGrant(of asked: TaskExtension, _ task: TaskItem) throws {
        guard task.workflow.isOpen else { throw AppError.conflict(Message("task.error.extension_state")) }
        guard asked.to > task.due else {
            throw AppError.conflict(Message("task.error.extension_overtaken", ["due": .day(task.due)]))
        }
    }

    private func move(_ task: TaskItem, to day: Day) throws {
        try tx.run(
            """
            UPDATE task SET deadline_kind = 'day', due = \(day), extensions = extensions + 1 WHERE id = \(task.id)
            """)
        try TaskMap(tx: tx).refresh([task.id.value])
    }

    private func checkExtension(_ task: TaskItem, to day: Day, _ reason: String) throws {
        guard task.workflow.mayBeExtended else {
            throw AppError.conflict(Message("task.error.extension_state"))
        }
        guard task.due != .never else { throw AppError.conflict(Message("task.error.extension_undated")) }
        if task.due < today {
            throw AppError.conflict(Message("task.error.extension_late", ["due": .day(task.due)]))
        }
        if try tx.ask(extensions(of: task.id)).contains(where: { $0.decision == nil }) {
            throw AppError.conflict(Message("task.error.extension_waits"))
        }
        var found = Validation()
        // One thing is wrong with a day: what is no day at all is not early besides.
        if let refusal = Deadline.impossible(day) {
            found.add(Problem("to", refusal))
        } else if day <= task.due {
            found.add("to", "task.error.extension_early", ["due": .day(task.due)])
        }
        if reason.isEmpty { found.add("reason", "task.error.reason_missing") }
        try found.check()
    }
}
