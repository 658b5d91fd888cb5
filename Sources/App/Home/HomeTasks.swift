import Storage

/// What the person in the office in use has to do about tasks, the earliest deadline first.
struct HomeTasks: Sendable {
    /// Done by the office in use.
    let mine: [TaskRow]
    /// Declared done, for those who may verify.
    let declared: Page<TaskRow>
    let overdue: Page<TaskRow>

    /// So many of each stand on the first page; the rest are a link away.
    static let shown = 5

    init?(tx: Transaction, viewer: Viewer, today: Day) throws {
        guard viewer.office != nil else { return nil }
        let store = TaskStore(tx: tx, viewer: viewer, today: today)
        mine = try store.ownOpen(limit: HomeTasks.shown)
        let page = PageRequest(after: nil, limit: HomeTasks.shown)
        var filter = TaskFilter()
        filter.state = .declared
        declared =
            store.mayCreateSomewhere() ? try store.list(filter, page: page) : Page(items: [], next: nil, total: 0)
        filter = TaskFilter()
        filter.schedule = .overdue
        overdue = try store.list(filter, page: page)
    }
}

extension HomeParts {
    /// My tasks, what is late in my scope, and what waits for my verification.
    static func tasks(_ page: PageContext, _ home: Home) -> HTML {
        guard let tasks = home.tasks else { return .empty }
        let parts = [
            taskGroup("home.tasks.mine", tasks.mine, all: nil, page),
            taskGroup(
                "home.tasks.declared", tasks.declared.items, all: ("/tasks?state=declared", tasks.declared), page),
            taskGroup("home.tasks.overdue", tasks.overdue.items, all: ("/tasks?schedule=overdue", tasks.overdue), page),
        ].joined()
        guard !parts.text.isEmpty else {
            return card(
                page.t("home.tasks"), "<p>\(page.t("home.tasks.none")) <a href=\"/tasks\">\(page.t("task.all"))</a></p>"
            )
        }
        return card(page.t("home.tasks"), parts)
    }

    private static func taskGroup(
        _ key: String, _ rows: [TaskRow], all: (href: String, page: Page<TaskRow>)?, _ page: PageContext
    ) -> HTML {
        guard !rows.isEmpty else { return .empty }
        let lines = rows.map { row -> HTML in
            """
            <li>\(TaskWords.schedule(row.task, row.task.status(on: page.today), page)) \
            <a href="\(row.href)">\(row.task.title)</a> · \(row.leadUnit.name)</li>
            """
        }
        let more = all.flatMap { all -> HTML? in
            all.page.total > rows.count
                ? "<p><a href=\"\(all.href)\">\(page.t("home.tasks.all", count: all.page.total))</a></p>" : nil
        }
        return "<h3 class=\"group\">\(page.t(key))</h3><ul class=\"plain-list\">\(lines)</ul>\(more ?? .empty)"
    }
}
