import Storage

/// One pass over the rows of an import: documents first, then what each of them names.
struct DocumentImportAttempt {
    let store: DocumentStore
    let now: Instant
    private(set) var problems = ProblemList()
    /// Lines of the rows that cannot be taken.
    private(set) var bad: Set<Int> = []
    private(set) var made: [(line: DocumentImportFile.Line, document: Document)] = []
    private(set) var links = 0
    private(set) var counts: [DocumentType: Int] = [:]
    private(set) var issuers: Set<ID<OrgUnit>> = []

    init(store: DocumentStore, now: Instant) {
        self.store = store
        self.now = now
    }

    mutating func run(_ lines: [DocumentImportFile.Line]) throws {
        for line in lines { try register(line) }
        for entry in made {
            try address(entry.document, entry.line)
            for kind in DocumentLink.Kind.allCases { try link(entry.document, kind, entry.line) }
        }
    }

    private mutating func register(_ line: DocumentImportFile.Line) throws {
        do {
            var form = DocumentForm(Fields(raw: DocumentImportCells.form(line.cells)), store: store)
            let (_, row) = try store.put(try form.registration(), at: now)
            made.append((line, row.document))
            counts[row.document.type, default: 0] += 1
            issuers.insert(row.document.issuer)
        } catch AppError.invalid(let found) {
            for problem in found { refuse(line, problem) }
        }
    }

    private mutating func refuse(_ line: DocumentImportFile.Line, _ problem: Problem) {
        bad.insert(line.line)
        problems.add(Problem(problem.field, problem.message, line: line.line))
    }

    private mutating func refuse(
        _ line: DocumentImportFile.Line, _ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]
    ) {
        refuse(line, Problem(field, Message(key, arguments)))
    }

    private mutating func address(_ document: Document, _ line: DocumentImportFile.Line) throws {
        var units: Set<Int64> = []
        for name in DocumentImportCells.list(line.cells["recipients"]) {
            if document.isReference {
                refuse(line, "recipients", "document.error.reference")
            } else if let unit = try store.units.find(typed: name) {
                units.insert(unit.unit.id.value)
            } else {
                refuse(line, "recipients", "document.error.import_unit", ["typed": .text(name)])
            }
        }
        guard !units.isEmpty else { return }
        try store.insertRecipients(of: document.id, units.sorted())
        try DocumentMap(tx: store.tx).refresh(document.id)
    }

    private mutating func link(
        _ document: Document, _ kind: DocumentLink.Kind, _ line: DocumentImportFile.Line
    ) throws {
        for name in DocumentImportCells.list(line.cells[kind.rawValue]) {
            let found = try store.named(name)
            guard let target = found.first, found.count == 1 else {
                let key = found.isEmpty ? "document.error.import_unknown" : "document.error.import_several"
                refuse(line, kind.rawValue, key, ["typed": .text(name)])
                continue
            }
            var wrong = Validation()
            try store.checkLink(document, kind, to: target.document, field: kind.rawValue, &wrong)
            for problem in wrong.problems { refuse(line, problem) }
            guard wrong.isEmpty else { continue }
            try store.insertLink(document.id, kind, to: target.document.id)
            links += 1
        }
    }
}

/// The cells of a row as the form of a registration has them.
enum DocumentImportCells {
    /// What stands between semicolons.
    static func list(_ cell: String?) -> [String] {
        (cell ?? "").split(separator: ";").compactMap { CleanText.line(String($0)) }.filter { !$0.isEmpty }
    }

    static func form(_ cells: [String: String]) -> [String: String] {
        var form = cells
        form["type"] = type(cells)
        form["aliases"] = list(cells["aliases"]).joined(separator: "\n")
        let capacity = cells["capacity"] ?? ""
        form["capacity"] = capacity.hasSuffix(".") ? String(capacity.dropLast()) : capacity
        // Links are made when all rows are in.
        form["implements"] = nil
        return form
    }

    /// The word, an abbreviation (`KH`), or nothing where the number says it.
    private static func type(_ cells: [String: String]) -> String {
        let typed = (CleanText.line(cells["type"] ?? "") ?? "")
        let number = try? DocumentNumber(parsing: cells["sign"] ?? "")
        if typed.isEmpty { return number?.type?.rawValue ?? "" }
        if DocumentType(rawValue: typed) != nil { return typed }
        let system: DocumentSystem = number?.grammar == .party ? .party : .state
        return DocumentType(abbreviation: typed, in: system)?.rawValue ?? typed
    }
}
