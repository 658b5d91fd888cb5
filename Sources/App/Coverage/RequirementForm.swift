/// Reads what a form or a JSON body says of a requirement. The same fields, the same checks, the same words for both.
struct RequirementForm {
    var fields: Fields
    let store: CoverageStore

    init(_ fields: Fields, store: CoverageStore) {
        self.fields = fields
        self.store = store
    }

    mutating func draft(of document: UID) throws -> RequirementDraft {
        let type: DocumentType? = fields.choice("type")
        let due = fields.day("due_on")
        let owner = try unit("owner")
        let title = fields.line("title", required: false)
        let paragraph = fields.line("paragraph", max: 60, required: false)
        let audience = try audienceOrNil()
        try fields.problems.check()
        guard let type, let due, let audience else { throw AppError.invalid([Problem("type", "field.missing")]) }
        var draft = RequirementDraft(document: document, type: type, due: due, audience: audience)
        draft.owner = owner
        draft.title = title
        draft.paragraph = paragraph
        return draft
    }

    mutating func change(of row: RequirementRow) throws -> RequirementChange {
        let change = RequirementChange(
            title: fields.line("title", required: false), paragraph: fields.line("paragraph", max: 60, required: false),
            due: fields.day("due_on") ?? row.requirement.due,
            reason: fields.line("reason", max: 1_000, required: false))
        try fields.problems.check()
        return change
    }

    mutating func audience() throws -> RequirementAudience {
        let audience = try audienceOrNil()
        try fields.problems.check()
        guard let audience else { throw AppError.invalid([Problem("audience", "field.missing")]) }
        return audience
    }

    /// What is decided of a duty, with its reason; of a fulfilment also the document. `known` is the decision when
    /// something else than a field says which.
    mutating func decision(_ known: DutyDecision.Name? = nil) throws -> DutyDecision {
        let name = known ?? fields.choice("decision")
        let document = name == .fulfil ? try document() : nil
        let reason = reasonLine()
        try fields.problems.check()
        switch name {
        case .fulfil:
            guard let document else { throw AppError.invalid([Problem("document", "field.missing")]) }
            return .fulfil(by: document, reason: reason)
        case .reopen: return .reopen(reason: reason)
        case .waive: return .waive(reason: reason)
        case .unwaive: return .unwaive(reason: reason)
        case .release: return .release(reason: reason)
        case nil: throw AppError.invalid([Problem("decision", "field.missing")])
        }
    }

    /// Whose duty is decided of, by uid, code or name. Throws every problem that the fields have when it is unknown.
    mutating func dutyUnit() throws -> UID {
        if fields["unit"].isEmpty { fields.problems.add("unit", "field.missing") }
        let found = try unit("unit")
        try fields.problems.check()
        guard let found else { throw AppError.notFound }
        return found
    }

    private mutating func document() throws -> UID? {
        let typed = fields.line("document", max: 1_000)
        guard !typed.isEmpty else { return nil }
        if let found = try store.documents.find(typed: typed) { return found.uid }
        fields.problems.add("document", "document.error.unknown")
        return nil
    }

    mutating func reason() throws -> String {
        let reason = reasonLine()
        try fields.problems.check()
        return reason
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    private mutating func reasonLine() -> String { fields.line("reason", max: 1_000) }

    private mutating func audienceOrNil() throws -> RequirementAudience? {
        let name: RequirementAudience.Name? = fields.choice("audience")
        switch name {
        case nil: return nil
        case .units: return try unitLines().map { .units($0) }
        case .communes: return try base().map { .communes(below: $0) }
        case .provinces: return try base().map { .provinces(below: $0) }
        case .kind:
            let kind: UnitKind? = fields.choice("kind")
            let base = try base()
            guard let kind, let base else { return nil }
            return .kind(kind, below: base)
        }
    }

    private mutating func base() throws -> UID? {
        let typed = fields.line("base")
        return typed.isEmpty ? nil : try unit("base")
    }

    private mutating func unit(_ name: String) throws -> UID? {
        let typed = fields.line(name, required: false)
        guard !typed.isEmpty else { return nil }
        if let found = try store.units.find(typed: typed) { return found.uid }
        fields.problems.add(name, "coverage.error.unit_unknown")
        return nil
    }

    /// One unit a line: its name, code or uid. Each line that names none is told by its number.
    private mutating func unitLines() throws -> [UID]? {
        let text = fields.paragraphs("units", max: 400_000, required: true)
        guard !text.isEmpty else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            CleanText.line(String($0)) ?? ""
        }
        let known = try store.units.known(lines.compactMap(UID.init(parsing:)))
        var uids: [UID] = [], taken: Set<UID> = []
        for (index, typed) in lines.enumerated() where !typed.isEmpty {
            if let uid = try unit(typed: typed, known) {
                if taken.insert(uid).inserted { uids.append(uid) }
            } else if fields.problems.problems.count < 20 {
                fields.problems.add(Problem("units", "coverage.error.unit_unknown", line: index + 1))
            }
        }
        return uids
    }

    /// Those named by their uid were looked up together.
    private func unit(typed: String, _ known: Set<UID>) throws -> UID? {
        if let uid = UID(parsing: typed) { return known.contains(uid) ? uid : nil }
        return try store.units.find(typed: typed)?.uid
    }
}
