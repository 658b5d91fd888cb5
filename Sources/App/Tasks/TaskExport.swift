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
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads.map(\.title))
        try each(filter) { text += CSVWriter.line($0.map(\.csv)) }
        return text
    }

    /// Writes a workbook to `file`; `folder` is for what is half done.
    func xlsx(_ filter: TaskFilter, to file: URL, folder: URL) throws {
        let writer = try XLSXWriter(file: file, folder: folder, sheet: page.t("task.title"), columns: heads)
        try each(filter) { try writer.write($0) }
        try writer.finish()
    }

    private var heads: [(title: String, width: Double)] {
        TaskExportColumn.all.map { (page.t("task.field.\($0.name)"), $0.width) }
    }

    private func each(_ filter: TaskFilter, _ body: ([TableCell]) throws -> Void) throws {
        let columns = TaskExportColumn.all, fields = try WorkField.common(store.tx)
        var left = limit
        try store.eachPage(filter) { rows in
            left -= rows.count
            guard left >= 0 else {
                throw AppError.invalid([Problem("", "task.export.too_many", ["max": .number(limit)])])
            }
            let known = try store.exportParts(rows, fields)
            for row in rows {
                let line = TaskExportRow(row: row, status: row.status(on: store.today), known: known, page: page)
                try body(columns.map { $0.cell(line) })
            }
        }
    }
}

extension TaskStore {
    /// Hands over each task of a list.
    public func each(_ filter: TaskFilter, _ body: (TaskRow) throws -> Void) throws {
        try eachPage(filter) { try $0.forEach(body) }
    }

    /// Hands over all tasks of a list, page by page.
    func eachPage(_ filter: TaskFilter, _ body: ([TaskRow]) throws -> Void) throws {
        var request = PageRequest(after: nil, limit: 200)
        while true {
            let page = try list(filter, page: request)
            try body(tagged(page.items))
            guard let next = page.next else { return }
            request.after = next
        }
    }
}
