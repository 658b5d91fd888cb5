/// Reads what a form or a JSON body says of a breakdown. What it does not say of the parts is as in the task itself.
struct TaskBreakdownForm {
    var fields: Fields
    let store: TaskStore

    /// The fields that the parts have in common.
    static let template = [
        "title", "description", "deadline_kind", "deadline", "deadline_words", "review_on", "start_on", "weight",
        "priority", "task_group", "pillar", "field", "tags", "secrecy", "document", "paragraph", "is_key",
    ]
    /// Before the unit's name: a unit that is to have a part, its value the offices that were shown beside it.
    static let taken = "take."
    /// The units were ticked one by one.
    static let picked = "picked"

    /// `base`: the task as its own form shows it.
    init(_ typed: Fields, over base: Fields, store: TaskStore) {
        self.store = store
        var raw = typed.raw
        for name in TaskBreakdownForm.template where raw[name] == nil { raw[name] = base.raw[name] }
        if !raw.keys.contains(where: { $0.hasPrefix("products.") }) {
            raw.merge(base.raw.filter { $0.key.hasPrefix("products.") }) { typed, _ in typed }
        }
        for name in ["lead_unit", "authority"] { raw[name] = base.raw[name] }
        fields = Fields(raw: raw)
        for problem in typed.problems.problems { fields.problems.add(problem) }
    }

    /// For programs and the command line: a part of which no weight is said weighs one, as in the form.
    static func weighed(_ typed: Fields) -> Fields {
        guard typed["weight"].isEmpty else { return typed }
        var weighed = Fields(raw: typed.raw.merging(["weight": "1"]) { $1 })
        for problem in typed.problems.problems { weighed.problems.add(problem) }
        return weighed
    }

    /// What the form is filled with first: the task itself, weighing one.
    static func first(_ base: Fields, below place: String) -> Fields {
        var raw = base.raw.filter { template.contains($0.key) || $0.key.hasPrefix("products.") }
        raw["weight"] = "1"
        raw["audience"] = RequirementAudience.Name.communes.rawValue
        raw["performer_rule"] = Role.focal.rawValue
        raw["leader_rule"] = Role.leader.rawValue
        raw["base"] = place
        raw["version"] = base["version"]
        return Fields(raw: raw)
    }

    var isIssued: Bool { ["1", "true"].contains(fields["issue"]) }

    mutating func breakdown() throws -> TaskBreakdown {
        var form = TaskForm(fields, store: store)
        let template = try form.draft()
        if let chosen = try chosenParts() {
            return TaskBreakdown(template: template, parts: chosen, isIssued: isIssued)
        }
        var breakdown = TaskBreakdown(template: template, parts: try ruledParts(), isIssued: isIssued)
        breakdown.passesOver = true
        return breakdown
    }

    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    /// Those that were ticked on the page of the preview, with the people who were shown there.
    private mutating func chosenParts() throws -> [TaskBreakdown.Part]? {
        if fields.raw["parts.0.unit"] != nil { return try listedParts() }
        guard !fields[TaskBreakdownForm.picked].isEmpty else { return nil }
        var parts: [TaskBreakdown.Part] = []
        for name in fields.raw.keys.sorted() where name.hasPrefix(TaskBreakdownForm.taken) {
            guard let unit = UID(parsing: String(name.dropFirst(TaskBreakdownForm.taken.count))) else {
                throw AppError.invalid([Problem("units", "field.unknown")])
            }
            let people = fields[name].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            parts.append(
                TaskBreakdown.Part(
                    unit: unit, performer: people.first.flatMap(UID.init(parsing:)),
                    leader: people.dropFirst().first.flatMap(UID.init(parsing:))))
        }
        if parts.isEmpty { throw AppError.invalid([Problem("units", "task.breakdown.error.nobody")]) }
        return parts
    }

    /// `parts.0.unit` and so on, of a JSON body.
    private mutating func listedParts() throws -> [TaskBreakdown.Part] {
        var parts: [TaskBreakdown.Part] = []
        while fields.raw["parts.\(parts.count).unit"] != nil {
            let place = "parts.\(parts.count)"
            guard let unit = fields.uid("\(place).unit") else { break }
            parts.append(
                TaskBreakdown.Part(
                    unit: unit, performer: fields.uid("\(place).performer", required: false),
                    leader: fields.uid("\(place).leader", required: false)))
        }
        try fields.problems.check()
        return parts
    }

    private mutating func ruledParts() throws -> [TaskBreakdown.Part] {
        let coverage = CoverageStore(tx: store.tx, viewer: store.viewer, today: store.today)
        var audience = RequirementForm(fields, store: coverage)
        let wanted = try audience.audience()
        let performer = rule("performer", or: .focal), leader = rule("leader", or: .leader)
        let except = try self.except()
        try fields.problems.check()
        var found = Validation()
        let places = try store.places(wanted, except: except, &found)
        try found.check()
        return try store.parts(in: places, performer: performer, leader: leader)
    }

    private mutating func rule(_ name: String, or usual: Role) -> TaskBreakdown.Rule {
        let typed = fields.line("\(name)_rule", max: 30, required: false)
        if typed == "title" { return .title(fields.line("\(name)_title", max: 100)) }
        if typed.isEmpty { return .role(usual) }
        guard let role = Role(rawValue: typed) else {
            fields.problems.add("\(name)_rule", "field.choice", ["typed": .text(typed)])
            return .role(usual)
        }
        return .role(role)
    }

    /// One unit a line that is to have no part.
    private mutating func except() throws -> Set<UID> {
        let text = fields.paragraphs("except", max: 40_000)
        var uids: Set<UID> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let typed = CleanText.line(String(line)) ?? ""
            guard !typed.isEmpty, uids.count <= TaskBulk.limit else { continue }
            if let found = try store.units.find(typed: typed) {
                uids.insert(found.uid)
            } else {
                fields.problems.add(Problem("except", Message("coverage.error.unit_unknown"), line: index + 1))
            }
        }
        return uids
    }
}
