import Foundation

/// Reads the cells of one row; collects all its problems.
struct UnitRowParser {
    let header: CSVHeader
    let row: CSVReader.Row
    let options: UnitImportOptions
    private(set) var problems: [Problem] = []

    init(header: CSVHeader, row: CSVReader.Row, options: UnitImportOptions) {
        self.header = header
        self.row = row
        self.options = options
    }

    /// The row's code, as far as it has a usable one; for rows that are refused too.
    var code: UnitCode? {
        guard let code = CleanText.line(header.cell("code", of: row)), !code.isEmpty else { return nil }
        let scheme = header.cell("scheme", of: row).trimmingCharacters(in: .whitespaces)
        return UnitCode(scheme.isEmpty ? options.scheme : scheme, CSVWriter.unguarded(code))
    }

    mutating func parse() -> UnitImportRow? {
        let code = text("code", max: 60, isRequired: true)
        let scheme = scheme()
        let kind = word("kind", isRequired: true, UnitKind.init(rawValue:))
        let name = text("name", max: 200, isRequired: true)
        let englishName = text("name_en", max: 200)
        let parent = text("parent", max: 101)
        let hierarchy = word("hierarchy", Hierarchy.init(rawValue:)) ?? .territory
        let secrecy = word("secrecy", Secrecy.init(name:)) ?? .public
        let basis = text("basis", max: 1_000)
        let place = place()
        let area = decimal("area_km2", from: 0, to: 1_000_000_000)
        let from = day("from") ?? (parent.isEmpty ? .beginning : options.from ?? .beginning)
        let to = day("to") ?? options.to ?? .never
        if to <= from { complain("to", "unit-import.to_before_from", ["from": .day(from), "to": .day(to)]) }
        if parent == code, !code.isEmpty { complain("parent", "unit-import.own_parent") }
        guard problems.isEmpty, let kind else { return nil }
        return UnitImportRow(
            line: row.line, code: UnitCode(scheme, code), kind: kind, name: name, englishName: englishName,
            parent: parent.isEmpty ? nil : parent, hierarchy: hierarchy, place: place, area: area, from: from, to: to,
            secrecy: secrecy, basis: basis.isEmpty && !parent.isEmpty ? options.basis : basis)
    }

    private mutating func complain(_ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]) {
        problems.append(Problem(field, key, arguments, line: row.line))
    }

    /// One clean line of at most `max` characters.
    private mutating func text(_ column: String, max: Int, isRequired: Bool = false) -> String {
        guard let clean = CleanText.line(CSVWriter.unguarded(header.cell(column, of: row))) else {
            complain(column, "unit-import.control_character")
            return ""
        }
        if clean.isEmpty, isRequired { complain(column, "unit-import.missing", ["column": .text(column)]) }
        if clean.count > max {
            complain(column, "unit-import.long", ["max": .number(max), "count": .number(clean.count)])
        }
        return clean
    }

    private mutating func scheme() -> String {
        let typed = text("scheme", max: 40)
        if !typed.isEmpty, !UnitCode.isScheme(typed) { complain("scheme", "unit-import.scheme", quoting(typed)) }
        return typed.isEmpty ? options.scheme : typed
    }

    private mutating func word<Word>(
        _ column: String, isRequired: Bool = false, _ read: (String) -> Word?
    ) -> Word? {
        let typed = text(column, max: 60, isRequired: isRequired)
        guard !typed.isEmpty, problems.last?.field != column else { return nil }
        if let word = read(typed) { return word }
        complain(column, "unit-import.\(column)", quoting(typed))
        return nil
    }

    private mutating func day(_ column: String) -> Day? {
        let typed = text(column, max: 20)
        guard !typed.isEmpty else { return nil }
        if let day = Day(typed: typed) { return day }
        complain(column, "unit-import.day", quoting(typed))
        return nil
    }

    private mutating func place() -> OrgUnit.Place? {
        let latitude = decimal("latitude", from: -90, to: 90)
        let longitude = decimal("longitude", from: -180, to: 180)
        if let latitude, let longitude { return OrgUnit.Place(latitude: latitude, longitude: longitude) }
        let isHalf = (latitude == nil) != (longitude == nil)
        if isHalf, !problems.contains(where: { $0.field == "latitude" || $0.field == "longitude" }) {
            complain(latitude == nil ? "latitude" : "longitude", "unit-import.half_place")
        }
        return nil
    }

    /// A number with up to six places, in millionths: of a degree, and of a square kilometre, which is a square metre.
    private mutating func decimal(_ column: String, from: Int64, to: Int64) -> Int64? {
        let typed = text(column, max: 40)
        guard !typed.isEmpty else { return nil }
        guard let value = DecimalText.scaled(typed, places: 6) else {
            complain(column, typed.contains(",") ? "unit-import.number_comma" : "unit-import.number", quoting(typed))
            return nil
        }
        guard (from * 1_000_000...to * 1_000_000).contains(value) else {
            let range: [String: Message.Argument] = ["from": .text(String(from)), "to": .text(String(to))]
            complain(column, "unit-import.number_range", range.merging(quoting(typed)) { $1 })
            return nil
        }
        return value
    }

    /// What was typed, short enough to be shown.
    private func quoting(_ typed: String) -> [String: Message.Argument] {
        ["typed": .text(typed.count > 40 ? typed.prefix(40) + "…" : typed)]
    }
}
