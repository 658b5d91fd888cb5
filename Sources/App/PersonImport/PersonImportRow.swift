/// How a file of people is to be taken.
public struct PersonImportOptions: Sendable, Equatable {
    /// Takes the valid rows; otherwise one bad row refuses the file.
    public var takesGoodRows: Bool
    /// Checks everything, changes nothing.
    public var isTrial: Bool
    /// Days for which the links of those who are invited are good.
    public var days: Int

    public init(takesGoodRows: Bool = false, isTrial: Bool = false, days: Int = 7) {
        self.takesGoodRows = takesGoodRows
        self.isTrial = isTrial
        self.days = days
    }
}

/// One office of one person as a row of the file describes it: clean, but not yet compared with other rows and the
/// database.
struct PersonImportRow: Sendable, Equatable {
    let line: Int
    /// Columns of which something is said already: the row is not taken, what stands in them says nothing, and what else
    /// is wrong with the row is told too.
    let bad: Set<String>
    let name: String
    /// The uid of somebody on record, or a word that ties together the rows of one person; empty for a person of their
    /// own.
    let person: String
    /// Code, uid or name.
    let unit: String
    let title: String
    let from: Day
    let to: Day
    let decision: String
    let role: Role?
    let ceiling: Secrecy
    let isInvited: Bool
}

/// Reads the cells of one row; collects all its problems.
struct PersonRowParser {
    static let columns = ImportColumns(
        family: "person-import",
        all: ["name", "unit", "title", "from", "to", "decision", "role", "ceiling", "invite", "person"],
        required: ["name", "unit", "title", "from"])

    private var cells: ImportCells
    private let words: PersonImportWords

    init(header: CSVHeader, row: CSVReader.Row, words: PersonImportWords) {
        cells = ImportCells(header: header, row: row)
        self.words = words
    }

    var problems: [Problem] { cells.problems }

    mutating func parse() -> PersonImportRow {
        let name = cells.text("name", max: 120, isRequired: true)
        if ErasedPerson.number(in: name) != nil { cells.complain("name", "person.erased.reserved") }
        let person = cells.text("person", max: 60)
        let unit = cells.text("unit", max: 200, isRequired: true)
        let title = cells.text("title", max: 200, isRequired: true)
        let from = cells.day("from", isRequired: true)
        let to = cells.day("to") ?? .never
        if let from, to <= from {
            cells.complain("to", "person-import.to_before_from", ["from": .day(from), "to": .day(to)])
        }
        let decision = cells.text("decision", max: 300)
        let role = cells.word("role", or: "person-import.role", words.role)
        let ceiling = cells.word("ceiling", or: "person-import.ceiling", words.secrecy)
        if ceiling != nil, role == nil, !cells.hasProblem("role") {
            cells.complain("ceiling", "person-import.ceiling_alone")
        }
        let invite = cells.word("invite", or: "person-import.invite", ImportCells.answer) ?? false
        // Without a first day something has been said of it.
        return PersonImportRow(
            line: cells.row.line, bad: Set(problems.map(\.field)), name: name, person: person, unit: unit, title: title,
            from: from ?? .beginning, to: to, decision: decision, role: role, ceiling: ceiling ?? .internal,
            isInvited: invite)
    }
}

/// A file of people that has been read.
public struct PersonImportFile: Sendable {
    public let name: String
    public let hash: String
    public let separator: CSVReader.Separator?
    /// False when it could not be read to its end, or has not the columns it needs: nothing of it can be taken.
    public let isReadable: Bool
    /// Rows, good and bad.
    public let count: Int
    /// Those that cannot be taken too, when their cells can be told apart.
    let rows: [PersonImportRow]
    public let problems: ProblemList
}
