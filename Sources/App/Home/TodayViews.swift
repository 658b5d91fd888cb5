/// What is to be done, in the order of ``TaskToday/Part``; what is to be issued at the end, and first once it is late.
func todayPage(_ today: Today, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("today.title", ["day": page.day(page.today)]), lead: HomeParts.office(page),
        actions: linkButton(page.t("task.all"), href: TaskFilter.plain), body: TodayViews.parts(today, page))
}

enum TodayViews {
    /// So many of each part; the rest are a link away.
    static let shown = 5

    static func parts(_ today: Today, _ page: PageContext) -> HTML {
        guard !today.isEmpty else {
            return emptyState(
                page, title: page.t("today.none"),
                hint: page.t(page.viewer.office == nil ? "today.no_office" : "today.none_hint"),
                action: linkButton(page.t("task.all"), href: TaskFilter.plain))
        }
        let tasks = today.tasks.parts.map { part($0.part, $0.rows, hasMore: $0.hasMore, page) }.joined()
        let papers = duties(today.duties, page)
        return today.duties.isLate ? papers + tasks : tasks + papers
    }

    private static func part(
        _ part: TaskToday.Part, _ rows: [TaskRow], hasMore: Bool, _ page: PageContext
    ) -> HTML {
        // What stands in a part before may leave none to show here, and others behind them.
        guard !rows.isEmpty || hasMore else { return .empty }
        let href = part.list(on: page.today).href()
        let lines = rows.map { line($0, part, page) }
        let more: HTML = hasMore ? "<p><a href=\"\(href)\">\(page.t("today.more"))</a></p>" : .empty
        return card(page.t("today.\(part.name)"), "<ul class=\"plain-list\">\(lines)</ul>\(more)")
    }

    /// How late, what, whose; and for what waits for a word, the way to say it.
    static func line(_ row: TaskRow, _ part: TaskToday.Part, _ page: PageContext) -> HTML {
        let task = row.task, status = row.status(on: page.today)
        let review = part == .review ? task.deadline.map { TaskWords.deadline($0, page) } ?? "" : ""
        let who = [row.leadUnit.name, row.performer, review].filter { !$0.isEmpty }.joined(separator: " · ")
        return """
            <li>\(TaskWords.schedule(task, status, page)) <a href="\(row.href)">\(task.title)</a>\
            <span class="sub">\(who)</span><span class="sub">\(TaskWords.claims(task, status, page))</span></li>
            """
    }
}

extension HomeParts {
    /// So many of each part stand on the first page.
    static let tasksShown = 5

    /// What is to be done, in short; the page of the day has it whole.
    static func tasks(_ page: PageContext, _ home: Home) -> HTML {
        guard page.viewer.office != nil else { return .empty }
        guard !home.today.isEmpty else {
            return card(
                page.t("home.tasks"),
                "<p>\(page.t("home.tasks.none")) <a href=\"\(TaskFilter.plain)\">\(page.t("task.all"))</a></p>"
            )
        }
        let groups = home.today.parts.filter { !$0.rows.isEmpty }.map { part, rows, _ -> HTML in
            let lines = rows.map { TodayViews.line($0, part, page) }
            return """
                <h3 class="group">\(page.t("today.\(part.name)"))</h3><ul class="plain-list">\(lines)</ul>
                """
        }
        return card(
            page.t("home.tasks"), groups.joined() + "<p><a href=\"/today\">\(page.t("home.tasks.today"))</a></p>")
    }
}
