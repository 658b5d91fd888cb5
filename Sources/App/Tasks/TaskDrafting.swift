import Storage

/// Drafting a task, changing and deleting the draft. What is issued is changed by acts of its own.
extension TaskStore {
    @discardableResult public func create(_ draft: TaskDraft, at now: Instant) throws -> TaskRow {
        try create(draft, assigning: nil, at: now)
    }

    /// `assigning`: the unit that gives the task where the system acts for it; otherwise the viewer's own, or that of
    /// the office they act for.
    func create(_ draft: TaskDraft, assigning: ID<OrgUnit>?, at now: Instant) throws -> TaskRow {
        guard let assigning = try assigning ?? ownUnits().last else {
            throw AppError.forbidden(Message("task.error.no_office"))
        }
        let known = try check(draft, of: nil, assigning: assigning)
        let (id, uid) = try insert(draft, known, assigning: assigning, at: now)
        try TaskMap(tx: tx).refresh([id.value])
        // What is made is known to whoever made it: else it could neither be found nor issued.
        if try ifKnown(find(uid)) == nil { throw AppError.invalid([Problem("secrecy", "task.error.secrecy_above")]) }
        let made = try made(id)
        try record(.created, made.task, after: try fields(made.task), at: now)
        return made
    }

    /// Writes a draft that was checked, and what hangs on it. Who may know of it and the event are the caller's.
    func insert(
        _ draft: TaskDraft, _ known: KnownParts, assigning: ID<OrgUnit>, at now: Instant
    ) throws -> (id: ID<TaskItem>, uid: UID) {
        let new = NewTask(
            uid: UID.new(at: now), lead: known.lead, performer: known.performer, leader: known.leader,
            secrecy: known.secrecy)
        guard let id = try write([new], draft, known, assigning: assigning, at: now).first else {
            throw StorageError.decoding("the new task has no id")
        }
        return (id, new.uid)
    }

    /// Changes a draft, or what was refused by its unit before it is issued again.
    @discardableResult
    public func change(_ uid: UID, _ draft: TaskDraft, seen: Int?, at now: Instant) throws -> TaskRow {
        let row = try findDirected(uid)
        guard row.task.workflow.isChangeable else { throw AppError.conflict(Message("task.error.issued")) }
        try bump(row, seen: seen, at: now)
        let known = try keepingHidden(
            check(draft, of: row.task, assigning: row.task.assigningUnit), draft, of: row.task)
        let columns = draft.deadline?.columns
        if columns == nil, row.task.workflow.state != .draft {
            throw AppError.invalid([Problem(Deadline.Field.date, "task.clarity.time.missing")])
        }
        let before = try fields(row.task)
        try tx.run(
            """
            UPDATE task SET title = \(draft.title), title_key = \(SortKey.vietnamese(draft.title)),
            title_fold = \(TextFold.fold(draft.title)), description = \(draft.description),
            lead_unit_id = \(known.lead), performer_id = \(known.performer), leader_id = \(known.leader),
            authority_id = \(known.authority), document_id = \(known.document), paragraph = \(draft.paragraph),
            parent_id = \(known.parent), priority = \(draft.priority.rawValue), is_key = \(draft.isKey),
            pillar = \(draft.pillar), task_group = \(draft.group), field_id = \(known.field),
            secrecy = \(known.secrecy.rawValue),
            deadline_kind = \(columns?.kind ?? ""), due = \(columns?.due ?? .never),
            deadline_words = \(columns?.words ?? ""), review_on = \(columns?.review ?? .never),
            start_on = \(draft.start ?? .never), weight = \(draft.weight) WHERE id = \(row.task.id)
            """)
        try replaceParts(row.task.id, draft, known, row.task.assigningUnit)
        try TaskMap(tx: tx).refresh([row.task.id.value])
        let changed = try made(row.task.id)
        let (old, new) = UnitStore.difference(before, try fields(changed.task))
        try record(.changed, changed.task, before: old, after: new, at: now)
        return changed
    }

    /// Takes a draft away; that there was one stays in the history of its unit.
    public func discard(_ uid: UID, seen: Int?, at now: Instant) throws {
        let row = try findDirected(uid)
        guard row.task.workflow.state == .draft else { throw AppError.conflict(Message("task.error.not_draft")) }
        try bump(row, seen: seen, at: now)
        if try tx.first("SELECT 1 FROM task WHERE parent_id = \(row.task.id) LIMIT 1") != nil {
            throw AppError.conflict(Message("task.error.has_children"))
        }
        try record(.discarded, row.task, before: ["title": row.task.title], after: [:], at: now)
        try dropFiles(of: row, at: now)
        for table in [
            "task_scope", "task_recency", "task_bulk_row", "task_unit", "task_product", "task_tag", "task_assignment",
            "task_report", "task_import_row", "gap_blocked_task",
        ] as [StaticString] {
            try tx.run("DELETE FROM \(SQL(static: table)) WHERE task_id = \(row.task.id)")
        }
        try tx.run("DELETE FROM task WHERE id = \(row.task.id)")
        try SearchMap(tx: tx).refresh(.task, [row.task.id.value])
    }

    /// The task after an act: whoever did it is told of it, even when they may not know of it any longer.
    func made(_ id: ID<TaskItem>) throws -> TaskRow {
        try TaskStore(tx: tx, viewer: .system(viewer.name), today: today).find(id)
    }

    private func replaceParts(
        _ task: ID<TaskItem>, _ draft: TaskDraft, _ known: KnownParts, _ assigning: ID<OrgUnit>
    ) throws {
        try tx.run("DELETE FROM task_unit WHERE task_id = \(task)")
        try tx.run("DELETE FROM task_product WHERE task_id = \(task)")
        try tx.run("DELETE FROM task_tag WHERE task_id = \(task)")
        try writeParts([(task, known.lead)], draft, known, assigning)
    }
}
