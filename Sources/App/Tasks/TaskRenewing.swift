import Storage

/// What is set anew when a task that had stopped goes on: its deadline, and who does it and answers for it.
public struct TaskRenewal: Sendable, Equatable {
    public var deadline: Deadline?
    /// Offices, of a task that is opened again.
    public var performer: UID?
    public var leader: UID?

    public init(deadline: Deadline? = nil, performer: UID? = nil, leader: UID? = nil) {
        self.deadline = deadline
        self.performer = performer
        self.leader = leader
    }
}

extension TaskWorkflow.Act {
    /// The task had stopped and goes on: its day may have passed meanwhile, and whoever did it may be gone.
    public var restarts: Bool { self == .resume || self == .reopen }
}

extension TaskStore {
    /// A renewal whose offices were found.
    struct Renewed {
        var deadline: Deadline?
        var performer: ID<Office>?
        var leader: ID<Office>?

        var isEmpty: Bool { deadline == nil && performer == nil && leader == nil }
    }

    /// What a restart sets anew. What was closed was handed over to nobody, so that the gate asks once more for a person
    /// and for responsibility before it is opened again; an open task has both already.
    func renewed(
        _ renewal: TaskRenewal, by act: TaskWorkflow.Act, _ row: TaskRow, _ found: inout Validation
    ) throws -> Renewed {
        guard act.restarts else { return Renewed() }
        var (people, time) = (Validation(), Validation())
        var renewed = Renewed()
        if act == .reopen {
            renewed.performer = try named(renewal.performer, "performer", instead: row.task.performer, &people)
            renewed.leader = try named(renewal.leader, "leader", instead: row.task.leader, &people)
            if people.isEmpty { try checkPeople(renewed, row.task, &people) }
        }
        if let deadline = renewal.deadline {
            try checkRenewing(deadline, of: row.task, &time)
            renewed.deadline = deadline
        }
        found.join(people)
        found.join(time)
        return renewed
    }

    /// Nil when nobody is named, or whoever has the part already.
    private func named(
        _ uid: UID?, _ field: String, instead present: ID<Office>?, _ found: inout Validation
    ) throws -> ID<Office>? {
        guard let uid else { return nil }
        let row = try tx.first(
            """
            SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id
            WHERE o.uid = \(uid) AND \(UnitScope(viewer).condition)
            """)
        guard let office: ID<Office> = try row?.id(0) else {
            found.add(field, "task.error.reopen_unknown")
            return nil
        }
        return office == present ? nil : office
    }

    private func checkPeople(_ renewed: Renewed, _ task: TaskItem, _ found: inout Validation) throws {
        var next = task
        next.leader = renewed.leader ?? task.leader
        if let office = renewed.performer, let refusal = try refusal(of: office, as: .performer, next) {
            found.add("performer", refusal)
        }
        next.leader = task.leader
        next.performer = renewed.performer ?? task.performer
        if let office = renewed.leader, let refusal = try refusal(of: office, as: .leader, next) {
            found.add("leader", refusal)
        }
        guard found.isEmpty else { return }
        next.leader = renewed.leader ?? task.leader
        let facts = try facts(next, [])
        if facts.performer != .inPlace { found.add("performer", "task.error.reopen_performer") }
        if facts.leader != .inPlace {
            found.add("leader", "task.error.reopen_leader")
        } else if facts.leaderIsPerformer {
            found.add("leader", "task.clarity.responsibility.leader_is_performer")
        }
    }

    // MARK: - Deadline

    /// As any deadline; and no way around those who extend, nor to a day that has passed already.
    private func checkRenewing(_ deadline: Deadline, of task: TaskItem, _ found: inout Validation) throws {
        try requireMayExtend(task)
        deadline.validate(start: task.start == .never ? nil : task.start, &found)
        guard found.isEmpty else { return }
        if let review = deadline.review {
            if task.due != .never {
                found.add(Deadline.Field.choice, "task.error.renewal_undated", ["due": .day(task.due)])
            } else if review < today {
                found.add(Deadline.Field.review, "task.clarity.time.review_past")
            }
        } else if deadline.due < today {
            found.add(Deadline.Field.date, "task.error.renewal_past", ["today": .day(today)])
        } else if task.due != .never, deadline.due <= task.due {
            found.add(Deadline.Field.date, "task.error.extension_early", ["due": .day(task.due)])
        }
    }

    // MARK: - Writing

    /// In the transaction of the act, before the tables that are made from tasks.
    func renew(_ task: TaskItem, _ renewed: Renewed, reason: String, at now: Instant) throws {
        if let deadline = renewed.deadline { try renew(task, deadline, reason: reason, at: now) }
        if let performer = renewed.performer {
            try tx.run(
                """
                UPDATE task SET performer_id = \(performer), responsible_id = COALESCE(
                    (SELECT person_id FROM office WHERE id = \(performer)), 0) WHERE id = \(task.id)
                """)
            try assign(task.id, performer, .performer, reason: reason)
        }
        if let leader = renewed.leader {
            try tx.run("UPDATE task SET leader_id = \(leader) WHERE id = \(task.id)")
            try assign(task.id, leader, .leader, instead: task.leader, reason: reason)
        }
    }

    /// A later day is an extension that its assigner has asked for and granted: counted, and the first day is kept.
    private func renew(_ task: TaskItem, _ deadline: Deadline, reason: String, at now: Instant) throws {
        let (columns, isLater) = (deadline.columns, task.due != .never)
        try tx.run(
            """
            UPDATE task SET deadline_kind = \(columns.kind), due = \(columns.due), deadline_words = \(columns.words),
            review_on = \(columns.review), extensions = extensions + \(isLater ? 1 : 0) WHERE id = \(task.id)
            """)
        guard isLater else { return }
        try tx.run(
            """
            INSERT INTO task_extension (uid, task_id, asked_at, asked_by, reason, from_due, to_due, decision, decided_at,
                decided_by, answer)
            VALUES (\(UID.new(at: now)), \(task.id), \(now), \(actor), \(reason), \(task.due), \(deadline.due), 'granted',
                \(now), \(actor), '')
            """)
    }
}
