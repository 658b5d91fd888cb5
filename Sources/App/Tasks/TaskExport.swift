import Foundation
import Storage

/// The list as a table for a spreadsheet: the same filter, all its rows, up to a limit.
struct TaskExport {
    let store: TaskStore
    let page: PageContext
    /// More are refused: the reader holds the database open while they are written.
    var limit = TaskExport.most

    static let most = 50_000

    func csv(_ filter: TaskFilter) throws -> String {
        var text = CSVWriter.byteOrderMark + CSVWriter.line(columns.map { $0.title })
        try each(filter) { text += CSVWriter.line($0.map(\.csv)) }
        return text
    }

    /// Writes a workbook to `file`; `folder` is for what is half done.
    func xlsx(_ filter: TaskFilter, to file: URL, folder: URL) throws {
        let writer = try XLSXWriter(
            file: file, folder: folder, sheet: page.t("task.title"), columns: columns)
        try each(filter) { try writer.write($0) }
        try writer.finish()
    }

    private func each(_ filter: TaskFilter, _ body: ([TableCell]) throws -> Void) throws {
        var left = limit
        try store.each(filter) { row in
            guard left > 0 else {
                throw AppError.invalid([Problem("", "task.export.too_many", ["max": .number(limit)])])
            }
            left -= 1
            try body(cells(row))
        }
    }

    private var columns: [(title: String, width: Double)] {
        let widths: [(String, Double)] = [
            ("title", 60), ("lead_unit", 30), ("performer", 30), ("deadline", 24), ("due_on", 12),
            ("original_due", 12), ("declared", 16), ("verified", 16), ("schedule", 16),
            ("against_original", 16), ("percent", 8),
            ("extensions", 8), ("priority", 10), ("field", 24), ("tags", 24), ("uid", 38),
        ]
        return widths.map { (page.t("task.field.\($0.0)"), $0.1) }
    }

    private func cells(_ row: TaskRow) -> [TableCell] {
        let task = row.task, status = row.status(on: store.today)
        return [
            .text(task.title), .text(row.leadUnit.name), .text(row.performer),
            .text(task.deadline.map { TaskWords.deadline($0, page) } ?? ""), .day(task.due), .day(task.originalDue),
            .text(page.t("task.declared.\(status.declared.name)")),
            .text(page.t("task.verification.\(status.verified.name)")),
            .text(page.t("task.schedule.\(status.schedule.name)")),
            .text(page.t("task.schedule.\(status.againstOriginal.name)")), .number(task.percent),
            .number(task.extensions), .text(page.t("task.priority.\(task.priority.rawValue)")),
            .text(row.field?.name(in: page.language) ?? ""), .text(row.tags.joined(separator: ", ")),
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
            try tagged(page.items).forEach(body)
            guard let next = page.next else { return }
            request.after = next
        }
    }
}
