/// The list on the screen as a table for a spreadsheet: the same filter, all its rows, the words of the person's language.
///
/// `resolute unit export` writes the form that can be imported again.
struct UnitListExport {
    let store: UnitStore
    let page: PageContext

    func csv(_ filter: UnitFilter, on day: Day) throws -> String {
        // The mark tells spreadsheets that the text is UTF-8.
        var text = "\u{FEFF}" + CSVWriter.line(heads)
        try store.each(filter, on: day) { text += CSVWriter.line(cells($0, on: day)) }
        return text
    }

    private var heads: [String] {
        ["name", "kind", "code", "parent", "from", "to", "secrecy", "latitude", "longitude", "area_km2"]
            .map { page.t("unit.field.\($0)") }
    }

    private func cells(_ row: UnitRow, on day: Day) -> [CSVWriter.Cell] {
        let unit = row.unit
        return [
            .text(row.name), .text(page.t("unit.kind.\(row.kind.rawValue)")), .text(row.code ?? ""),
            .text(row.parent?.name ?? ""), .text(unit.from == .beginning ? "" : unit.from.text),
            .text(unit.to == .never ? "" : unit.to.text), .text(page.t("secrecy.\(unit.secrecy.name)")),
            .number(unit.place.map { DecimalText.text($0.latitude, places: 6) } ?? ""),
            .number(unit.place.map { DecimalText.text($0.longitude, places: 6) } ?? ""),
            .number(unit.area.map { DecimalText.text($0, places: 6) } ?? ""),
        ]
    }
}
