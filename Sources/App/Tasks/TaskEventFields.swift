import Storage

/// What the history says of a task: each field of its form as people read it. What not everybody may know is named by
/// its uid only.
extension TaskStore {
    func fields(_ task: TaskItem) throws -> [String: String] {
        try people(task).merging(place(task)) { $1 }.merging(work(task)) { $1 }
    }

    /// What of it is another than before.
    func difference(_ before: TaskItem, _ after: TaskItem) throws -> ([String: String], [String: String]) {
        UnitStore.difference(try fields(before), try fields(after))
    }

    private func people(_ task: TaskItem) throws -> [String: String] {
        func office(_ id: ID<Office>?) throws -> String {
            try id.flatMap { try tx.first("SELECT title FROM office WHERE id = \($0)")?.text(0) } ?? ""
        }
        let coverage = CoverageStore(tx: tx, viewer: viewer, today: today)
        return [
            "unit": try coverage.unitName(task.leadUnit), "performer": try office(task.performer),
            "leader": try office(task.leader), "authority": try office(task.authority),
            "coordinating": try coordinatingNames(task.id),
        ]
    }

    private func place(_ task: TaskItem) throws -> [String: String] {
        let coverage = CoverageStore(tx: tx, viewer: viewer, today: today)
        let parent = try task.parent.flatMap { try tx.first("SELECT uid FROM task WHERE id = \($0)")?.text(0) }
        return [
            "document": try task.document.map(coverage.documentName) ?? "", "paragraph": task.paragraph,
            "part_of": parent ?? "", "pillar": try fieldName("code = \(task.pillar) AND family = 'pillar'"),
            "task_group": try fieldName("code = \(task.group) AND family = 'group'"),
            "field": try task.field.map { try fieldName("id = \($0)") } ?? "",
            "tags": try tx.ask(tags(of: task.id)).joined(separator: ", "),
        ]
    }

    private func work(_ task: TaskItem) throws -> [String: String] {
        [
            "title": task.title, "description": task.description, "products": try productWords(task.id),
            "deadline": task.deadline?.text ?? "", "deadline_words": task.deadline?.words ?? "",
            "review_on": task.deadline?.review?.text ?? "", "start_on": task.start == .never ? "" : task.start.text,
            "priority": task.priority.rawValue, "is_key": task.isKey ? "yes" : "", "secrecy": task.secrecy.name,
            "weight": String(task.weight),
        ]
    }

    /// In Vietnamese, with the English name where there is one: an event has no reader yet.
    private func fieldName(_ which: SQL) throws -> String {
        guard let row = try tx.first("SELECT name, name_en FROM work_field WHERE \(which) ORDER BY id LIMIT 1") else {
            return ""
        }
        return try [row.text(0), row.text(1)].filter { !$0.isEmpty }.joined(separator: " / ")
    }

    private func coordinatingNames(_ task: ID<TaskItem>) throws -> String {
        try tx.all(
            """
            SELECT u.uid, u.secrecy, \(UnitLife.name(today)) FROM task_unit i JOIN unit u ON u.id = i.unit_id
            WHERE i.task_id = \(task) AND i.part = 'coordinating' ORDER BY u.id
            """
        ).map { row in
            try row.int(1) == Secrecy.public.rawValue ? row.text(2) : EventNames.unit(row.uid(0))
        }.joined(separator: ", ")
    }

    /// `Báo cáo [report]: 100% xã có số liệu`; the page shows the kind in the reader's language.
    private func productWords(_ task: ID<TaskItem>) throws -> String {
        try tx.ask(products(of: task)).map { product in
            let kind = product.kind.map { " [\($0.rawValue)]" } ?? ""
            return product.name + kind + (product.criterion.isEmpty ? "" : ": \(product.criterion)")
        }.joined(separator: "; ")
    }
}
