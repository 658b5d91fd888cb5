/// Reads what a form or a JSON body says of a gap. The same fields, the same checks, the same words for both.
struct GapForm {
    var fields: Fields
    let store: GapStore
    /// The gap that is changed; nil of a new one.
    let gap: Gap?

    init(_ fields: Fields, store: GapStore, of gap: Gap? = nil) {
        self.fields = fields
        self.store = store
        self.gap = gap
    }

    mutating func draft() throws -> GapDraft {
        let title = fields.line("title", max: 300)
        let type: DocumentType? = fields.choice("type")
        let owner = try unit("owner", required: true)
        let due = fields.day("due_on")
        let office = try owner.flatMap { try self.office(in: $0) }
        let basis = try document("basis", required: false)
        let paragraph = fields.line("paragraph", max: 60, required: false)
        let reason = fields.paragraphs("reason", max: 2_000)
        let blocks = fields.paragraphs("blocks", max: 2_000)
        let units = try lines("blocked_units", unknown: "coverage.error.unit_unknown") {
            try $0.units.find(typed: $1)?.uid
        }
        let documents = try lines("blocked_documents", unknown: "document.error.unknown") {
            try $0.documents.find(typed: $1)?.uid
        }
        let tasks = try lines("blocked_tasks", unknown: "gap.error.task_unknown") {
            try $0.tasks.find(typed: $1)?.uid
        }
        try fields.problems.check()
        guard let type, let owner, let due else { throw AppError.invalid([Problem("owner", "field.missing")]) }
        var draft = GapDraft(title: title, type: type, owner: owner, due: due)
        (draft.office, draft.basis, draft.paragraph) = (office, basis, paragraph)
        (draft.reason, draft.blocks) = (reason, blocks)
        (draft.blockedUnits, draft.blockedDocuments, draft.blockedTasks) = (units, documents, tasks)
        return draft
    }

    /// `known` is the decision when something else than a field says which.
    mutating func decision(_ known: GapDecision.Name? = nil) throws -> GapDecision {
        let name = known ?? fields.choice("decision")
        let needsDocument = name == .draft || name == .close
        let document = needsDocument ? try document("document", required: true) : nil
        let reason = fields.line("reason", max: 1_000, required: name == .drop || name == .reopen)
        try fields.problems.check()
        switch (name, document) {
        case (.draft?, let document?): return .draft(document)
        case (.close?, let document?): return .close(by: document)
        case (.drop?, _): return .drop(reason: reason)
        case (.reopen?, _): return .reopen(reason: reason)
        default: throw AppError.invalid([Problem("decision", "field.missing")])
        }
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    private mutating func unit(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, required: required)
        guard !typed.isEmpty else { return nil }
        if let found = try store.units.find(typed: typed) { return found.uid }
        fields.problems.add(name, "coverage.error.unit_unknown")
        return nil
    }

    private mutating func office(in owner: UID) throws -> UID? {
        let typed = fields.line("office", max: 500, required: false)
        guard !typed.isEmpty else { return nil }
        if let uid = UID(parsing: typed) { return uid }
        let found = GapOffice.named(typed, in: try store.offices(in: owner, or: gap?.office))
        if found.count == 1 { return found.first?.uid }
        fields.problems.add("office", found.isEmpty ? "gap.error.office_unknown" : "gap.error.office_several")
        return nil
    }

    private mutating func document(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, max: 1_000, required: required)
        guard !typed.isEmpty else { return nil }
        if let found = try store.documents.find(typed: typed) { return found.uid }
        fields.problems.add(name, "document.error.unknown")
        return nil
    }

    /// One name a line; each line that names nothing is told by its number.
    private mutating func lines(
        _ name: String, unknown key: String, _ find: (GapStore, String) throws -> UID?
    ) throws -> [UID] {
        let text = fields.paragraphs(name, max: 20_000)
        var uids: [UID] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let typed = CleanText.line(String(line)) ?? ""
            guard !typed.isEmpty, uids.count <= GapDraft.blockedLimit else { continue }
            if let found = try find(store, typed) {
                if !uids.contains(found) { uids.append(found) }
            } else if fields.problems.problems.count < 20 {
                fields.problems.add(Problem(name, Message(key), line: index + 1))
            }
        }
        return uids
    }
}
