import Storage

/// The list as a table for a spreadsheet: the same filter, all its rows.
struct TaskExport {
    let store: TaskStore
    let page: PageContext

    func csv(_ filter: TaskFilter) throws -> String {
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads)
        try store.each(filter) { text += CSVWriter.line(cells($0)) }
        return text
    }

    private var heads: [String] {
        [
            "title", "lead_unit", "performer", "deadline", "due_on", "original_due", "declared", "verified", "schedule",
            "percent", "extensions", "priority", "uid",
        ].map { page.t("task.field.\($0)") }
    }

    private func cells(_ row: TaskRow) -> [CSVWriter.Cell] {
        let task = row.task, status = row.status(on: store.today)
        func day(_ day: Day) -> CSVWriter.Cell { .text(day == .never ? "" : day.text) }
        return [
            .text(task.title), .text(row.leadUnit.name), .text(row.performer),
            .text(task.deadline.map { TaskWords.deadline($0, page) } ?? ""), day(task.due), day(task.originalDue),
            .text(page.t("task.declared.\(status.declared.name)")),
            .text(page.t("task.verification.\(status.verified.name)")),
            .text(page.t("task.schedule.\(status.schedule.name)")), .number(String(task.percent)),
            .number(String(task.extensions)), .text(page.t("task.priority.\(task.priority.rawValue)")),
            .text(task.uid.text),
        ]
    }
}

extension TaskStore {
    /// Hands over each task of a list, page by page.
    public func each(_ filter: TaskFilter, _ body: (TaskRow) throws -> Void) throws {
        var request = PageRequest(after: nil, limit: 200)
        while true {
            let page = try list(filter, page: request)
            try page.items.forEach(body)
            guard let next = page.next else { return }
            request.after = next
        }
    }
}
