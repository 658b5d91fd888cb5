import Storage

/// What a task names and whoever changes it may not know of. A form does not show it, so that its absence does not mean
/// that it is to be taken away: it stays as it is, and nothing is said of it.
extension TaskStore {
    func hiddenParent(of task: TaskItem?) throws -> ID<TaskItem>? {
        try task?.parent.flatMap { try ifKnown(find($0)) == nil ? $0 : nil }
    }

    func hiddenDocument(of task: TaskItem?) throws -> ID<Document>? {
        try task?.document.flatMap { try ifKnown(documents.find($0)) == nil ? $0 : nil }
    }

    func hiddenField(of task: TaskItem?) throws -> ID<WorkField>? {
        guard let task, let field = task.field else { return nil }
        return try ownFields(of: task.assigningUnit).contains { $0.id == field } ? nil : field
    }

    func hiddenOffice(_ office: ID<Office>?) throws -> ID<Office>? {
        try office.flatMap { office in
            let known = try tx.first(
                """
                SELECT 1 FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.id = \(office)
                AND \(UnitScope(viewer).condition)
                """)
            return known == nil ? office : nil
        }
    }

    func hiddenCoordinating(of task: TaskItem?) throws -> [ID<OrgUnit>] {
        guard let task else { return [] }
        return try tx.all(
            """
            SELECT u.id FROM task_unit i JOIN unit u ON u.id = i.unit_id WHERE i.task_id = \(task.id)
            AND i.part = 'coordinating' AND NOT \(UnitScope(viewer).condition) ORDER BY u.id
            """
        ).map { try $0.id(0) }
    }
}
