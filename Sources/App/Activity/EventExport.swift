import Storage

/// The list of events as a file: one row an event, newest first.
struct EventExport {
    let store: ActivityStore
    private static let batch = 200

    func csv(_ filter: EventFilter, limit: Int) throws -> String {
        var text = CSVWriter.byteOrderMark
        text += CSVWriter.line(
            ["at", "actor", "verb", "kind", "subject", "subject_name", "unit", "unit_name", "before", "after", "uid"])
        var last: EventRow?
        var left = limit
        while left > 0 {
            let rows = try store.newest(filter, before: last, limit: min(left, EventExport.batch))
            for row in rows { text += line(row) }
            guard rows.count == EventExport.batch, let end = rows.last else { break }
            left -= rows.count
            last = end
        }
        return text
    }

    private func line(_ row: EventRow) -> String {
        CSVWriter.line([
            row.at.text, row.actor, row.verb?.rawValue ?? "", row.kind?.rawValue ?? "", row.subject.text,
            row.name ?? "", row.unit?.uid.text ?? "", row.unit?.name ?? "", fields(row.before), fields(row.after),
            row.uid.text,
        ])
    }

    private func fields(_ values: [String: String]) -> String {
        values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    }
}
