/// A matrix as a table for a spreadsheet: the same filter, all its rows, one line for each unit and requirement.
struct CoverageExport {
    let store: CoverageStore
    let page: PageContext

    func csv(_ document: UID, _ filter: CoverageFilter) throws -> String {
        let matrix = try store.matrix(document, filter, page: PageRequest(after: nil, limit: 1))
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads)
        try store.eachLine(document, filter) { line in
            for row in matrix.requirements {
                guard let cell = line.cells[row.requirement.id] else { continue }
                text += CSVWriter.line(cells(line, row.requirement, cell))
            }
        }
        return text
    }

    private var heads: [String] {
        ["unit", "kind", "type", "title", "due_on", "status", "document", "issued_on"]
            .map { page.t("coverage.column.\($0)") }
    }

    private func cells(
        _ line: CoverageMatrix.UnitLine, _ requirement: Requirement, _ cell: CoverageMatrix.Cell
    ) -> [CSVWriter.Cell] {
        [
            .text(line.unit.name), .text(page.t("unit.kind.\(line.kind.rawValue)")),
            .text(page.t(requirement.type.nameKey)), .text(requirement.title), .text(cell.due.text),
            .text(page.t(cell.status.nameKey)), .text(cell.document?.name ?? ""),
            .text(cell.issuedOn.map(\.text) ?? ""),
        ]
    }
}
