/// The list on the screen as a table for a spreadsheet: the same filter, all its rows, the words of the person's language.
struct CommitteeExport {
    let store: CommitteeStore
    let page: PageContext

    func csv(_ filter: CommitteeFilter, on day: Day) throws -> String {
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads)
        try store.each(filter, on: day) { text += CSVWriter.line(cells($0)) }
        return text
    }

    private var heads: [String] {
        ["name", "host", "programme", "from", "over_from", "head_title", "head"].map { page.t("committee.field.\($0)") }
            + SetupItem.allCases.map { page.t("committee.item.\($0.rawValue)") }
    }

    private func cells(_ line: CommitteeLine) -> [CSVWriter.Cell] {
        let row = line.row
        return [
            .text(row.name), .text(row.host?.name ?? ""), .text(row.committee.programme),
            .text(row.from == .beginning ? "" : row.from.text), .text(row.to == .never ? "" : row.to.text),
            .text(line.head?.seat.title ?? ""), .text(line.head?.person?.name ?? ""),
        ] + SetupItem.allCases.map { .number(line.progress.has($0) ? "1" : "0") }
    }
}

/// The page of compliance as a table for a spreadsheet: all its rows.
struct ComplianceExport {
    let page: PageContext

    func csv(_ lines: [ComplianceLine]) -> String {
        let heads =
            [page.t("unit.field.name"), page.t("unit.field.kind"), page.t("committee.field.state")]
            + SetupItem.allCases.map { page.t("committee.item.\($0.rawValue)") } + ["uid"]
        return CSVWriter.byteOrderMark + CSVWriter.line(heads) + lines.map(row).joined()
    }

    private func row(_ line: ComplianceLine) -> String {
        let cells: [CSVWriter.Cell] = [
            .text(line.name), .text(page.t("unit.kind.\(line.kind.rawValue)")),
            .text(page.t("committee.compliance.\(line.state.rawValue)")),
        ]
        let items = SetupItem.allCases.map { CSVWriter.Cell.number(line.progress.has($0) ? "1" : "0") }
        return CSVWriter.line(cells + items + [.text(line.uid.text)])
    }
}
