import Storage

/// Plays the tasks of the demonstration: each act by whoever did it, in their office, on its day.
struct DemoTaskBuilder {
    let tx: Transaction
    let today: Day
    let book: DemoDayBook
    let papers: [String: Document]
    let offices: [String: Office]
    private var places: DemoPlaces
    private var made: [String: UID] = [:]
    let calendar: DemoCalendar
    let files: DemoFiles
    /// The committees' own fields by the keys of the demonstration.
    let fields: [String: DemoCommittees.Field]

    init(
        papers: DemoPaperBuilder, offices: [String: Office], places: DemoPlaces, calendar: DemoCalendar,
        files: DemoFiles, fields: [String: DemoCommittees.Field], book: DemoDayBook
    ) {
        (self.calendar, self.files, self.fields, self.book) = (calendar, files, fields, book)
        (tx, today) = (papers.tx, papers.today)
        self.papers = papers.made
        self.offices = offices
        self.places = places
    }

    mutating func build(_ tasks: DemoTasks) throws {
        let entries = tasks.inOrder()
        for (place, entry) in entries.enumerated() {
            try play(entry, since: entry.story.first?.on ?? tasks.lastDay)
            // As soon as the parts are there that are told one by one.
            let complete = tasks.breakdowns.filter { told in
                entries.lastIndex { $0.key == told.parent || $0.parent == told.parent } == place
            }
            var breakdowns = DemoBreakdownBuilder(self, places: places)
            try breakdowns.build(complete)
        }
    }

    private mutating func play(_ entry: DemoTasks.Entry, since told: String) throws {
        let first = try day(told), assigner = try office(entry.assigner)
        let task = try store(assigner, on: first).create(
            try draft(entry, assigner: assigner, on: first), assigning: assigner.unit, at: book.next(first)
        ).uid
        made[entry.key] = task
        for step in entry.story { try play(step, of: task, by: try office(step.by)) }
    }

    func play(_ step: DemoTasks.Step, of task: UID, by office: Office) throws {
        let on = try day(step.on), store = try store(office, on: on), now = book.next(on)
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
                TaskReport(
                    text: step.text, percent: step.percent, evidence: evidence, files: try files.find(step.files)),
                seen: nil, at: now)
        }
    }

    /// As the holder of the office would, with the rights of that day's office.
    func store(_ office: Office, on day: Day) throws -> TaskStore {
        let viewer = try ViewerStore(tx: tx).viewer(
            person: office.person, office: office.id, delegation: nil, today: day)
        return TaskStore(tx: tx, viewer: viewer, today: day)
    }

    private mutating func draft(_ entry: DemoTasks.Entry, assigner: Office, on first: Day) throws -> TaskDraft {
        var draft = TaskDraft(title: entry.title, leadUnit: try places.find(entry.lead).uid)
        draft.description = entry.description + "\n\n" + entry.mark.footnote
        draft.coordinating = try entry.coordinating.map { try places.find($0).uid }
        draft.performer = try office(entry.performer).uid
        draft.leader = try office(entry.leader).uid
        draft.authority = try entry.authority.map { try office($0).uid }
        draft.document = try entry.document.map { key in try demoWord(key) { papers[$0] }.uid }
        draft.paragraph = entry.paragraph
        draft.parent = try entry.parent.map { try task($0) }
        draft.priority = try demoWord(entry.priority, TaskItem.Priority.init(rawValue:))
        draft.isKey = entry.isKey
        (draft.pillar, draft.group, draft.weight) = (entry.pillar, entry.group, entry.weight)
        draft.tags = entry.tags ?? []
        draft.field = try entry.field.map { try field($0, binding: assigner, on: first) }
        draft.start = try day(entry.start)
        draft.deadline = try deadline(entry.deadline)
        draft.products = try products(entry.products)
        return draft
    }

    func products(_ told: [DemoTasks.Product]) throws -> [TaskProduct] {
        try told.map {
            TaskProduct(
                name: $0.name, kind: try demoWord($0.kind, TaskProduct.Kind.init(rawValue:)), criterion: $0.criterion)
        }
    }

    /// Of a committee that binds the office which gives the task.
    private func field(_ key: String, binding assigner: Office, on day: Day) throws -> UID {
        let name = try demoWord(key) { fields[$0] }.name
        let own = try store(assigner, on: day).ownFields(of: assigner.unit)
        return try demoWord(key) { _ in own.first { $0.name == name } }.uid
    }

    func task(_ key: String) throws -> UID { try demoWord(key) { made[$0] } }

    func deadline(_ due: DemoTasks.Due) throws -> Deadline {
        switch due {
        case .words(let event, let reason, let review):
            let on = try day(review)
            return event.map { .event($0, reviewOn: on) } ?? .undated(reason: reason ?? "", reviewOn: on)
        case .date(let text):
            let deadline = try demoWord(text, Deadline.init(typed:))
            guard case .period(let period) = deadline else { return .day(try day(text)) }
            return try demoWord(text) { _ in calendar.period(period).map(Deadline.period) }
        }
    }

    func office(_ key: String) throws -> Office { try demoWord(key) { offices[$0] } }

    func day(_ text: String) throws -> Day { calendar.day(try demoWord(text, Day.init(parsing:))) }
}
