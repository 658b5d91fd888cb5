/// The list as a table for a spreadsheet: the same filter, all its rows.
struct GapExport {
    let store: GapStore
    let page: PageContext

    func csv(_ filter: GapFilter) throws -> String {
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads)
        try store.each(filter) { text += CSVWriter.line(cells($0)) }
        return text
    }

    private var heads: [String] {
        ["title", "type", "owner", "due_on", "state", "days_late", "document", "reason", "blocks"]
            .map { page.t("gap.field.\($0)") }
    }

    private func cells(_ row: GapRow) -> [CSVWriter.Cell] {
        let gap = row.gap
        return [
            .text(gap.title), .text(page.t(gap.type.nameKey)), .text(row.owner.name), .text(gap.due.text),
            .text(page.t("gap.state.\(gap.state.rawValue)")),
            .number(gap.daysLate(on: store.today).map(String.init) ?? ""),
            .text(row.document?.name ?? ""), .text(gap.reason), .text(gap.blocks),
        ]
    }
}
