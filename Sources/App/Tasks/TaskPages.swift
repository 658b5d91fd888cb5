import HTTPTypes
import Storage

/// Tasks, for people.
struct TaskPages {
    var routes: [Route] {
        [
            .get("/tasks", index),
            .get("/tasks/roadmap", roadmap),
            .get("/tasks/new", new),
            .post("/tasks", create),
            .get("/tasks/{task}", show),
            .get("/tasks/{task}/history", history),
            .get("/tasks/{task}/edit", edit),
            .post("/tasks/{task}", change),
            .post("/tasks/{task}/removal", discard),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let typed = try await TaskListRequest(visit)
        let isPlain = visit.query.raw.isEmpty
        let (asked, list) = try await visit.tasks { store in
            let views = try SavedViewStore(tx: store.tx, viewer: store.viewer, today: store.today).list()
            // Without a question in the address the list begins with the person's own one, as long as that finds what
            // it names.
            if isPlain, let begun = views.first(where: \.isDefault).map(typed.beginning(with:)),
                let list = try ifKnown(TaskList(begun, store, views))
            {
                return (begun, list)
            }
            return (typed, try TaskList(typed, store, views))
        }
        return visit.html(taskIndex(list, asked, visit.page))
    }

    func roadmap(_ visit: Visit) async throws -> Answer {
        let asked = try TaskRoadmapRequest(await visit.taskQuery(), today: visit.today)
        let roadmap = try await visit.tasks { try $0.roadmap(asked) }
        return visit.html(taskRoadmap(roadmap, asked, visit.page))
    }

    /// First the unit that leads, then everything else: who can do it depends on the unit.
    func new(_ visit: Visit) async throws -> Answer {
        let (typed, page) = (visit.query, visit.page)
        let (fields, names) = try await visit.tasks { store in
            try store.requireMayCreateSomewhere()
            let fields = try TaskForm.beginning(typed, store, page)
            return (fields, try TaskFormNames(fields, store))
        }
        guard names.lead != nil else { return visit.html(newTaskUnit(fields, [], names, visit.page)) }
        return visit.html(newTask(fields, [], names, visit.page))
    }

    func create(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        do {
            let made = try await visit.changeTasks { store, now in
                try store.requireMayCreateSomewhere()
                var form = TaskForm(typed, store: store)
                return try store.create(try form.draft(), at: now)
            }
            return visit.redirect(
                to: made.href, flash: Message("task.flash.created", ["title": .text(made.task.title)]))
        } catch {
            guard error is AppError else { throw error }
            let names = try await visit.tasks { try TaskFormNames(typed, $0) }
            return try visit.refused(error) { newTask(typed, $0, names, visit.page) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let (detail, events) = try await visit.task(PageRequest(after: nil, limit: 20))
        return visit.html(taskPage(detail, events, visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let (detail, events) = try await visit.task(try visit.listRequest(cursorParts: 1))
        return visit.html(taskHistory(detail, events, visit.page))
    }

    func edit(_ visit: Visit) async throws -> Answer {
        let detail = try await directed(visit)
        guard detail.row.task.workflow.isChangeable else { throw AppError.conflict(Message("task.error.issued")) }
        let page = visit.page
        let (fields, names) = try await visit.tasks { store in
            let fields = try TaskForm.fields(of: detail, store, page)
            return (fields, try TaskFormNames(fields, store, assigning: detail.row.task.assigningUnit))
        }
        return visit.html(editTask(detail, fields, [], names, visit.page))
    }

    func change(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        let detail = try await directed(visit)
        let uid = detail.row.uid
        do {
            let changed = try await visit.changeTasks { store, now in
                _ = try store.findDirected(uid)
                var form = TaskForm(typed, store: store)
                let seen = form.seen()
                return try store.change(uid, try form.draft(), seen: seen, at: now)
            }
            return visit.redirect(
                to: changed.href, flash: Message("task.flash.changed", ["title": .text(changed.task.title)]))
        } catch {
            guard error is AppError else { throw error }
            let names = try await visit.tasks { try TaskFormNames(typed, $0, assigning: detail.row.task.assigningUnit) }
            return try await visit.refused(error, typed, now: try await visit.standing(uid)) {
                editTask(detail, $0, $1, names, visit.page)
            }
        }
    }

    func discard(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        var fields = try visit.form()
        let seen = fields.integer("version", in: 1...Int(Int32.max), required: false)
        try await visit.changeTasks { store, now in try store.discard(uid, seen: seen, at: now) }
        return visit.redirect(to: TaskFilter(.draft).href(), flash: Message("task.flash.discarded"))
    }

    private func directed(_ visit: Visit) async throws -> TaskDetail {
        let uid = try visit.uid("task")
        return try await visit.tasks { store in
            _ = try store.findDirected(uid)
            return try store.detail(uid)
        }
    }
}

extension Visit {
    /// Reads tasks as the viewer of this visit.
    func tasks<T: Sendable>(_ body: @escaping @Sendable (TaskStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(TaskStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes tasks as the viewer of this visit.
    func changeTasks<T: Sendable>(_ body: @escaping @Sendable (TaskStore, Instant) throws -> T) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in try body(TaskStore(tx: tx, viewer: viewer, today: today), now) }
    }

    /// Which version of the task it is by now.
    func standing(_ task: UID) async throws -> (subject: Subject, version: Int) {
        try await tasks { store in
            let task = try store.find(task).task
            return (task.subject, task.version)
        }
    }

    /// The task of the path with its newest events.
    func task(_ request: PageRequest) async throws -> (TaskDetail, Page<EventRow>) {
        let uid = try uid("task")
        return try await tasks { store in
            let detail = try store.detail(uid)
            return (detail, try store.history(of: detail.row, page: request))
        }
    }
}

/// What the list is asked for.
struct TaskListRequest: Sendable {
    let filter: TaskFilter
    let page: PageRequest

    private init(_ filter: TaskFilter, _ page: PageRequest) {
        self.filter = filter
        self.page = page
    }

    /// The first page of what a saved view asks.
    func beginning(with view: SavedView) -> TaskListRequest {
        var fields = SavedViewDraft.fields(of: view.query)
        return TaskListRequest(TaskFilter(&fields), page)
    }

    init(_ visit: Visit) async throws {
        var query = try await visit.taskQuery()
        filter = TaskFilter(&query)
        try query.problems.check()
        page = try visit.listRequest(cursorParts: TaskStore.cursorParts)
    }
}

struct TaskList: Sendable {
    let page: Page<TaskRow>
    let names: TaskFilterNames
    let fields: [WorkField]
    let mayCreate: Bool
    let views: [SavedView]
    /// What can be done to many of these.
    let offer: TaskBulkOffer

    init(_ asked: TaskListRequest, _ store: TaskStore, _ views: [SavedView]) throws {
        page = try store.list(asked.filter, page: asked.page)
        names = try TaskFilterNames(asked.filter, store)
        fields = try store.workFields(assigning: store.ownUnits().last)
        mayCreate = store.mayCreateSomewhere()
        offer = try store.bulkOffer(page.items)
        self.views = views
    }
}

/// How people call what a form's fields name by uid, and what there is to choose from.
struct TaskFormNames: Sendable {
    let lead: UnitRow?
    let performers: [TaskOffice]
    /// Who may answer for it, those of the lead unit first.
    let leaders: [TaskOffice]
    let authorities: [TaskOffice]
    let fields: [WorkField]
    let parent: TaskRow?
    let document: String?

    /// `assigning`: of a task that is there already.
    init(_ typed: Fields, _ store: TaskStore, assigning: ID<OrgUnit>? = nil) throws {
        lead = typed["lead_unit"].isEmpty ? nil : try store.units.find(typed: typed["lead_unit"])
        performers = try lead.map { try store.possiblePerformers($0.unit.id) } ?? []
        authorities = try lead.map { try store.possibleLeaders($0.unit.id) } ?? []
        let able = Set(try lead.map { try store.accountableLeaders($0.unit.id) }?.map(\.uid) ?? [])
        // Whoever is chosen already stays to be seen, though the gate will not let them pass.
        let known = authorities.filter { able.contains($0.uid) || $0.uid.text == typed["leader"] }
        let near = Set(performers.map(\.uid))
        leaders = known.filter { near.contains($0.uid) } + known.filter { !near.contains($0.uid) }
        fields = try store.workFields(assigning: assigning ?? store.ownUnits().last)
        document = typed["document"].isEmpty ? nil : try store.documents.find(typed: typed["document"])?.name
        parent = typed["parent"].isEmpty ? nil : try store.find(typed: typed["parent"])
    }
}

extension TaskStore {
    /// Pillars and groups of tasks that every committee has, and the own fields of those that bind the unit.
    func workFields(assigning unit: ID<OrgUnit>?) throws -> [WorkField] {
        try WorkField.common(tx) + ownFields(of: unit)
    }
}

extension TaskForm {
    /// What stands in the field of a date.
    private static func dated(_ deadline: Deadline?, _ day: (Day) -> String, _ period: (Period) -> String) -> String {
        switch deadline {
        case .day(let due)?: day(due)
        case .period(let span)?: period(span)
        case .event?, .undated?, nil: ""
        }
    }

    /// The form of a task as a person reads and types it in the language of the page: `quý I/2027`.
    static func fields(of detail: TaskDetail, _ store: TaskStore, _ page: PageContext) throws -> Fields {
        try fields(of: detail, store, day: { page.day($0) }, period: { TaskWords.period($0, page) })
    }

    /// The form of a task as it is, in words that name the same when they come back.
    static func fields(
        of detail: TaskDetail, _ store: TaskStore, day: (Day) -> String, period: (Period) -> String = { $0.text }
    ) throws -> Fields {
        let task = detail.row.task
        let deadline = task.deadline.map(DeadlineDraft.init)
        var raw = [
            "title": task.title, "description": task.description, "lead_unit": detail.row.leadUnit.uid.text,
            "coordinating": try detail.coordinating.map { try store.units.typedName(of: store.units.find($0.uid)) }
                .joined(separator: "\n"),
            "performer": detail.performer?.uid.text ?? "", "leader": detail.leader?.uid.text ?? "",
            "authority": detail.authority?.uid.text ?? "",
            "document": try detail.document.map(store.documents.typedName) ?? "", "paragraph": task.paragraph,
            "parent": detail.parent?.uid.text ?? "", "priority": task.priority.rawValue,
            "is_key": task.isKey ? "1" : "", "pillar": task.pillar, "task_group": task.group,
            "field": detail.row.field?.uid.text ?? "", "tags": detail.row.tags.joined(separator: ", "),
            "secrecy": task.secrecy.name, "start_on": task.start == .never ? "" : day(task.start),
            "weight": String(task.weight), "version": String(task.version),
            Deadline.Field.choice: deadline?.choice.rawValue ?? "",
            Deadline.Field.date: dated(task.deadline, day, period), Deadline.Field.words: deadline?.words ?? "",
            Deadline.Field.review: deadline?.reviewOn.map(day) ?? "",
        ]
        for (index, product) in detail.products.enumerated() {
            raw["products.\(index).name"] = product.name
            raw["products.\(index).kind"] = product.kind?.rawValue ?? ""
            raw["products.\(index).criterion"] = product.criterion
        }
        return Fields(raw: raw)
    }
}
