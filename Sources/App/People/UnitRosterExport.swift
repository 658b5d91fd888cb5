/// The holders of a unit's offices on a day as a table for a spreadsheet.
struct UnitRosterExport {
    let store: PersonStore
    let page: PageContext

    func csv(_ unit: UnitRow, on day: Day) throws -> String {
        var text = CSVWriter.byteOrderMark
        text += CSVWriter.line(["title", "name", "from", "to", "decision"].map { page.t("person.column.\($0)") })
        var request = PageRequest(after: nil, limit: 200)
        while true {
            let holders = try store.holders(in: unit.unit.id, on: day, page: request)
            for row in holders.items { text += line(row) }
            guard let next = holders.next else { return text }
            request.after = next
        }
    }

    private func line(_ row: OfficeRow) -> String {
        let office = row.office
        return CSVWriter.line([
            office.title, page.name(row.personName), office.from.text, office.to == .never ? "" : office.to.text,
            office.decision,
        ])
    }
}
