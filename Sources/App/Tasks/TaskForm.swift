/// Reads what a form or a JSON body says of a task. The same fields, the same checks, the same words for both.
struct TaskForm {
    var fields: Fields
    let store: TaskStore

    init(_ fields: Fields, store: TaskStore) {
        self.fields = TaskForm.plain(fields)
        self.store = store
    }

    mutating func draft() throws -> TaskDraft {
        let title = fields.line("title", max: 300)
        let lead = try unit("lead_unit")
        let start = fields.day("start_on", required: false)
        var draft = TaskDraft(title: title, leadUnit: lead ?? UID.new(at: Instant(milliseconds: 0)))
        draft.description = fields.paragraphs("description", max: 4_000)
        draft.coordinating = try lines("coordinating")
        draft.performer = fields.uid("performer", required: false)
        draft.leader = fields.uid("leader", required: false)
        draft.authority = fields.uid("authority", required: false)
        draft.document = try document()
        draft.paragraph = fields.line("paragraph", max: 60, required: false)
        draft.parent = try parent()
        draft.priority = fields.choice("priority", required: false) ?? .normal
        draft.isKey = isTrue("is_key")
        draft.pillar = fields.line("pillar", max: 60, required: false)
        draft.group = fields.line("task_group", max: 60, required: false)
        draft.field = fields.uid("field", required: false)
        draft.tags = TaskTags.read(fields.paragraphs("tags", max: 1_000), &fields.problems)
        draft.secrecy = secrecy()
        draft.start = start
        draft.weight = fields.integer("weight", in: TaskDraft.weights, required: false) ?? 1
        draft.products = products()
        draft.deadline = deadline(start)
        try fields.problems.check()
        return draft
    }

    /// Nothing typed is no deadline yet, which only a draft may be without.
    private mutating func deadline(_ start: Day?) -> Deadline? {
        let choice: DeadlineDraft.Choice = fields.choice(Deadline.Field.choice, required: false) ?? .date
        let date = fields.line(Deadline.Field.date, max: 40, required: false)
        let words = fields.line(Deadline.Field.words, max: 300, required: false)
        let review = fields.day(Deadline.Field.review, required: false)
        if choice == .date, date.isEmpty { return nil }
        return DeadlineDraft(choice, date: date, words: words, reviewOn: review).read(start: start, &fields.problems)
    }

    private mutating func products() -> [TaskProduct] {
        var products: [TaskProduct] = []
        for index in 0..<TaskProduct.limit {
            let name = fields.line("products.\(index).name", max: 300, required: false)
            let kind: TaskProduct.Kind? = fields.choice("products.\(index).kind", required: false)
            let criterion = fields.paragraphs("products.\(index).criterion", max: 1_000)
            if name.isEmpty, criterion.isEmpty, kind == nil { continue }
            products.append(TaskProduct(name: name, kind: kind, criterion: criterion))
        }
        return products
    }

    /// A ticked box, or `true` of a JSON body.
    private mutating func isTrue(_ name: String) -> Bool {
        ["1", "true"].contains(fields.line(name, max: 5, required: false))
    }

    private mutating func secrecy() -> Secrecy {
        let typed = fields.line("secrecy", max: 20, required: false)
        if typed.isEmpty { return .internal }
        if let secrecy = Secrecy(name: typed) { return secrecy }
        fields.problems.add("secrecy", "field.choice", ["typed": .text(typed)])
        return .internal
    }

    private mutating func unit(_ name: String) throws -> UID? {
        let typed = fields.line(name)
        guard !typed.isEmpty else { return nil }
        if let found = try store.units.find(typed: typed) { return found.uid }
        fields.problems.add(name, "coverage.error.unit_unknown")
        return nil
    }

    private mutating func document() throws -> UID? {
        let typed = fields.line("document", max: 1_000, required: false)
        guard !typed.isEmpty else { return nil }
        if let found = try store.documents.find(typed: typed) { return found.uid }
        fields.problems.add("document", "document.error.unknown")
        return nil
    }

    /// Of which task it is a part, typed as ``TaskStore/find(typed:)`` reads it.
    private mutating func parent() throws -> UID? {
        let typed = fields.line("parent", max: 1_000, required: false)
        guard !typed.isEmpty else { return nil }
        if let found = try store.find(typed: typed) { return found.uid }
        fields.problems.add("parent", "task.error.parent_unknown")
        return nil
    }

    /// One unit a line; each line that names none is told by its number.
    private mutating func lines(_ name: String) throws -> [UID] {
        let text = fields.paragraphs(name, max: 20_000)
        var uids: [UID] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let typed = CleanText.line(String(line)) ?? ""
            guard !typed.isEmpty, uids.count <= TaskDraft.coordinatingLimit else { continue }
            if let found = try store.units.find(typed: typed) {
                if !uids.contains(found.uid) { uids.append(found.uid) }
            } else if fields.problems.problems.count < 20 {
                fields.problems.add(Problem(name, Message("coverage.error.unit_unknown"), line: index + 1))
            }
        }
        return uids
    }

    // MARK: - Acts

    // What is said with an act, as far as it can be read. What cannot stays among the problems of the fields, which the
    // store is given too: so that somebody hears of everything at once, whoever finds it.

    mutating func report(_ act: TaskWorkflow.Act) -> TaskReport {
        var report = TaskReport(text: fields.paragraphs("text", max: 4_000))
        if act == .progress { report.percent = fields.integer("percent", in: TaskProgress.range) }
        let name = fields.line("evidence_name", max: 200, required: false)
        let url = fields.line("evidence_url", max: 1_000, required: false)
        if !url.isEmpty { report.evidence = TaskEvidence(name: name.isEmpty ? url : name, url: url) }
        if act == .declare { report.resubmits = isTrue("resubmits") }
        if act.restarts { report.renewal = renewal(act) }
        if url.isEmpty, !name.isEmpty { fields.problems.add("evidence_url", "task.error.evidence_url") }
        return report
    }

    private mutating func renewal(_ act: TaskWorkflow.Act) -> TaskRenewal {
        var renewal = TaskRenewal(deadline: deadline(nil))
        guard act == .reopen else { return renewal }
        renewal.performer = fields.uid("performer", required: false)
        renewal.leader = fields.uid("leader", required: false)
        return renewal
    }

    mutating func reassignment() -> TaskReassignment {
        let office = fields.uid("office")
        return TaskReassignment(office: office, reason: fields.paragraphs("reason", max: 2_000, required: true))
    }

    mutating func extensionAsked() -> (to: Day?, reason: String) {
        let day = fields.day("to")
        return (day, fields.paragraphs("reason", max: 2_000, required: true))
    }

    mutating func extensionDecided() throws -> (decision: TaskExtension.Decision, answer: String) {
        let decision: TaskExtension.Decision? = fields.choice("decision")
        let answer = fields.paragraphs("answer", max: 2_000)
        if let decision, !TaskExtension.Decision.choices.contains(decision) {
            fields.problems.add("decision", "field.choice", ["typed": .text(decision.rawValue)])
        }
        try fields.problems.check()
        guard let decision else { throw AppError.invalid([Problem("decision", "field.missing")]) }
        return (decision, answer)
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }
}

extension TaskWorkflow.Act {
    /// What the act makes, as URLs name it.
    var resource: String {
        switch self {
        case .issue: "issue"
        case .accept: "acceptance"
        case .refuse: "refusal"
        case .progress: "progress"
        case .declare: "declaration"
        case .verify: "verification"
        case .return: "return"
        case .close: "closure"
        case .pause: "pause"
        case .resume: "resumption"
        case .cancel: "cancellation"
        case .reopen: "reopening"
        }
    }

    /// Something is said with it, so that it has a page of its own.
    var hasForm: Bool { needsReason || showsEvidence || restarts }

    /// Brings the task nearer to its end: what stops or ends it is never the step that a page puts forward.
    var leadsOn: Bool { ![.refuse, .pause, .cancel, .reopen].contains(self) }

    /// The unit shows what it has done, with links and files.
    var showsEvidence: Bool { self == .progress || self == .declare }
}
