import Storage

/// What a draft names, looked up as the viewer may know of it.
struct KnownParts {
    let lead: ID<OrgUnit>
    var coordinating: [ID<OrgUnit>]
    var performer: ID<Office>?
    var leader: ID<Office>?
    var authority: ID<Office>?
    var document: ID<Document>?
    var parent: ID<TaskItem>?
    let field: ID<WorkField>?
    /// Each once.
    let tags: [String]
    let secrecy: Secrecy
}

extension TaskStore {
    /// Finds everything that is wrong with a draft at once. Whether it is clear enough to be issued is another question.
    func check(_ draft: TaskDraft, of task: TaskItem?, assigning: ID<OrgUnit>) throws -> KnownParts {
        var found = Validation()
        if TextFold.words(draft.title).isEmpty { found.add("title", "field.missing") }
        let lead = try leadUnit(draft.leadUnit, assigning, &found)
        var coordinating = try draft.coordinating.compactMap { try ifKnown(units.find($0).unit.id) }
        if coordinating.count < draft.coordinating.count { found.add("coordinating", "coverage.error.unit_unknown") }
        if let lead, coordinating.contains(lead.unit.id) { found.add("coordinating", "task.error.lead_coordinates") }
        if coordinating.count > TaskDraft.coordinatingLimit {
            found.add("coordinating", "gap.error.too_many", ["max": .number(TaskDraft.coordinatingLimit)])
        }
        coordinating += try hiddenCoordinating(of: task)
        let performer = try office(draft.performer, "performer", or: task?.performer, &found)
        let leader = try office(draft.leader, "leader", or: task?.leader, &found)
        let authority = try office(draft.authority, "authority", or: task?.authority, &found)
        let document = try document(draft.document, of: task, &found)
        let parent = try parent(draft.parent, of: task, &found)
        draft.deadline?.validate(start: draft.start, &found)
        if let start = draft.start, let refusal = Deadline.impossible(start) {
            found.add(Problem("start_on", refusal))
        }
        if !TaskDraft.weights.contains(draft.weight) {
            found.add(
                "weight", "field.integer",
                ["from": .number(TaskDraft.weights.lowerBound), "to": .number(TaskDraft.weights.upperBound)])
        }
        try checkFields(draft, &found)
        let own =
            try draft.field.map { try field($0, assigning: assigning, of: task, in: parent) } ?? hiddenField(of: task)
        if draft.field != nil, own == nil { found.add("field", "task.error.field_unknown") }
        let tags = TaskTags.read(draft.tags.joined(separator: ","), &found)
        if draft.products.count > TaskProduct.limit {
            found.add("products", "gap.error.too_many", ["max": .number(TaskProduct.limit)])
        }
        try found.check()
        guard let lead else { throw AppError.notFound }
        return KnownParts(
            lead: lead.unit.id, coordinating: coordinating, performer: performer, leader: leader, authority: authority,
            document: document, parent: parent, field: own, tags: tags,
            secrecy: max(draft.secrecy, lead.unit.secrecy, try secrecy(naming: [performer, leader, authority])))
    }

    private func leadUnit(_ uid: UID, _ assigning: ID<OrgUnit>, _ found: inout Validation) throws -> UnitRow? {
        guard let unit = try ifKnown(units.find(uid)) else {
            found.add("lead_unit", "coverage.error.unit_unknown")
            return nil
        }
        if unit.unit.to <= today { found.add("lead_unit", "coverage.error.unit_ended", ["name": .text(unit.name)]) }
        if try !viewer.isSystem && !directs(lead: unit.unit.id, assigning: assigning) {
            found.add("lead_unit", "task.error.unit_forbidden", ["name": .text(unit.name)])
        }
        return unit
    }

    private func document(
        _ uid: UID?, of task: TaskItem?, _ found: inout Validation
    ) throws -> ID<Document>? {
        guard let uid else { return try hiddenDocument(of: task) }
        if let row = try ifKnown(documents.find(uid)) { return row.document.id }
        found.add("document", "document.error.unknown")
        return nil
    }

    /// An office that is held today or will be; one that is named already may stay, though it has ended.
    private func office(
        _ uid: UID?, _ field: String, or present: ID<Office>?, _ found: inout Validation
    ) throws -> ID<Office>? {
        guard let uid else { return try hiddenOffice(present) }
        let row = try tx.first(
            """
            SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.uid = \(uid)
            AND ((o.to_day > \(today) AND o.from_day < o.to_day) OR o.id = \(present?.value ?? 0))
            AND \(UnitScope(viewer).condition)
            """)
        if row == nil { found.add(field, "task.error.office_unknown") }
        return try row?.id(0)
    }

    /// No task is its own ancestor; what is directly above is known to the viewer, who directs or performs it: a part
    /// that is never done keeps the whole from its end.
    private func parent(_ uid: UID?, of task: TaskItem?, _ found: inout Validation) throws -> ID<TaskItem>? {
        guard let uid else { return try hiddenParent(of: task) }
        guard let parent = try ifKnown(find(uid)) else {
            found.add("parent", "task.error.parent_unknown")
            return nil
        }
        var above: TaskItem? = parent.task
        var seen: Set<ID<TaskItem>> = task.map { [$0.id] } ?? []
        let most = seen.count + TaskStore.deepest
        while let next = above {
            guard seen.insert(next.id).inserted, seen.count <= most else {
                found.add("parent", seen.count > most ? "task.error.too_deep" : "task.error.cycle")
                return nil
            }
            above = try next.parent.map { try made($0).task }
        }
        if parent.task.id != task?.parent {
            let rights = try rights(parent.task)
            if !rights.directs, !rights.performs { found.add("parent", "task.error.parent_forbidden") }
            if let task, try seen.count - 1 + levels(below: task.id) > TaskStore.deepest {
                found.add("parent", "task.error.too_deep")
            }
        }
        if parent.task.workflow.isClosed { found.add("parent", "task.error.parent_closed") }
        return parent.task.id
    }

    /// How many levels of parts a task has.
    private func levels(below task: ID<TaskItem>) throws -> Int {
        var level = [task.value], count = 0
        while count <= TaskStore.deepest {
            var next: [Int64] = []
            for batch in KeyBatches.of(level) {
                next += try tx.all("SELECT id FROM task WHERE parent_id IN (\(list: batch)) ORDER BY id").map {
                    try $0.int64(0)
                }
            }
            if next.isEmpty { return count }
            (level, count) = (next, count + 1)
        }
        return count
    }

    /// So many tasks stand above another at most.
    static let deepest = 10

    private func checkFields(_ draft: TaskDraft, _ found: inout Validation) throws {
        for (field, code, family) in [("pillar", draft.pillar, "pillar"), ("task_group", draft.group, "group")]
        where !code.isEmpty {
            if try tx.first("SELECT 1 FROM work_field WHERE code = \(code) AND family = \(family)") == nil {
                found.add(field, "field.choice", ["typed": .text(code)])
            }
        }
    }
}
