import Storage

/// What a task names and the viewer may not know of: whoever changes the task was not shown it, and so did not mean to
/// take it away.
extension TaskStore {
    func keepingHidden(_ known: KnownParts, _ draft: TaskDraft, of task: TaskItem) throws -> KnownParts {
        var kept = known
        if draft.performer == nil { kept.performer = try hidden(task.performer) }
        if draft.leader == nil { kept.leader = try hidden(task.leader) }
        if draft.authority == nil { kept.authority = try hidden(task.authority) }
        if draft.document == nil, let document = task.document, try ifKnown(documents.find(document)) == nil {
            kept.document = document
        }
        kept.coordinating += try hiddenCoordinating(of: task).filter { $0 != known.lead }
        return kept
    }

    private func hidden(_ office: ID<Office>?) throws -> ID<Office>? {
        try office.flatMap { office in
            try tx.first(
                """
                SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id
                WHERE o.id = \(office) AND NOT (\(UnitScope(viewer).condition))
                """)?.id(0)
        }
    }

    private func hiddenCoordinating(of task: TaskItem) throws -> [ID<OrgUnit>] {
        try tx.all(
            """
            SELECT u.id FROM task_unit i JOIN unit u ON u.id = i.unit_id WHERE i.task_id = \(task.id)
            AND i.part = 'coordinating' AND NOT (\(UnitScope(viewer).condition)) ORDER BY u.id
            """
        ).map { try $0.id(0) }
    }
}
