import Storage

/// A task of the demonstration that was broken down to every commune of a province, and how it goes there.
struct DemoBreakdown: Decodable, Sendable {
    let parent: String
    /// The office that did it, and when.
    let by: String
    let on: String
    let below: String
    /// Communes of which another unit has a part already.
    let except: [String]
    let title: String
    let description: String
    let products: [DemoTasks.Product]
    let deadline: DemoTasks.Due
    let tags: [String]
    /// What became of the parts: the first part goes like the first line, and so on, again and again. `performer`
    /// and `assigner` stand for whose office it was.
    let stories: [[DemoTasks.Step]]
    let mark: DemoMark
}

/// Plays the breakdowns: each in one act, then what came of its parts.
struct DemoBreakdownBuilder {
    let work: DemoTaskBuilder
    private var places: DemoPlaces

    init(_ work: DemoTaskBuilder, places: DemoPlaces) {
        self.work = work
        self.places = places
    }

    mutating func build(_ breakdowns: [DemoBreakdown]) throws {
        for told in breakdowns {
            let assigner = try work.office(told.by), parent = try work.task(told.parent)
            let tasks = try breakDown(told, parent, by: assigner)
            for (index, task) in tasks.enumerated() where !told.stories.isEmpty {
                let performer = try performer(of: task)
                for step in told.stories[index % told.stories.count] {
                    try work.play(step, of: task, by: step.by == "performer" ? performer : assigner)
                }
            }
        }
    }

    private mutating func breakDown(_ told: DemoBreakdown, _ parent: UID, by assigner: Office) throws -> [UID] {
        let on = try work.day(told.on), store = try work.store(assigner, on: on)
        var found = Validation()
        let except = Set(try told.except.map { try places.find($0).uid })
        let communes = try store.places(.communes(below: try places.find(told.below).uid), except: except, &found)
        try found.check()
        let parts = try store.parts(in: communes, performer: .role(.focal), leader: .role(.leader))
        var breakdown = TaskBreakdown(
            template: try template(told, like: try store.detail(parent), on: on), parts: parts, isIssued: true)
        breakdown.passesOver = true
        return try store.breakDown(parent, breakdown, seen: nil, at: work.book.next(on)).made
    }

    private func template(_ told: DemoBreakdown, like parent: TaskDetail, on day: Day) throws -> TaskDraft {
        let task = parent.row.task
        var draft = TaskDraft(title: told.title, leadUnit: parent.row.leadUnit.uid)
        draft.description = told.description + "\n\n" + told.mark.footnote
        draft.authority = parent.authority?.uid
        (draft.document, draft.paragraph) = (parent.document?.uid, task.paragraph)
        (draft.pillar, draft.group, draft.tags) = (task.pillar, task.group, told.tags)
        (draft.start, draft.deadline) = (day, try work.deadline(told.deadline))
        draft.products = try work.products(told.products)
        return draft
    }

    private func performer(of task: UID) throws -> Office {
        let found = try PersonStore(tx: work.tx, viewer: Demo.viewer, today: work.today)
            .offices(where: "o.id = (SELECT performer_id FROM task WHERE uid = \(task))")
        guard let office = found.first?.office else { throw AppError.notFound }
        return office
    }
}
