import Foundation

/// Reads the cells of one row; collects all its problems.
struct UnitRowParser {
    let options: UnitImportOptions
    private var cells: ImportCells

    init(header: CSVHeader, row: CSVReader.Row, options: UnitImportOptions) {
        self.options = options
        cells = ImportCells(header: header, row: row)
    }

    var problems: [Problem] { cells.problems }
    private var header: CSVHeader { cells.header }
    private var row: CSVReader.Row { cells.row }

    /// The row's code, as far as it has a usable one; for rows that are refused too.
    var code: UnitCode? {
        guard let code = CleanText.line(header.cell("code", of: row)), !code.isEmpty else { return nil }
        let scheme = header.cell("scheme", of: row).trimmingCharacters(in: .whitespaces)
        return UnitCode(scheme.isEmpty ? options.scheme : scheme, CSVWriter.unguarded(code))
    }

    mutating func parse() -> UnitImportRow? {
        let code = cells.text("code", max: 60, isRequired: true)
        let scheme = scheme()
        let kind = cells.word("kind", or: "unit-import.kind", isRequired: true, UnitKind.init(rawValue:))
        let name = cells.text("name", max: 200, isRequired: true)
        let englishName = cells.text("name_en", max: 200)
        let parent = cells.text("parent", max: 101)
        let hierarchy = cells.word("hierarchy", or: "unit-import.hierarchy", Hierarchy.init(rawValue:)) ?? .territory
        let secrecy = cells.word("secrecy", or: "unit-import.secrecy", Secrecy.init(name:)) ?? .public
        let basis = cells.text("basis", max: 1_000)
        let place = place()
        let area = decimal("area_km2", from: 0, to: 1_000_000_000)
        let from = cells.day("from") ?? (parent.isEmpty ? .beginning : options.from ?? .beginning)
        let to = cells.day("to") ?? options.to ?? .never
        if to <= from { cells.complain("to", "unit-import.to_before_from", ["from": .day(from), "to": .day(to)]) }
        if parent == code, !code.isEmpty { cells.complain("parent", "unit-import.own_parent") }
        guard problems.isEmpty, let kind else { return nil }
        return UnitImportRow(
            line: row.line, code: UnitCode(scheme, code), kind: kind, name: name, englishName: englishName,
            parent: parent.isEmpty ? nil : parent, hierarchy: hierarchy, place: place, area: area, from: from, to: to,
            secrecy: secrecy, basis: basis.isEmpty && !parent.isEmpty ? options.basis : basis)
    }

    private mutating func scheme() -> String {
        let typed = cells.text("scheme", max: 40)
        if !typed.isEmpty, !UnitCode.isScheme(typed) {
            cells.complain("scheme", "unit-import.scheme", ImportCells.quoting(typed))
        }
        return typed.isEmpty ? options.scheme : typed
    }

    private mutating func place() -> OrgUnit.Place? {
        let latitude = decimal("latitude", from: -90, to: 90)
        let longitude = decimal("longitude", from: -180, to: 180)
        if let latitude, let longitude { return OrgUnit.Place(latitude: latitude, longitude: longitude) }
        let isHalf = (latitude == nil) != (longitude == nil)
        if isHalf, !problems.contains(where: { $0.field == "latitude" || $0.field == "longitude" }) {
            cells.complain(latitude == nil ? "latitude" : "longitude", "unit-import.half_place")
        }
        return nil
    }

    /// A number with up to six places, in millionths: of a degree, and of a square kilometre, which is a square metre.
    private mutating func decimal(_ column: String, from: Int64, to: Int64) -> Int64? {
        let typed = cells.text(column, max: 40)
        guard !typed.isEmpty else { return nil }
        guard let value = DecimalText.scaled(typed, places: 6) else {
            cells.complain(
                column, typed.contains(",") ? "unit-import.number_comma" : "unit-import.number",
                ImportCells.quoting(typed))
            return nil
        }
        guard (from * 1_000_000...to * 1_000_000).contains(value) else {
            let range: [String: Message.Argument] = ["from": .text(String(from)), "to": .text(String(to))]
            cells.complain(column, "unit-import.number_range", range.merging(ImportCells.quoting(typed)) { $1 })
            return nil
        }
        return value
    }
}
