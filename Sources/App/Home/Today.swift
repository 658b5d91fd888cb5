import Storage

/// What waits for the office in use: tasks, and documents that its unit must issue.
struct Today: Sendable {
    let tasks: TaskToday
    let duties: OwnDuties

    init(_ store: TaskStore, limit: Int) throws {
        tasks = try store.today(limit: limit)
        duties = try CoverageStore(tx: store.tx, viewer: store.viewer, today: store.today).ownDuties(limit: limit)
    }

    init(tasks: TaskToday, duties: OwnDuties) {
        (self.tasks, self.duties) = (tasks, duties)
    }

    var isEmpty: Bool { tasks.isEmpty && duties.isEmpty }
}

extension TodayViews {
    /// What to issue, under which paper, by when.
    static func duties(_ own: OwnDuties, _ page: PageContext) -> HTML {
        guard !own.isEmpty, let href = own.href else { return .empty }
        let lines = own.duties.map { HomeParts.duty($0, page) }
        let more: HTML = own.hasMore ? "<p><a href=\"\(href)\">\(page.t("today.more"))</a></p>" : .empty
        return card(page.t("today.duties"), "<ul class=\"plain-list\">\(lines)</ul>\(more)")
    }
}
