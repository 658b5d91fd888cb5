/// Reads what a form or a JSON body says of a committee. The same fields, the same checks, the same words for both.
struct CommitteeForm {
    var fields: Fields
    let store: CommitteeStore

    init(_ fields: Fields, store: CommitteeStore) {
        self.fields = fields
        self.store = store
    }

    mutating func draft() throws -> CommitteeDraft {
        let unit = try unit("unit", required: false)
        let hasBody = !fields["unit"].isEmpty
        let host = try self.unit("host", required: !hasBody)
        let name = fields.line("name", required: !hasBody)
        let english = fields.line("name_en", required: false)
        let secrecy = secrecy(required: !hasBody)
        let programme = fields.line("programme")
        let from = fields.day("from")
        let decision = fields.line("decision", max: 300)
        let source = source("")
        try fields.problems.check()
        let body: CommitteeDraft.Body? =
            unit.map { .existing($0) } ?? host.map { .new(host: $0, name: name, english: english, secrecy: secrecy) }
        guard let body, let from else { throw AppError.invalid([Problem("host", "field.missing")]) }
        return CommitteeDraft(body: body, programme: programme, from: from, decision: decision, source: source)
    }

    mutating func seat() throws -> SeatDraft {
        let from = fields.day("from"), to = fields.day("to", required: false)
        let decision = fields.line("decision", max: 300)
        let draft = seat("", from: from ?? store.today, to: to ?? .never, decision: decision)
        try fields.problems.check()
        return draft
    }

    mutating func end() throws -> CommitteeEnd {
        let end = CommitteeEnd(
            from: fields.day("from") ?? store.today, decision: fields.line("decision", max: 300))
        try fields.problems.check()
        return end
    }

    mutating func organ() throws -> OrganDraft {
        let kind = fields.choice("kind", of: OrganKind.self)
        let unit = try unit("unit", required: false)
        let name = fields.line("name", required: fields["unit"].isEmpty)
        let draft = OrganDraft(
            kind: kind ?? .supportTeam, unit: unit, name: name, from: fields.day("from") ?? store.today,
            to: fields.day("to", required: false) ?? .never, decision: fields.line("decision", max: 300),
            source: source(""))
        try fields.problems.check()
        return draft
    }

    mutating func paper() throws -> PaperDraft {
        let item = fields.choice("item", of: SetupItem.self)
        let draft = PaperDraft(
            item: item ?? .decision, reference: fields.line("reference", max: 300),
            from: fields.day("from") ?? store.today, to: fields.day("to", required: false) ?? .never,
            source: source(""))
        try fields.problems.check()
        return draft
    }

    /// Changes by the uid of the seat, as the page sends them (`seat.UID`) or as a list (`seats.0.seat`,
    /// `seats.0.position`); additions as a list; lines of it that are left empty do not count.
    mutating func consolidation() throws -> Consolidation {
        var asked = Consolidation(
            from: fields.day("from") ?? store.today, decision: fields.line("decision", max: 300))
        for name in fields.raw.keys.filter({ $0.hasPrefix("seat.") }).sorted() where !fields[name].isEmpty {
            if let change = change(name) { asked.changes[try uid(String(name.dropFirst(5)))] = change }
        }
        for prefix in lines("seats") {
            let seat = fields.uid(prefix + "seat")
            if let seat, let change = change(prefix + "position") { asked.changes[seat] = change }
        }
        for prefix in lines("additions") {
            asked.additions.append(seat(prefix, from: asked.from, to: .never, decision: asked.decision))
        }
        try fields.problems.check()
        return asked
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    /// Most rows that a list of a form may have.
    static let longest = 60

    /// The beginnings `additions.0.` … of the lines in which anything stands.
    private func lines(_ list: String) -> [String] {
        (0..<CommitteeForm.longest).map { "\(list).\($0)." }.filter { prefix in
            fields.raw.contains { $0.key.hasPrefix(prefix) && !$0.value.isEmpty }
        }
    }

    private mutating func seat(_ prefix: String, from: Day, to: Day, decision: String) -> SeatDraft {
        var draft = SeatDraft(
            position: fields.choice(prefix + "position", of: SeatPosition.self) ?? .member,
            title: fields.line(prefix + "title"), person: fields.line(prefix + "person", required: false),
            office: fields.line(prefix + "office", required: false), from: from, to: to, decision: decision,
            source: source(prefix))
        draft.prefix = prefix
        return draft
    }

    private mutating func change(_ name: String) -> Consolidation.SeatChange? {
        let typed = fields.line(name, max: 60)
        if typed == "leaves" { return .leaves }
        if typed == "stays" { return nil }
        if let position = SeatPosition(rawValue: typed) { return .becomes(position) }
        if !typed.isEmpty { fields.problems.add(name, "field.choice", ["typed": .text(typed)]) }
        return nil
    }

    private func uid(_ text: String) throws(AppError) -> UID {
        guard let uid = UID(parsing: text) else { throw .invalid([Problem("seat." + text, "field.unknown")]) }
        return uid
    }

    private mutating func source(_ prefix: String) -> CommitteeSource {
        CommitteeSource(
            article: fields.line(prefix + "article", required: false),
            quote: fields.paragraphs(prefix + "quote", max: 2_000))
    }

    private mutating func secrecy(required: Bool) -> Secrecy {
        let name = fields.line("secrecy", max: 20, required: required)
        if let secrecy = Secrecy(name: name) { return secrecy }
        if !name.isEmpty { fields.problems.add("secrecy", "field.choice", ["typed": .text(name)]) }
        return .internal
    }

    private mutating func unit(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, required: required)
        guard !typed.isEmpty else { return nil }
        if let found = try store.units.find(typed: typed) { return found.uid }
        fields.problems.add(name, "unit.error.parent_unknown")
        return nil
    }
}
