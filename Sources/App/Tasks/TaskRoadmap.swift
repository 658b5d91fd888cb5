import Storage

/// Tasks over time: each from its first to its last day, in groups.
struct TaskRoadmap: Sendable {
    let groups: [Group]
    /// Open ones without a day, which no picture of time can hold; the first of them.
    let undated: [TaskRow]
    let hasMoreUndated: Bool
    /// There are more than are shown.
    let isCut: Bool
    let names: TaskFilterNames
    let fields: [WorkField]

    struct Group: Sendable {
        let heading: Heading
        /// By deadline.
        let tasks: [TaskRow]
    }

    enum Heading: Sendable {
        case pillar(WorkField)
        case document(DocumentRow)
        case unit(UnitLink)
        /// Of tasks without a pillar, or without a document that the viewer may know of.
        case none
    }

    /// What the groups are made of.
    enum Grouping: String, Sendable, CaseIterable {
        case pillar, document, unit
    }

    /// A page of more would be heavy, and nobody reads it.
    static let shown = 100
    static let undatedShown = 20
}

/// What a roadmap is asked for.
struct TaskRoadmapRequest: Sendable {
    let filter: TaskFilter
    let span: RoadmapSpan
    let grouping: TaskRoadmap.Grouping

    init(_ query: Fields, today: Day) throws(AppError) {
        var query = query
        var filter = TaskFilter(&query)
        // Drafts are plans of the assigning side: what has not been issued is not on the way.
        if filter.which == .draft { (filter.which, filter.state) = (.open, nil) }
        filter.order = .due
        self.filter = filter
        grouping = query.choice("group", required: false) ?? .pillar
        let scale: RoadmapSpan.Scale = query.choice("scale", required: false) ?? .quarter
        let typed = query.line("from", max: 40, required: false)
        let from = Period(typed: typed)
        if !typed.isEmpty, from == nil {
            query.problems.add("from", "task.filter.period_error", ["typed": .text(typed)])
        }
        span = from.map { RoadmapSpan(scale, from: $0.firstDay) } ?? RoadmapSpan(scale, around: today)
        try query.problems.check()
    }

    /// The same tasks at another time or otherwise grouped.
    func link(_ span: RoadmapSpan, _ grouping: TaskRoadmap.Grouping? = nil) -> String {
        let grouping = grouping ?? self.grouping
        return filter.href(
            TaskFilter.roadmap,
            [
                "scale": span.scale == .quarter ? "" : span.scale.rawValue, "from": span.from,
                "group": grouping == .pillar ? "" : grouping.rawValue,
            ])
    }
}

extension TaskStore {
    func roadmap(_ asked: TaskRoadmapRequest) throws -> TaskRoadmap {
        let tasks = try onTheWay(asked)
        var undated = asked.filter
        undated.schedule = .undated
        let without =
            [nil, .undated].contains(asked.filter.schedule) && asked.filter.which == .open
            ? try top(try query(undated), limit: TaskRoadmap.undatedShown + 1) : []
        let fields = try workFields(assigning: ownUnits().last)
        return TaskRoadmap(
            groups: try RoadmapGroups(store: self, fields: fields).of(
                Array(tasks.prefix(TaskRoadmap.shown)), by: asked.grouping),
            undated: Array(without.prefix(TaskRoadmap.undatedShown)),
            hasMoreUndated: without.count > TaskRoadmap.undatedShown, isCut: tasks.count > TaskRoadmap.shown,
            names: try TaskFilterNames(asked.filter, self), fields: fields)
    }

    /// What is late from before first, then what is open, then what is done; one more than is shown when there are more.
    private func onTheWay(_ asked: TaskRoadmapRequest) throws -> [TaskRow] {
        let limit = TaskRoadmap.shown + 1, span = asked.span
        var found: [TaskRow] = []
        if asked.filter.which == .open, [nil, .overdue].contains(asked.filter.schedule), span.contains(today) {
            var late = asked.filter
            late.schedule = .overdue
            found = try top(try query(late), limit: limit).filter { $0.task.due < span.firstDay }
        }
        // With a state the filter says itself which; without one both are on the way.
        let isOpenOnly = asked.filter.state != nil || asked.filter.schedule != nil || asked.filter.which == .closed
        for which in isOpenOnly ? [asked.filter.which] : [.open, .closed] where found.count < limit {
            var filter = asked.filter
            filter.which = which
            var query = try query(filter)
            query.window = (span.firstDay, span.lastDay)
            found += try top(query, limit: limit - found.count)
        }
        return found
    }
}
