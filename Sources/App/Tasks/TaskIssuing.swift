import Storage

/// The gate: a task is issued when it is clear on every point of the rule, or it is said what is missing.
extension TaskStore {
    /// What the gate finds of a task as it stands.
    public func clarity(of row: TaskRow) throws -> TaskClarity {
        TaskClarity(try facts(row.task, try products(of: row.task.id)), rules: try rules(of: row.task))
    }

    @discardableResult
    public func issue(_ uid: UID, seen: Int?, at now: Instant) throws -> TaskRow {
        let row = try find(uid, may: .issue)
        try requirePossible(.issue, row)
        try bump(row, seen: seen, at: now)
        let task = row.task
        try give([task.id], original: task.originalDue == .never ? task.due : task.originalDue, start: begun(task))
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
    func give(_ tasks: [ID<TaskItem>], original: Day, start: Day) throws {
        for batch in TaskMap.batches(tasks) {
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
            try tx.run(
                """
                INSERT INTO task_assignment (task_id, office_id, from_day, to_day, reason)
                SELECT id, performer_id, CAST(\(today) AS TEXT), CAST(\(Day.never) AS TEXT), '' FROM task
                WHERE id IN (\(list: batch)) AND performer_id IS NOT NULL ORDER BY id
                """)
        }
        try TaskMap(tx: tx).refresh(tasks.map(\.value))
    }

    /// Ends the assignment in force and begins the new one.
    func assign(_ task: ID<TaskItem>, _ office: ID<Office>?, reason: String) throws {
        try tx.run(
            "UPDATE task_assignment SET to_day = \(today) WHERE task_id = \(task) AND to_day = \(Day.never)")
        guard let office else { return }
        try tx.run(
            """
            INSERT INTO task_assignment (task_id, office_id, from_day, to_day, reason)
            VALUES (\(task), \(office), \(today), \(Day.never), \(reason))
            """)
    }

    /// Of the committee nearest above the assigning unit; the standard ones where there is none.
    func rules(of task: TaskItem) throws -> CommitteeRules { try rulesInForce(assigning: task.assigningUnit).rules }

    func rules(assigning: ID<OrgUnit>) throws -> CommitteeRules { try rulesInForce(assigning: assigning).rules }

    func rulesInForce(assigning: ID<OrgUnit>) throws -> RulesInForce {
        let row = try tx.first(
            """
            SELECT c.id FROM unit_reach r JOIN committee c ON c.unit_id = r.ancestor_id
            WHERE r.unit_id = \(assigning)
            ORDER BY (SELECT COUNT(*) FROM unit_reach x WHERE x.unit_id = c.unit_id) DESC, c.id LIMIT 1
            """)
        guard let row else { return RulesInForce(rules: .standard, regulation: nil, isStandard: true) }
        let store = CommitteeStore(tx: tx, viewer: .system(viewer.name), today: today)
        return try store.rules(for: row.id(0), on: today)
    }

    func facts(_ task: TaskItem, _ products: [TaskProduct]) throws -> TaskFacts {
        var facts = TaskFacts(
            title: task.title, description: task.description, start: task.start == .never ? nil : task.start,
            deadline: task.deadline, products: products.map(TaskFacts.Product.init),
            hasAuthority: task.authority != nil)
        try TaskSeats([task.performer, task.leader], leading: [task.leadUnit], in: tx, on: today)
            .fill(&facts, lead: task.leadUnit, performer: task.performer, leader: task.leader)
        return facts
    }

    func products(of task: ID<TaskItem>) throws -> [TaskProduct] {
        try tx.all("SELECT name, kind, criterion FROM task_product WHERE task_id = \(task) ORDER BY position").map {
            TaskProduct(
                name: try $0.text(0), kind: TaskProduct.Kind(rawValue: try $0.text(1)), criterion: try $0.text(2))
        }
    }

    static let leadingKinds = [UnitKind.steeringCommittee, .partyCommittee, .peoplesCommittee].map(\.rawValue)
}

extension TaskFacts.Product {
    init(_ product: TaskProduct) {
        self.init(name: product.name, kind: product.kind?.rawValue ?? "", criterion: product.criterion)
    }
}
