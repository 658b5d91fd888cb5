import Storage

/// What tells a new task from the others that are made with it.
struct NewTask {
    let uid: UID
    let lead: ID<OrgUnit>
    let performer: ID<Office>?
    let leader: ID<Office>?
    let secrecy: Secrecy
}

/// New tasks as rows: one or many of the same draft. Every task begins here.
extension TaskStore {
    private static let columns: [StaticString] = [
        "id", "uid", "origin", "title", "title_key", "title_fold", "description", "lead_unit_id", "assigning_unit_id",
        "performer_id", "responsible_id", "leader_id", "authority_id", "document_id", "paragraph", "parent_id",
        "priority", "is_key", "pillar", "task_group", "field_id", "secrecy", "deadline_kind", "due", "deadline_words",
        "review_on", "original_due", "start_on", "weight", "state", "state_before", "closed", "percent", "declared_on",
        "declared_by", "has_evidence", "extensions", "updated_at", "version",
    ]

    /// Writes drafts with their units, products and tags; the tables made from tasks are refreshed by the caller.
    func write(
        _ new: [NewTask], _ draft: TaskDraft, _ known: KnownParts, assigning: ID<OrgUnit>, at now: Instant
    ) throws -> [ID<TaskItem>] {
        let ids = try ImportKeys.next(new.count, of: "task", tx)
        let shared = SharedCells(draft, known, assigning, origin: try Installation.origin(tx), at: now)
        try tx.insert(into: "task", TaskStore.columns, rows: zip(ids, new).map { shared.row($0, $1) })
        let made: [ID<TaskItem>] = ids.map { ID($0) }
        try writeParts(zip(made, new).map { (id: $0, lead: $1.lead) }, draft, known, assigning)
        return made
    }

    func writeParts(
        _ tasks: [(id: ID<TaskItem>, lead: ID<OrgUnit>)], _ draft: TaskDraft, _ known: KnownParts,
        _ assigning: ID<OrgUnit>
    ) throws {
        let others: [(String, ID<OrgUnit>)] =
            [("assigning", assigning)]
            + Set(known.coordinating).sorted { $0.value < $1.value }.map { ("coordinating", $0) }
        try tx.insert(
            into: "task_unit", ["task_id", "part", "unit_id"],
            rows: tasks.flatMap { task in
                ([("lead", task.lead)] + others).map { [task.id.sqlValue, .text($0.0), $0.1.sqlValue] }
            })
        try tx.insert(
            into: "task_product", ["task_id", "position", "name", "kind", "criterion"],
            rows: tasks.flatMap { task in
                draft.products.enumerated().map { index, product in
                    [
                        task.id.sqlValue, .integer(Int64(index)), .text(product.name),
                        .text(product.kind?.rawValue ?? ""), .text(product.criterion),
                    ]
                }
            })
        try writeTags(tasks.map(\.id), known.tags)
    }
}

/// What the rows of one draft have in common, made once.
private struct SharedCells {
    private let words: [SQLValue]
    private let origin: SQLValue
    private let assigning: SQLValue
    private let known: KnownParts
    private let paragraph: SQLValue
    private let sorting: [SQLValue]
    private let rest: [SQLValue]

    init(_ draft: TaskDraft, _ known: KnownParts, _ assigning: ID<OrgUnit>, origin: UID, at now: Instant) {
        self.origin = origin.sqlValue
        self.assigning = assigning.sqlValue
        self.known = known
        words = [
            .text(draft.title), .text(SortKey.vietnamese(draft.title)), .text(TextFold.fold(draft.title)),
            .text(draft.description),
        ]
        sorting = [
            .text(draft.priority.rawValue), draft.isKey.sqlValue, .text(draft.pillar), .text(draft.group),
        ]
        let columns = draft.deadline?.columns
        rest = [
            .text(columns?.kind ?? ""), (columns?.due ?? .never).sqlValue, .text(columns?.words ?? ""),
            (columns?.review ?? .never).sqlValue, Day.never.sqlValue, (draft.start ?? .never).sqlValue,
            draft.weight.sqlValue, .text(TaskWorkflow.State.draft.rawValue), .text(""), .integer(2), .integer(0),
            Day.never.sqlValue, .integer(0), .integer(0), .integer(0), now.sqlValue, .integer(1),
        ]
        paragraph = .text(draft.paragraph)
    }

    private func cell(_ id: (some SQLBindable)?) -> SQLValue { id?.sqlValue ?? .null }

    func row(_ id: Int64, _ new: NewTask) -> [SQLValue] {
        var cells: [SQLValue] = [.integer(id), new.uid.sqlValue, origin]
        cells += words
        cells += [new.lead.sqlValue, assigning, cell(new.performer), .integer(0), cell(new.leader)]
        cells += [cell(known.authority), cell(known.document), paragraph, cell(known.parent)]
        cells += sorting
        cells += [cell(known.field), new.secrecy.rawValue.sqlValue]
        cells += rest
        return cells
    }
}
