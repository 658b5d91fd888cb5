/// One task as a row of the file describes it: clean, but not yet compared with other rows and the database.
struct TaskImportRow: Sendable {
    let line: Int
    /// Columns of which something is said already: the row is not taken, and what else is wrong with it is told too.
    let bad: Set<String>
    /// By which other rows name this one; empty for a row that none hangs on.
    let key: String
    /// A key of this file, or the uid of a task on record.
    let parent: String
    let leadUnit: String
    let coordinating: [String]
    let performer: String
    let leader: String
    let authority: String
    let document: String
    let pillar: String
    let group: String
    /// A field of a committee of the assigning unit.
    let field: String
    /// The fields that need no look at the database. Its unit is none yet.
    let draft: TaskDraft
}

/// Reads the cells of one row; collects all its problems.
struct TaskRowParser {
    private var cells: ImportCells
    private let words: TaskImportWords
    private(set) var key = ""

    init(header: CSVHeader, row: CSVReader.Row, words: TaskImportWords) {
        cells = ImportCells(header: header, row: row)
        self.words = words
    }

    var problems: [Problem] { cells.problems }

    mutating func parse() -> TaskImportRow {
        refuseFormulas()
        key = cells.text("key", max: 60)
        let parent = cells.text("parent", max: 60)
        if !key.isEmpty, key == parent { cells.complain("parent", "task-import.own_parent") }
        let draft = draft()
        let lead = cells.text("lead_unit", max: 200, isRequired: true), coordinating = list("coordinating")
        let performer = cells.text("performer", max: 400), leader = cells.text("leader", max: 400)
        let authority = cells.text("authority", max: 400), document = cells.text("document", max: 1_000)
        let pillar = cells.text("pillar", max: 200), group = cells.text("task_group", max: 200)
        let field = cells.text("field", max: 200)
        return TaskImportRow(
            line: cells.row.line, bad: Set(problems.map(\.field)), key: key, parent: parent, leadUnit: lead,
            coordinating: coordinating, performer: performer, leader: leader, authority: authority,
            document: document, pillar: pillar, group: group, field: field, draft: draft)
    }

    /// The text of a formula is not its value. One that is meant as text has the apostrophe of our exports.
    private mutating func refuseFormulas() {
        for column in TaskImportColumns.all where cells.header.cell(column, of: cells.row).hasPrefix("=") {
            cells.complain(column, "task-import.formula")
        }
    }

    private mutating func draft() -> TaskDraft {
        var draft = TaskDraft(
            title: cells.text("title", max: 300, isRequired: true), leadUnit: UID.new(at: Instant(milliseconds: 0)))
        draft.description = cells.paragraphs("description", max: 4_000)
        draft.paragraph = cells.text("paragraph", max: 60)
        draft.priority = cells.word("priority", or: "task-import.priority", words.priority) ?? .normal
        draft.isKey = cells.word("is_key", or: "task-import.answer", ImportCells.answer) ?? false
        draft.secrecy = cells.word("secrecy", or: "task-import.secrecy", words.secrecy) ?? .internal
        draft.start = cells.day("start_on")
        draft.weight = cells.whole("weight", in: TaskDraft.weights) ?? 1
        draft.deadline = deadline(draft.start)
        draft.tags = tags()
        draft.products = (1...TaskImportColumns.productCount).compactMap { product(TaskImportColumns.product($0)) }
        return draft
    }

    private mutating func deadline(_ start: Day?) -> Deadline? {
        let typed = cells.text("deadline", max: 400)
        guard !typed.isEmpty, !cells.hasProblem("deadline") else { return nil }
        var found = Validation()
        let deadline = TaskImportWords.deadline(typed, start: start, &found)
        for problem in found.problems { cells.complain("deadline", problem.message.key, problem.message.arguments) }
        return deadline
    }

    /// As the form reads them, so that what an export wrote comes back.
    private mutating func tags() -> [String] {
        var found = Validation()
        let tags = TaskTags.read(cells.paragraphs("tags", max: 1_000), &found)
        for problem in found.problems { cells.complain("tags", problem.message.key, problem.message.arguments) }
        return tags
    }

    private mutating func product(_ columns: [String]) -> TaskProduct? {
        guard let name = columns.first, let criterion = columns.last, columns.count == 3 else { return nil }
        let product = TaskProduct(
            name: cells.text(name, max: 300), kind: cells.word(columns[1], or: "task-import.product_kind", words.kind),
            criterion: cells.paragraphs(criterion, max: 1_000))
        if product.name.isEmpty, product.criterion.isEmpty, product.kind == nil { return nil }
        if product.name.isEmpty { cells.complain(name, "import.missing", ["column": .text(name)]) }
        return product
    }

    /// What stands between semicolons, each once.
    private mutating func list(_ column: String) -> [String] {
        let typed = cells.text(column, max: 20_000)
        var list: [String] = []
        for part in typed.split(separator: ";") {
            guard let name = CleanText.line(String(part)), !name.isEmpty, !list.contains(name) else { continue }
            list.append(name)
        }
        if list.count > TaskDraft.coordinatingLimit {
            cells.complain(column, "gap.error.too_many", ["max": .number(TaskDraft.coordinatingLimit)])
        }
        return list
    }
}
