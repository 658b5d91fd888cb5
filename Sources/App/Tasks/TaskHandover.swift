import Storage

/// All open tasks of an office given to another of its unit in one act, while the office goes on: leave, a long
/// illness, another division of labour. What would break a rule stays, and it is said why.
public struct TaskHandover: Sendable {
    public let office: OfficeRow
    public let successor: OfficeRow?
    public let going: [Line]
    public let staying: [Line]

    /// A part of a task that the office has.
    public struct Line: Sendable {
        public let row: TaskRow
        public let part: TaskPart
        /// Why it stays; nil of what goes.
        public let refusal: Message?
    }
}

extension TaskStore {
    /// Who may hand the work of an office on: the leader and the secretariat of its unit, or of one above.
    func handoverOffice(_ uid: UID) throws -> OfficeRow {
        let office = try people.office(uid)
        guard try UnitRights(viewer).holds(TaskStore.directing, over: office.office.unit, in: tx) else {
            throw AppError.forbidden(Message("task.error.forbidden_reassigning"))
        }
        return office
    }

    /// What would go, and what would stay, before anything is done.
    public func handover(of uid: UID, to successor: UID?) throws -> TaskHandover {
        let office = try handoverOffice(uid), next = try successor.map { try people.office($0) }
        let (from, to) = (office.office.id, next?.office.id)
        var lines: [TaskHandover.Line] = []
        for row in try openTasks(of: from) {
            for part in TaskPart.allCases where holder(of: part, row.task) == from {
                let refusal = try handoverRefusal(part, row, to: to)
                lines.append(TaskHandover.Line(row: row, part: part, refusal: refusal))
            }
        }
        return TaskHandover(
            office: office, successor: next, going: lines.filter { $0.refusal == nil },
            staying: lines.filter { $0.refusal != nil })
    }

    /// Gives everything that can go to the successor; what stays is told by ``TaskHandover/staying``.
    @discardableResult
    public func handOver(_ uid: UID, to successor: UID, reason: String, at now: Instant) throws -> TaskHandover {
        let plan = try handover(of: uid, to: successor)
        if reason.isEmpty { throw AppError.invalid([Problem("reason", "task.error.reason_missing")]) }
        if plan.going.isEmpty { throw AppError.invalid([Problem("successor", "task.error.handover_nothing")]) }
        for line in plan.going {
            try reassign(
                line.part, line.row.uid, TaskReassignment(office: successor, reason: reason), seen: nil, at: now)
        }
        return plan
    }

    /// All of them, however many, by their day.
    private func openTasks(of office: ID<Office>) throws -> [TaskRow] {
        var all: [TaskRow] = []
        while true {
            let batch = try rows(
                """
                (t.performer_id = \(office) OR t.leader_id = \(office)) AND t.closed = 0
                AND t.id > \(all.last?.task.id.value ?? 0)
                """, order: "t.id", limit: handoverBatch)
            all += batch
            if batch.count < handoverBatch { break }
        }
        return all.sorted { ($0.task.due, $0.task.id.value) < ($1.task.due, $1.task.id.value) }
    }

    private func handoverRefusal(_ part: TaskPart, _ row: TaskRow, to office: ID<Office>?) throws -> Message? {
        do {
            try requireMayReassign(part, row)
            try requireBeingWorkedOn(row.task)
        } catch AppError.forbidden(let message), AppError.conflict(let message) {
            return message
        }
        return try office.flatMap { try refusal(of: $0, as: part, row.task) }.map { Message($0) }
    }
}
