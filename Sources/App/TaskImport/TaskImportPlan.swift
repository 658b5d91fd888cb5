import Storage

/// What an import would do: which rows become drafts, and why the others do not. Changes nothing.
struct TaskImportPlan {
    /// One task that is made.
    struct Item {
        let place: Int
        let draft: TaskDraft
        let known: KnownParts
        let leadUnit: String
        /// The place of the row above it, where that is in the file.
        let parent: Int?
        /// What keeps it from being issued.
        let missing: [ClarityPoint]
    }

    let file: TaskImportFile
    private(set) var problems: ProblemList
    /// What can be done all the same, by line.
    private(set) var warnings = ProblemList(cap: TaskImportFile.limit)
    /// Each after the one above it.
    private(set) var items: [Item] = []

    private let store: TaskStore
    private let assigning: ID<OrgUnit>
    private let registry: TaskImportRegistry
    private let people: TaskImportPeople
    private let tree: TaskImportTree
    private var own = ProblemList(cap: TaskImportFile.mostProblems)
    private var refused: Set<Int> = []

    init(_ file: TaskImportFile, _ store: TaskStore, assigning: ID<OrgUnit>) throws {
        self.file = file
        self.store = store
        self.assigning = assigning
        problems = file.problems
        registry = try TaskImportRegistry(store, assigning: assigning)
        people = TaskImportPeople(store)
        tree = TaskImportTree(file)
        guard file.isReadable else { return }
        refused = Set(file.rows.indices.filter { !file.rows[$0].bad.isEmpty })
        for problem in tree.problems {
            refuse(problem.place, problem.column, problem.message.key, problem.message.arguments)
        }
        for place in tree.order { try take(place) }
        for place in file.rows.indices { warn(place) }
        problems = problems.merging(own)
    }

    /// Of a column that could not even be read nothing more is said.
    private mutating func refuse(
        _ place: Int, _ column: String, _ key: String, _ arguments: [String: Message.Argument] = [:]
    ) {
        refused.insert(place)
        if file.rows[place].bad.contains(column) { return }
        own.add(column, key, arguments, line: file.rows[place].line)
    }

    /// As on the page of a draft: what is late before it is issued.
    private mutating func warn(_ place: Int) {
        let row = file.rows[place]
        guard let due = row.draft.deadline?.due, due < store.today, !row.bad.contains("deadline") else { return }
        warnings.add("deadline", "task.gate.past", ["day": .day(due)], line: row.line)
    }

    private mutating func take(_ place: Int) throws {
        let row = file.rows[place]
        var draft = row.draft
        let unit = row.leadUnit.isEmpty ? nil : try registry.unit(row.leadUnit)
        if let unit { draft.leadUnit = unit.uid }
        try name(place, &draft)
        if let unit {
            try namePeople(place, unit, &draft)
        } else {
            // Who could do it is not known without the unit; everything else is.
            refuse(place, "lead_unit", "import.unknown_unit", ImportCells.quoting(row.leadUnit))
        }
        try checkParent(place, &draft)
        guard let known = try known(place, draft), let unit, !refused.contains(place) else { return }
        let clarity = try store.clarity(of: draft, known, assigning: assigning, rules: registry.rules)
        var missing: [ClarityPoint] = []
        for finding in clarity.findings where !missing.contains(finding.point) { missing.append(finding.point) }
        items.append(
            Item(
                place: place, draft: draft, known: known, leadUnit: unit.name, parent: tree.parents[place],
                missing: missing))
    }

    /// Fills in what the row names by words.
    private mutating func name(_ place: Int, _ draft: inout TaskDraft) throws {
        let row = file.rows[place]
        for typed in row.coordinating {
            guard let found = try registry.unit(typed) else {
                refuse(place, "coordinating", "import.unknown_unit", ImportCells.quoting(typed))
                continue
            }
            if !draft.coordinating.contains(found.uid) { draft.coordinating.append(found.uid) }
        }
        draft.document = try document(place)
        draft.pillar = field(place, "pillar", row.pillar, .pillar)
        draft.group = field(place, "task_group", row.group, .group)
        draft.field = ownField(place)
    }

    private mutating func namePeople(_ place: Int, _ unit: UnitRow, _ draft: inout TaskDraft) throws {
        let row = file.rows[place]
        if !row.performer.isEmpty {
            let found = try people.performer(row.performer, in: unit.unit.id)
            draft.performer = office(found, place, "performer", row.performer, unit)
        }
        if !row.leader.isEmpty {
            let found = try people.leader(row.leader, in: unit.unit.id)
            draft.leader = office(found, place, "leader", row.leader, unit)
        }
        if !row.authority.isEmpty {
            let found = try people.leader(row.authority, in: unit.unit.id)
            draft.authority = office(found, place, "authority", row.authority, unit)
        }
    }

    private mutating func office(
        _ found: TaskImportPeople.Found, _ place: Int, _ column: String, _ typed: String, _ unit: UnitRow
    ) -> UID? {
        var words = ImportCells.quoting(typed)
        words["unit"] = .text(unit.name)
        switch found {
        case .office(let uid): return uid
        case .nobody:
            let key = column == "performer" ? "task-import.nobody" : "task-import.nobody_above"
            refuse(place, column, key, words)
        case .several(let names):
            words["names"] = .text(names.prefix(4).joined(separator: " / "))
            refuse(place, column, "task-import.several_people", words)
        }
        return nil
    }

    private mutating func document(_ place: Int) throws -> UID? {
        let typed = file.rows[place].document
        guard !typed.isEmpty else { return nil }
        let found = try registry.documents(typed)
        if found.count == 1 { return found.first }
        refuse(
            place, "document", found.isEmpty ? "task-import.unknown_document" : "document.error.import_several",
            ImportCells.quoting(typed))
        return nil
    }

    private mutating func field(
        _ place: Int, _ column: String, _ typed: String, _ family: WorkField.Family
    ) -> String {
        guard !typed.isEmpty else { return "" }
        if let code = registry.field(typed, family) { return code }
        var words = ImportCells.quoting(typed)
        words["names"] = .text(registry.names(family))
        refuse(place, column, "task-import.unknown_field", words)
        return ""
    }

    private mutating func ownField(_ place: Int) -> UID? {
        let typed = file.rows[place].field
        guard !typed.isEmpty else { return nil }
        if let field = registry.ownField(typed) { return field }
        refuse(place, "field", "task-import.unknown_own_field", ImportCells.quoting(typed))
        return nil
    }

    /// The row above must be taken too, and no chain is longer than the rule of tasks lets it be.
    private mutating func checkParent(_ place: Int, _ draft: inout TaskDraft) throws {
        let row = file.rows[place]
        if let above = tree.parents[place] {
            // Under a cycle no row comes first.
            guard !refused.contains(above), tree.depth(of: place) < .max else {
                let words: [String: Message.Argument] = [
                    "line": .number(file.rows[above].line), "typed": .text(row.parent),
                ]
                if !isTold(place) { refuse(place, "parent", "task-import.parent_refused", words) }
                return
            }
        } else if let uid = UID(parsing: row.parent) {
            draft.parent = uid
        }
        if try depth(of: place) > TaskStore.deepest { refuse(place, "parent", "task.error.too_deep") }
    }

    /// What is wrong with the row above has been said of this row already.
    private func isTold(_ place: Int) -> Bool {
        tree.problems.contains { $0.place == place && $0.column == "parent" }
    }

    /// Tasks above this one, in the file and on record.
    private func depth(of place: Int) throws -> Int {
        let inFile = tree.depth(of: place)
        guard inFile <= TaskStore.deepest else { return inFile }
        var top = place
        while let above = tree.parents[top] { top = above }
        guard let uid = UID(parsing: file.rows[top].parent) else { return inFile }
        return inFile + (try store.depth(of: uid))
    }

    /// The same check as of a form. Nil when the row is refused.
    private mutating func known(_ place: Int, _ draft: TaskDraft) throws -> KnownParts? {
        do {
            let known = try store.check(draft, of: nil, assigning: assigning)
            guard known.secrecy <= registry.ceiling else {
                refuse(place, "secrecy", "task.error.secrecy_above")
                return nil
            }
            return known
        } catch AppError.invalid(let found) {
            for problem in found {
                let column = TaskImportColumns.column(of: problem.field)
                // An unknown unit has been told in the words of the file.
                if problem.message.key == "coverage.error.unit_unknown" { continue }
                refuse(place, column, problem.message.key, problem.message.arguments)
            }
            return nil
        }
    }
}
