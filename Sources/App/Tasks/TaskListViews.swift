/// The list: filter, table, next page.
func taskIndex(_ list: TaskList, _ asked: TaskListRequest, _ page: PageContext) -> HTML {
    let filter = asked.filter
    let title = list.names.title(page) ?? page.t("task.title")
    let roadmap = linkButton(page.t("roadmap.title"), href: filter.href(TaskFilter.roadmap))
    let export =
        linkButton(page.t("task.export"), href: filter.href("/tasks.csv"))
        + linkButton(page.t("task.export.xlsx"), href: filter.href("/tasks.xlsx"))
    return sitePage(
        page, title: title, lead: "\(page.t("task.lead"))",
        actions: """
            \(list.mayCreate ? TaskListViews.making(page) : .empty)\(roadmap)\(export)
            """,
        body: """
            \(TaskListViews.tabs(filter, page))\(SavedViewParts.bar(page, list.views, filter))\
            \(TaskFilterForm(list: list, filter: filter, page: page).whole)\
            \(list.page.items.isEmpty ? TaskListViews.nothing(list, filter, page) : TaskListViews.table(list, asked, page))
            """)
}

enum TaskListViews {
    /// One task, or a whole file of them.
    static func making(_ page: PageContext) -> HTML {
        linkButton(page.t("task.new"), href: "/tasks/new", main: true)
            + linkButton(page.t("import.link"), href: "/tasks/import")
    }

    /// The questions asked most, one press each.
    static func tabs(_ filter: TaskFilter, _ page: PageContext) -> HTML {
        /// Of the same unit, document, person, task, pillar, field or tag.
        func tab(_ key: String, _ isOn: Bool, _ ask: (inout TaskFilter) -> Void) -> (
            key: String, href: String, isOn: Bool
        ) {
            var asked = filter.subjects
            ask(&asked)
            return (key, asked.href(), isOn)
        }
        let all: [(key: String, href: String, isOn: Bool)] = [
            tab("task.tab.open", filter == filter.subjects) { _ in },
            tab("task.tab.overdue", filter.schedule == .overdue) { $0.schedule = .overdue },
            tab("task.tab.week", filter.schedule == .week) { $0.schedule = .week },
            tab("task.tab.declared", filter.state == .declared) { $0.state = .declared },
            tab("task.tab.returned", filter.state == .returned) { $0.state = .returned },
            tab("task.tab.closed", filter.which == .closed) { $0.which = .closed },
            tab("task.tab.draft", filter.which == .draft) { $0.which = .draft },
        ]
        let links = all.map { tab -> HTML in
            "<li><a href=\"\(tab.href)\"\(tab.isOn ? " aria-current=\"true\"" : HTML.empty)>\(page.t(tab.key))</a></li>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(page.t("task.tabs"))\"><ul>\(links)</ul></nav>"
    }

    static func nothing(_ list: TaskList, _ filter: TaskFilter, _ page: PageContext) -> HTML {
        guard filter.isEmpty else {
            return emptyState(
                page, title: page.t("task.none_found"), hint: page.t("task.none_found_hint"),
                action: linkButton(page.t("task.all"), href: TaskFilter.plain))
        }
        return emptyState(
            page, title: page.t("task.none"), hint: page.t(list.mayCreate ? "task.none_hint" : "task.none_hint_reader"),
            action: list.mayCreate ? linkButton(page.t("task.new"), href: "/tasks/new") : .empty)
    }

    static func table(_ whole: TaskList, _ asked: TaskListRequest, _ page: PageContext) -> HTML {
        let list = whole.page
        let table = rows(list.items, page, offer: whole.offer)
        return TaskBulkViews.list(table, whole.offer, asked.filter.href(after: asked.page.after), page)
            + pager(
                page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
                next: list.next.map { asked.filter.href(after: $0) },
                first: asked.page.after == nil ? nil : asked.filter.href())
    }

    /// The unit that leads, as a link where there is something to see behind it.
    static func unit(_ row: TaskRow) -> HTML {
        let name = row.leadUnit.name
        return row.isUnitKnown ? "<a href=\"\(row.leadUnit.href)\">\(name)</a>" : "<span>\(name)</span>"
    }

    /// A mark where nobody holds the office any more that is to do it.
    static func vacant(_ row: TaskRow, _ page: PageContext) -> HTML {
        row.vacantSince(page.today) == nil ? .empty : badge(.warn, page.t("task.vacant"))
    }

    /// `offer`: with a box where there is something to do, for acts on many. `weight`: what each is of a whole, where it
    /// is part of one.
    static func rows(
        _ tasks: [TaskRow], _ page: PageContext, offer: TaskBulkOffer? = nil, weight: ((TaskRow) -> HTML)? = nil
    ) -> HTML {
        let rows = tasks.map { row -> [HTML] in
            let task = row.task, status = row.status(on: page.today)
            let deadline = task.deadline.map { TaskWords.deadline($0, page) } ?? ""
            let moved = TaskWords.original(task, status, page).map { first -> HTML in
                let count = task.extensions > 0 ? " · \(page.t("task.extended", count: task.extensions))" : ""
                return "<span class=\"sub\">\(first)\(count)</span>"
            }
            let box: HTML = offer.map { TaskBulkViews.box(row, $0, page) } ?? .empty
            let mark: HTML = task.isKey ? "\(badge(.accent, page.t("task.key"))) " : .empty
            return [
                "\(box) \(mark)<a href=\"\(row.href)\">\(task.title)</a>",
                "\(unit(row))<span class=\"sub\">\(row.performer)</span>\(vacant(row, page))",
                "\(deadline)\(moved ?? .empty)", TaskWords.schedule(task, status, page),
                "\(page.t("task.declared.\(status.declared.name)"))<span class=\"sub\">\(page.number(task.percent))%</span>",
                badge(TaskWords.tone(status.verified), page.t("task.verification.\(status.verified.name)")),
            ] + (weight.map { [$0(row)] } ?? [])
        }
        return dataTable(
            page, caption: page.t("task.caption"),
            columns: [
                Column(page.t("task.field.title")), Column(page.t("task.field.lead_unit")),
                Column(page.t("task.field.deadline")), Column(page.t("task.field.schedule")),
                Column(page.t("task.field.declared")), Column(page.t("task.field.verified")),
            ] + (weight == nil ? [] : [Column(page.t("task.field.weight"))]), rows: rows, isFolding: true)
    }
}
