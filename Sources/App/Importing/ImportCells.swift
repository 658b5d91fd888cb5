import Foundation

/// The cells of one row of a table that is imported, read one by one: clean text, words, days. Collects all problems
/// of the row, each with its column and line.
struct ImportCells {
    let header: CSVHeader
    let row: CSVReader.Row
    private(set) var problems: [Problem] = []

    init(header: CSVHeader, row: CSVReader.Row) {
        self.header = header
        self.row = row
    }

    mutating func complain(_ column: String, _ key: String, _ arguments: [String: Message.Argument] = [:]) {
        problems.append(Problem(column, key, arguments, line: row.line))
    }

    func hasProblem(_ column: String) -> Bool { problems.contains { $0.field == column } }

    /// One clean line of at most `max` characters, without the apostrophe by which a spreadsheet keeps a text from
    /// being run.
    mutating func text(_ column: String, max: Int, isRequired: Bool = false) -> String {
        guard let clean = CleanText.line(CSVWriter.unguarded(header.cell(column, of: row))) else {
            complain(column, "import.control_character")
            return ""
        }
        if clean.isEmpty, isRequired { complain(column, "import.missing", ["column": .text(column)]) }
        if clean.count > max { complain(column, "import.long", ["max": .number(max), "count": .number(clean.count)]) }
        return clean
    }

    /// A word out of a list; `key` says which words there are.
    mutating func word<Word>(
        _ column: String, or key: String, isRequired: Bool = false, _ read: (String) -> Word?
    ) -> Word? {
        let typed = text(column, max: 60, isRequired: isRequired)
        guard !typed.isEmpty, problems.last?.field != column else { return nil }
        if let word = read(typed) { return word }
        complain(column, key, ImportCells.quoting(typed))
        return nil
    }

    mutating func day(_ column: String, isRequired: Bool = false) -> Day? {
        let typed = text(column, max: 20, isRequired: isRequired)
        guard !typed.isEmpty else { return nil }
        if let day = Day(typed: typed) { return day }
        complain(column, "import.day", ImportCells.quoting(typed))
        return nil
    }

    /// Several lines of at most `max` characters.
    mutating func paragraphs(_ column: String, max: Int) -> String {
        guard let clean = CleanText.paragraphs(CSVWriter.unguarded(header.cell(column, of: row))) else {
            complain(column, "import.control_character")
            return ""
        }
        if clean.count > max { complain(column, "import.long", ["max": .number(max), "count": .number(clean.count)]) }
        return clean
    }

    /// A whole number; nil for an empty cell and for what is none.
    mutating func whole(_ column: String, in range: ClosedRange<Int>) -> Int? {
        let typed = text(column, max: 20)
        guard !typed.isEmpty else { return nil }
        if let number = Int(typed), range.contains(number) { return number }
        complain(
            column, "field.integer", ["from": .number(range.lowerBound), "to": .number(range.upperBound)])
        return nil
    }

    /// Yes and no as people write them in a table, in both languages.
    static func answer(_ typed: String) -> Bool? {
        switch TextFold.fold(typed) {
        case "yes", "y", "co", "x", "1", "true": true
        case "no", "n", "khong", "0", "false": false
        default: nil
        }
    }

    /// What was typed, short enough to be shown.
    static func quoting(_ typed: String) -> [String: Message.Argument] {
        ["typed": .text(typed.count > 40 ? typed.prefix(40) + "…" : typed)]
    }
}
