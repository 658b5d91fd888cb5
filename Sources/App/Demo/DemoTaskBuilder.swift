import Storage

/// Plays the tasks of the demonstration: each act by whoever did it, in their office, on its day.
struct DemoTaskBuilder {
    let tx: Transaction
    let today: Day
    let now: Instant
    let papers: [String: Document]
    let offices: [String: Office]
    private var places: DemoPlaces
    private var made: [String: UID] = [:]
    /// By how many days everything is told later.
    private var shift = 0

    init(papers: DemoPaperBuilder, offices: [String: Office], places: DemoPlaces) {
        (tx, today, now) = (papers.tx, papers.today, papers.now)
        self.papers = papers.made
        self.offices = offices
        self.places = places
    }

    mutating func build(_ tasks: DemoTasks) throws {
        let told = try demoWord(tasks.today, Day.init(parsing:))
        shift = (today.number - told.number) / 7 * 7
        for entry in tasks.tasks { try play(entry) }
    }

    private mutating func play(_ entry: DemoTasks.Entry) throws {
        let first = try entry.story.first.map { try day($0.on) } ?? today
        let assigner = try office(entry.assigner)
        let task = try store(assigner, on: first).create(
            try draft(entry), assigning: assigner.unit, at: moment(first, 0)
        ).uid
        made[entry.key] = task
        for (index, step) in entry.story.enumerated() { try play(step, index + 1, of: task) }
    }

    private func play(_ step: DemoTasks.Step, _ index: Int, of task: UID) throws {
        let on = try day(step.on)
        let store = try store(try office(step.by), on: on), now = moment(on, index)
        switch step.act {
        case "extend_ask":
            _ = try store.askExtension(
                task, to: try day(step.until ?? ""), reason: step.text, seen: nil, at: now)
        case "extend_grant", "extend_refuse":
            guard let asked = try store.detail(task).extensions.first(where: { $0.decision == nil }) else {
                throw StartError("The demonstration decides on an extension that nobody asked for.")
            }
            let decision: TaskExtension.Decision = step.act == "extend_grant" ? .granted : .refused
            _ = try store.decideExtension(asked.uid, of: task, decision, answer: step.text, seen: nil, at: now)
        default:
            let evidence = step.evidence.map { TaskEvidence(name: $0.name, url: $0.url) }
            _ = try store.act(
                try demoWord(step.act, TaskWorkflow.Act.init(rawValue:)), task,
                TaskReport(text: step.text, percent: step.percent, evidence: evidence), seen: nil, at: now)
        }
    }

    /// As the holder of the office would, with the rights of that day's office.
    private func store(_ office: Office, on day: Day) throws -> TaskStore {
        let viewer = try ViewerStore(tx: tx).viewer(
            person: office.person, office: office.id, delegation: nil, today: day)
        var store = TaskStore(tx: tx, viewer: viewer, today: day)
        store.toldAt = now
        return store
    }

    private mutating func draft(_ entry: DemoTasks.Entry) throws -> TaskDraft {
        var draft = TaskDraft(title: entry.title, leadUnit: try places.find(entry.lead).uid)
        draft.description = entry.description + "\n\n" + entry.mark.footnote
        draft.coordinating = try entry.coordinating.map { try places.find($0).uid }
        draft.performer = try office(entry.performer).uid
        draft.leader = try office(entry.leader).uid
        draft.authority = try entry.authority.map { try office($0).uid }
        draft.document = try entry.document.map { key in try demoWord(key) { papers[$0] }.uid }
        draft.paragraph = entry.paragraph
        draft.parent = try entry.parent.map { key in try demoWord(key) { made[$0] } }
        draft.priority = try demoWord(entry.priority, TaskItem.Priority.init(rawValue:))
        draft.isKey = entry.isKey
        (draft.pillar, draft.group, draft.weight) = (entry.pillar, entry.group, entry.weight)
        draft.start = try day(entry.start)
        draft.deadline = try deadline(entry.deadline)
        draft.products = try entry.products.map {
            TaskProduct(
                name: $0.name, kind: try demoWord($0.kind, TaskProduct.Kind.init(rawValue:)), criterion: $0.criterion)
        }
        return draft
    }

    /// A month or a quarter moves only when everything is told more than a month later.
    private func deadline(_ due: DemoTasks.Due) throws -> Deadline {
        switch due {
        case .words(let event, let reason, let review):
            let on = try day(review)
            return event.map { .event($0, reviewOn: on) } ?? .undated(reason: reason ?? "", reviewOn: on)
        case .date(let text):
            let deadline = try demoWord(text, Deadline.init(typed:))
            guard case .period(let period) = deadline else { return .day(try day(text)) }
            let middle = period.firstDay.adding(days: shift.magnitude < 31 ? 0 : shift)
            return try demoWord(text) { _ in Period(period.kind, containing: middle).map(Deadline.period) }
        }
    }

    private func office(_ key: String) throws -> Office { try demoWord(key) { offices[$0] } }

    private func day(_ text: String) throws -> Day { try demoWord(text, Day.init(parsing:)).adding(days: shift) }

    /// Some minutes apart, in the morning of Hà Nội; nothing is of tomorrow.
    private func moment(_ day: Day, _ index: Int) -> Instant {
        min(now, Instant(milliseconds: Int64(day.number) * 86_400_000 + 7_200_000 + Int64(index) * 540_000))
    }
}
