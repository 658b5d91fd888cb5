import Storage

/// The gate: a task is issued when it is clear on every point of the rule, or it is said what is missing.
extension TaskStore {
    /// What the gate finds of a task as it stands.
    public func clarity(of row: TaskRow) throws -> TaskClarity {
        TaskClarity(try facts(row.task, try tx.ask(products(of: row.task.id))), rules: try rules(of: row.task))
    }

    @discardableResult
    public func issue(_ uid: UID, seen: Int?, at now: Instant) throws -> TaskRow {
        let row = try find(uid, may: .issue)
        try requirePossible(.issue, row)
        try bump(row, seen: seen, at: now)
        let task = row.task
        try give(
            [task.id], original: task.originalDue == .never ? task.due : task.originalDue, start: begun(task), at: now)
        let issued = try made(task.id)
        try record(
            .given, issued.task, after: ["state": "issued", "deadline": issued.task.deadline?.text ?? ""], at: now)
        return issued
    }

    /// What was late before it was entered began by its last day, so that it can be issued again.
    private func begun(_ task: TaskItem) -> Day {
        task.start == .never ? begun(task.deadline) : task.start
    }

    func begun(_ deadline: Deadline?) -> Day { min(today, deadline?.review ?? deadline?.due ?? .never) }

    /// Issues what the gate has let through, one task or many that have the same days: the one place where a task
    /// becomes issued, so that all that follows from it hangs here.
    func give(_ tasks: [ID<TaskItem>], original: Day, start: Day, at now: Instant) throws {
        for batch in KeyBatches.of(tasks) {
            try tx.run(
                """
                UPDATE task SET state = 'issued', closed = 0, original_due = \(original), start_on = \(start),
                responsible_id = COALESCE((SELECT person_id FROM office WHERE id = task.performer_id), 0)
                WHERE id IN (\(list: batch))
                """)
            try tx.run(
                """
                UPDATE task_assignment SET to_day = \(today) WHERE task_id IN (\(list: batch)) AND to_day = \(Day.never)
                """)
            for (part, office) in [(TaskPart.performer, "performer_id"), (.leader, "leader_id")] as [(TaskPart, SQL)] {
                try tx.run(
                    """
                    INSERT INTO task_assignment (task_id, office_id, part, from_day, to_day, reason)
                    SELECT id, \(office), CAST(\(part.rawValue) AS TEXT), CAST(\(today) AS TEXT),
                    CAST(\(Day.never) AS TEXT), '' FROM task
                    WHERE id IN (\(list: batch)) AND \(office) IS NOT NULL ORDER BY id
                    """)
            }
        }
        try TaskMap(tx: tx).refresh(tasks.map(\.value))
        try remember(given: tasks, at: now)
    }

    /// Among the acts of the task, so that it is counted by day as every other one is.
    private func remember(given tasks: [ID<TaskItem>], at now: Instant) throws {
        let said: [SQLValue] = [
            .text(TaskWorkflow.Act.issue.rawValue), now.sqlValue, today.sqlValue, .text(actor), .text(""), .integer(0),
            .text(""), .text(""),
        ]
        try tx.insert(
            into: "task_report",
            ["uid", "task_id", "act", "at", "day", "actor", "text", "percent", "evidence_name", "evidence_url"],
            rows: tasks.map { [UID.new(at: now).sqlValue, $0.sqlValue] + said })
        for batch in KeyBatches.of(tasks) { try TaskTally(tx: tx).count(.issue, of: batch, on: today) }
    }

    func facts(_ task: TaskItem, _ products: [TaskProduct]) throws -> TaskFacts {
        var facts = TaskFacts(
            title: task.title, description: task.description, start: task.start == .never ? nil : task.start,
            deadline: task.deadline, products: products.map(TaskFacts.Product.init),
            hasAuthority: task.authority != nil)
        facts.isReviewPast = isReviewPast(task.deadline)
        try TaskSeats([task.performer, task.leader], leading: [task.leadUnit], in: tx, on: today)
            .fill(&facts, lead: task.leadUnit, performer: task.performer, leader: task.leader)
        return facts
    }

    func isReviewPast(_ deadline: Deadline?) -> Bool { deadline?.review.map { $0 < today } ?? false }

    func products(of task: ID<TaskItem>) -> Question<[TaskProduct]> {
        Question("SELECT name, kind, criterion FROM task_product WHERE task_id = \(task) ORDER BY position") { rows in
            try rows.map {
                TaskProduct(
                    name: try $0.text(0), kind: TaskProduct.Kind(rawValue: try $0.text(1)), criterion: try $0.text(2))
            }
        }
    }

    static let leadingKinds = [UnitKind.steeringCommittee, .partyCommittee, .peoplesCommittee].map(\.rawValue)
}

extension TaskFacts.Product {
    init(_ product: TaskProduct) {
        self.init(name: product.name, kind: product.kind?.rawValue ?? "", criterion: product.criterion)
    }
}
