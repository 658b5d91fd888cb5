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
        let clarity = try clarity(of: row)
        if !clarity.isClear { throw AppError.invalid(clarity.problems) }
        try bump(row, seen: seen, at: now)
        let task = row.task
        let original = task.originalDue == .never ? task.due : task.originalDue
        // What was late before it was entered began by its last day, so that it can be issued again.
        let begun = min(today, task.deadline?.review ?? task.due)
        try tx.run(
            """
            UPDATE task SET state = 'issued', closed = 0, original_due = \(original),
            start_on = \(task.start == .never ? begun : task.start), responsible_id = COALESCE(
                (SELECT person_id FROM office WHERE id = task.performer_id), 0) WHERE id = \(task.id)
            """)
        try assign(task.id, task.performer, reason: "")
        try TaskMap(tx: tx).refresh([task.id.value])
        let issued = try made(task.id)
        try record(
            .given, issued.task, after: ["state": "issued", "deadline": issued.task.deadline?.text ?? ""], at: now)
        return issued
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
        TaskFacts(
            title: task.title, description: task.description, start: task.start == .never ? nil : task.start,
            deadline: task.deadline, hasLeadUnit: true,
            performer: try holder(task.performer, in: task.leadUnit, orAbove: false),
            leader: try holder(task.leader, in: task.leadUnit, orAbove: true),
            leaderIsPerformer: try isSamePerson(task.leader, task.performer),
            products: products.map {
                TaskFacts.Product(name: $0.name, kind: $0.kind?.rawValue ?? "", criterion: $0.criterion)
            },
            hasAuthority: task.authority != nil)
    }

    func products(of task: ID<TaskItem>) throws -> [TaskProduct] {
        try tx.all("SELECT name, kind, criterion FROM task_product WHERE task_id = \(task) ORDER BY position").map {
            TaskProduct(
                name: try $0.text(0), kind: TaskProduct.Kind(rawValue: try $0.text(1)), criterion: try $0.text(2))
        }
    }

    /// Whether the office is held today in the unit, in a body that stands there, or in one above.
    private func holder(_ office: ID<Office>?, in unit: ID<OrgUnit>, orAbove: Bool) throws -> TaskFacts.Holder {
        guard let office else { return .nobody }
        let above: SQL = orAbove ? " OR \(isAbove(unit))" : ""
        let row = try tx.first(
            """
            SELECT 1 FROM office o WHERE o.id = \(office) AND o.from_day <= \(today) AND o.to_day > \(today)
            AND (o.unit_id = \(unit) OR (\(ViewerStore.place(on: today))) = \(unit)\(above))
            """)
        return row == nil ? .elsewhere : .inPlace
    }

    static let leadingKinds = [UnitKind.steeringCommittee, .partyCommittee, .peoplesCommittee].map(\.rawValue)

    /// On `office o`: of a unit above, or of a committee that leads a territory above. A department of the province does
    /// not stand above its neighbour, though both stand in the province.
    private func isAbove(_ unit: ID<OrgUnit>) -> SQL {
        """
        EXISTS (SELECT 1 FROM unit_reach a WHERE a.unit_id = \(unit) AND a.ancestor_id = o.unit_id) \
        OR (EXISTS (SELECT 1 FROM unit_version k WHERE k.unit_id = o.unit_id AND k.from_day <= \(today) \
        AND k.to_day > \(today) AND k.kind IN (\(list: TaskStore.leadingKinds))) AND EXISTS (SELECT 1 FROM unit_reach a \
        WHERE a.unit_id = \(unit) AND a.ancestor_id = (\(ViewerStore.place(on: today)))))
        """
    }

    private func isSamePerson(_ one: ID<Office>?, _ other: ID<Office>?) throws -> Bool {
        guard let one, let other else { return false }
        return try tx.first(
            """
            SELECT 1 FROM office a JOIN office b ON b.person_id = a.person_id WHERE a.id = \(one) AND b.id = \(other)
            """) != nil
    }
}
