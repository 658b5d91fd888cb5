import Foundation

/// The header line of a table whose columns we know: names are matched without regard to case, in any order.
public struct CSVHeader: Sendable {
    private let places: [String: Int]

    /// Nil when a column is missing, doubled or unknown; each is a problem that names it. `words` are other names of
    /// columns, folded: those that people read on the pages.
    public init?(
        _ row: CSVReader.Row, required: [String], optional: [String], words: [String: String] = [:],
        problems: inout ProblemList
    ) {
        var places: [String: Int] = [:]
        var isGood = row.isSound
        func complain(_ name: String, _ key: String, _ arguments: [String: Message.Argument] = [:]) {
            isGood = false
            problems.add(name, key, arguments, line: row.line)
        }
        let known = (required + optional).joined(separator: ", ")
        for (index, cell) in row.cells.enumerated() {
            let name = CSVHeader.name(cell, words)
            if !required.contains(name), !optional.contains(name) {
                complain(
                    cell, name.isEmpty ? "csv.header_nameless" : "csv.header_unknown",
                    ["name": .text(String(cell.prefix(60))), "place": .number(index + 1), "known": .text(known)])
            } else if places.updateValue(index, forKey: name) != nil {
                complain(name, "csv.header_doubled", ["name": .text(name), "place": .number(index + 1)])
            }
        }
        for name in required where places[name] == nil { complain(name, "csv.header_missing", ["name": .text(name)]) }
        guard isGood else { return nil }
        self.places = places
    }

    /// The cell under a name; empty when the file does not have the column.
    public func cell(_ name: String, of row: CSVReader.Row) -> String {
        guard let place = places[name], row.cells.indices.contains(place) else { return "" }
        return row.cells[place]
    }

    private static func name(_ cell: String, _ words: [String: String]) -> String {
        let typed = cell.trimmingCharacters(in: .whitespaces)
        return words[TextFold.fold(typed)] ?? typed.lowercased()
    }
}
