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
    /// Nil as long as it waits.
    public let decision: Decision?
    public let decidedAt: Instant?
    public let decidedBy: String
    public let answer: String

    public enum Decision: String, Sendable, CaseIterable {
        case granted, refused
        /// Nobody has decided: what it was asked for had ended.
        case withdrawn

        /// What somebody may say.
        static let choices: [Decision] = [.granted, .refused]

        var tone: Tone {
            switch self {
            case .granted: .good
            case .refused: .bad
            case .withdrawn: .none
            }
        }
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

    /// `found`: what could not be read of the form, told together with what is wrong with the rest.
    @discardableResult
    public func askExtension(
        _ uid: UID, to day: Day?, reason: String, found: Validation = Validation(), seen: Int?, at now: Instant
    ) throws -> TaskRow {
        let row = try find(uid)
        guard try rights(row.task).performs else {
            throw AppError.forbidden(Message("task.error.forbidden_performing"))
        }
        let day = try checkExtension(row.task, to: day, reason, found)
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
        if let earlier = asked.decision {
            let key = earlier == .withdrawn ? "task.error.extension_withdrawn" : "task.error.extension_decided"
            throw AppError.conflict(Message(key, ["actor": .text(asked.decidedBy)]))
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

    private func checkExtension(
        _ task: TaskItem, to day: Day?, _ reason: String, _ unread: Validation
    ) throws -> Day {
        if let hindrance = try hindrance(toExtending: task) {
            // What is left empty is marked at its field all the same.
            try unread.check()
            throw AppError.conflict(hindrance)
        }
        var (all, found) = (unread, Validation())
        if let problem = TaskStore.extensionProblem(of: day, task) { found.add(problem) }
        if reason.isEmpty { found.add("reason", "task.error.reason_missing") }
        all.join(found)
        guard let day, all.isEmpty else { throw AppError.invalid(all.problems) }
        return day
    }

    /// Why no later day can be asked for now, whatever it is.
    private func hindrance(toExtending task: TaskItem) throws -> Message? {
        if !task.workflow.mayBeExtended { return Message("task.error.extension_state") }
        if task.due == .never { return Message("task.error.extension_undated") }
        if task.due < today { return Message("task.error.extension_late", ["due": .day(task.due)]) }
        let waits = try tx.ask(extensions(of: task.id)).contains { $0.decision == nil }
        return waits ? Message("task.error.extension_waits") : nil
    }

    /// One thing is wrong with a day: what is no day at all is not early besides.
    private static func extensionProblem(of day: Day?, _ task: TaskItem) -> Problem? {
        guard let day else { return Problem("to", "field.missing") }
        if let refusal = Deadline.impossible(day) { return Problem("to", refusal) }
        return day <= task.due ? Problem("to", "task.error.extension_early", ["due": .day(task.due)]) : nil
    }
}
