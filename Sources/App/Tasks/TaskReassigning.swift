import Storage

/// Who a task names and can be given to somebody else while it is being worked on.
public enum TaskPart: String, Sendable, CaseIterable {
    /// The person who does it.
    case performer
    /// The leader who answers for it.
    case leader
}

/// To whom, and why.
public struct TaskReassignment: Sendable, Equatable {
    /// Nil as long as nobody is named.
    public var office: UID?
    public var reason: String

    public init(office: UID?, reason: String) {
        self.office = office
        self.reason = reason
    }
}

/// Giving an open task to another person, or to another leader to answer for. An office's own end hands all of its tasks
/// on by itself (`TaskOfficeWork.swift`).
extension TaskStore {
    /// The leader of the lead unit gives the work to another of their people; who answers for it was named by those who
    /// gave the task, so that nobody passes their own answer on.
    func mayReassign(_ part: TaskPart, _ task: TaskItem, _ rights: TaskRights) throws -> Bool {
        if rights.directs { return true }
        return try part == .performer && leads(task.leadUnit)
    }

    /// The viewer leads this very unit, or a body that stands there.
    private func leads(_ unit: ID<OrgUnit>) throws -> Bool {
        let isThere = try ownUnits().contains(unit) || viewer.office?.place == unit
        return try isThere && UnitRights(viewer).holds([.leader], over: unit, in: tx)
    }

    /// Throws unless this viewer may change it, be it possible now or not.
    func requireMayReassign(_ part: TaskPart, _ row: TaskRow) throws {
        guard try mayReassign(part, row.task, rights(row.task)) else {
            throw AppError.forbidden(
                Message(part == .leader ? "task.error.forbidden_directing" : "task.error.forbidden_reassigning"))
        }
    }

    static let reassignable: Set<TaskWorkflow.State> = [.issued, .accepted, .inProgress, .returned, .paused]

    /// `found`: what could not be read of the form, told together with what is wrong with the rest.
    @discardableResult
    public func reassign(
        _ part: TaskPart, _ uid: UID, _ asked: TaskReassignment, found: Validation = Validation(), seen: Int?,
        at now: Instant
    ) throws -> TaskRow {
        let row = try find(uid)
        try requireMayReassign(part, row)
        try requireBeingWorkedOn(row.task)
        let office = try newHolder(part, asked, row.task, found)
        let former = try holder(of: part, row.task).flatMap {
            try tx.first("SELECT uid FROM office WHERE id = \($0)")?.uid(0)
        }
        try bump(row, seen: seen, at: now)
        switch part {
        case .performer:
            try tx.run(
                """
                UPDATE task SET performer_id = \(office), responsible_id = COALESCE(
                    (SELECT person_id FROM office WHERE id = \(office)), 0) WHERE id = \(row.task.id)
                """)
        case .leader: try tx.run("UPDATE task SET leader_id = \(office) WHERE id = \(row.task.id)")
        }
        try assign(row.task.id, office, part, instead: part == .leader ? row.task.leader : nil, reason: asked.reason)
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        try TaskMap(tx: tx).rename(row.task.id)
        let after = try made(row.task.id)
        let (old, new) = UnitStore.difference(try fields(row.task), try fields(after.task))
        // Two offices may have the same title: the names that are not personal tell them apart.
        let told = ["moved_from": former?.text ?? "", "successor": asked.office?.text ?? "", "reason": asked.reason]
        try record(.reassigned, after.task, before: old, after: new.merging(told) { $1 }, at: now)
        return after
    }

    func requireBeingWorkedOn(_ task: TaskItem) throws {
        let state = task.workflow.state
        if state == .declared { throw AppError.conflict(Message("task.error.reassign_declared")) }
        guard TaskStore.reassignable.contains(state) else {
            throw AppError.conflict(
                Message("task.error.reassign_state", ["state": .key("task.state.\(state.rawValue)")]))
        }
    }

    /// The office that is asked for, when it may have the part.
    private func newHolder(
        _ part: TaskPart, _ asked: TaskReassignment, _ task: TaskItem, _ unread: Validation
    ) throws -> ID<Office> {
        var (all, found) = (unread, Validation())
        if asked.reason.isEmpty { found.add("reason", "task.error.reason_missing") }
        let office = try asked.office.flatMap { try knownOffice($0) }
        if let office {
            if let refusal = try refusal(of: office, as: part, task) { found.add("office", refusal) }
        } else {
            found.add("office", asked.office == nil ? "field.missing" : "task.error.office_unknown")
        }
        all.join(found)
        guard let office, all.isEmpty else { throw AppError.invalid(all.problems) }
        return office
    }

    private func knownOffice(_ uid: UID) throws -> ID<Office>? {
        try tx.first(
            """
            SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id
            WHERE o.uid = \(uid) AND \(UnitScope(viewer).condition)
            """)?.id(0)
    }

    func holder(of part: TaskPart, _ task: TaskItem) -> ID<Office>? {
        part == .performer ? task.performer : task.leader
    }

    /// Why the office may not have the part from a day on, which is today unless it is said; nil when it may.
    func refusal(of office: ID<Office>, as part: TaskPart, _ task: TaskItem, on day: Day? = nil) throws -> String? {
        if office == holder(of: part, task) { return "task.error.reassign_same" }
        let seats = try TaskSeats(
            [task.performer, task.leader, office], leading: [task.leadUnit], in: tx, on: day ?? today)
        if task.secrecy < .restricted, seats.isRestricted(office) { return "task.error.reassign_secrecy" }
        switch part {
        case .performer:
            if !seats.isIn(task.leadUnit, office) { return "task.error.reassign_elsewhere" }
            if seats.isOnePerson(task.leader, office) { return "task.error.reassign_leader" }
            if try verifies(office, task) { return "task.error.reassign_verifier" }
        case .leader:
            if !seats.isInOrAbove(task.leadUnit, office) { return "task.error.reassign_leader_elsewhere" }
            if seats.isOnePerson(task.performer, office) { return "task.error.reassign_performer" }
        }
        return nil
    }

    /// Whoever holds this office also holds one in the unit that gave the task to another: what they did, their own
    /// colleagues would find done.
    private func verifies(_ office: ID<Office>, _ task: TaskItem) throws -> Bool {
        guard task.assigningUnit != task.leadUnit else { return false }
        return try tx.first(
            """
            SELECT 1 FROM office o JOIN office n ON n.person_id = o.person_id WHERE n.id = \(office)
            AND o.unit_id = \(task.assigningUnit) AND o.from_day <= \(today) AND o.to_day > \(today) LIMIT 1
            """) != nil
    }

    // MARK: - Records

    /// Ends the assignment in force and begins the new one. `instead` is who had the part without a record of it: of
    /// tasks that were issued before leaders had one.
    func assign(
        _ task: ID<TaskItem>, _ office: ID<Office>?, _ part: TaskPart, instead: ID<Office>? = nil,
        reason: String
    ) throws {
        let mine: SQL = "task_id = \(task) AND part = \(part.rawValue)"
        if let instead, try tx.first("SELECT 1 FROM task_assignment WHERE \(mine) AND to_day = \(Day.never)") == nil {
            let first = try tx.first("SELECT MIN(from_day) FROM task_assignment WHERE task_id = \(task)")
            let from = try first?.optionalText(0).flatMap(Day.init(parsing:)) ?? today
            try insertAssignment(task, instead, part, from: from, to: today, reason: "")
        }
        try tx.run("UPDATE task_assignment SET to_day = \(today) WHERE \(mine) AND to_day = \(Day.never)")
        guard let office else { return }
        try insertAssignment(task, office, part, from: today, to: .never, reason: reason)
    }

    private func insertAssignment(
        _ task: ID<TaskItem>, _ office: ID<Office>, _ part: TaskPart, from: Day, to: Day, reason: String
    ) throws {
        try tx.run(
            """
            INSERT INTO task_assignment (task_id, office_id, part, from_day, to_day, reason)
            VALUES (\(task), \(office), \(part.rawValue), \(from), \(to), \(reason))
            """)
    }

    /// Who has had the task from when to when, the newest first.
    func assignments(of task: ID<TaskItem>) throws -> Question<[TaskAssignment]> {
        Question(
            """
            SELECT a.part, a.from_day, a.to_day, a.reason, o.uid, o.title, \(UnitLife.name(today)), p.name, o.id
            FROM task_assignment a JOIN office o ON o.id = a.office_id JOIN unit u ON u.id = o.unit_id
            LEFT JOIN person p ON p.id = o.person_id AND \(try knownPeople())
            WHERE a.task_id = \(task) ORDER BY a.id DESC LIMIT 50
            """
        ) { rows in
            try rows.compactMap { row in
                guard let part = TaskPart(rawValue: try row.text(0)) else { return nil }
                let office = TaskOffice(
                    id: try row.id(8), uid: try row.uid(4), title: try row.text(5), unitName: try row.text(6),
                    person: try row.optionalText(7))
                return TaskAssignment(
                    part: part, office: office, from: try row.day(1), to: try row.day(2), reason: try row.text(3))
            }
        }
    }
}

/// Who had which part of a task, from when to when.
public struct TaskAssignment: Sendable, Equatable {
    public let part: TaskPart
    public let office: TaskOffice
    public let from: Day
    /// ``Day/never`` of whoever has it today.
    public let to: Day
    public let reason: String
}
