/// What would come of an act for each task that was chosen.
func taskBulkPreview(
    _ bulk: TaskBulkAct, _ rows: [TaskBulkRow], _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let word = page.t("task.act.\(bulk.act.rawValue)")
    let possible = rows.count { $0.refusals.isEmpty }
    // What is said of single tasks stands in their rows.
    let own = problems.filter { !$0.field.hasPrefix("tasks.") }
    let changed: HTML = own.count < problems.count ? notice(.warn, "\(page.t("task.bulk.changed"))") : .empty
    let body: HTML =
        possible == 0
        ? notice(.warn, "\(page.t("task.bulk.none_possible"))")
            + linkButton(page.t("task.bulk.back"), href: TaskBulkForm(typed).back)
        : TaskBulkViews.form(bulk, rows, FormView(page, values: typed, problems: own), page)
    return sitePage(
        page, title: page.t("task.bulk.preview", ["act": word]),
        lead: "\(page.t("task.bulk.possible", ["possible": page.number(possible), "all": page.number(rows.count)]))",
        crumbs: TaskViews.crumbs(page), body: changed + TaskBulkViews.table(bulk, rows, page) + body)
}

/// What was done, and what was not, and why.
func taskBulkDone(
    _ bulk: TaskBulkAct, _ done: [TaskRow], _ refused: [TaskBulkRow], back: String, _ page: PageContext
) -> HTML {
    let good: HTML =
        done.isEmpty
        ? .empty : card(page.t("task.bulk.done", count: done.count), TaskBulkViews.shortRows(done, page))
    return sitePage(
        page, title: page.t("task.act.\(bulk.act.rawValue)"),
        lead:
            "\(page.t("task.bulk.possible", ["possible": page.number(done.count), "all": page.number(done.count + refused.count)]))",
        crumbs: TaskViews.crumbs(page), actions: linkButton(page.t("task.bulk.back"), href: back),
        body: card(page.t("task.bulk.refused", count: refused.count), TaskBulkViews.table(bulk, refused, page)) + good)
}

/// Nothing was chosen, or no act.
func taskBulkNothing(_ problems: [Problem], back: String, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("task.bulk.title"), crumbs: TaskViews.crumbs(page),
        body: TaskViews.refusal(problems, page) + linkButton(page.t("task.bulk.back"), href: back, main: true))
}

/// The tasks that one act was done to.
func taskBulkRows(_ rows: [TaskRow], _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("task.bulk.rows"), lead: "\(page.t("task.bulk.rows.lead", count: rows.count))",
        crumbs: TaskViews.crumbs(page), body: TaskBulkViews.shortRows(rows, page))
}

enum TaskBulkViews {
    /// Tasks by their units, short, so that a page of two hundred stays light.
    static func shortRows(_ tasks: [TaskRow], _ page: PageContext) -> HTML {
        dataTable(
            page, caption: page.t("task.caption"),
            columns: [
                Column(page.t("task.field.lead_unit")), Column(page.t("task.field.schedule")),
                Column(page.t("task.field.declared")), Column(page.t("task.field.verified")),
            ],
            rows: tasks.map { row in
                let task = row.task, status = row.status(on: page.today)
                let first = TaskWords.original(task, status, page).map { "<span class=\"sub\">\($0)</span>" as HTML }
                return [
                    "<a href=\"\(row.href)\">\(row.leadUnit.name)</a><span class=\"sub\">\(task.title)</span>",
                    "\(TaskWords.schedule(task, status, page))\(first ?? .empty)",
                    "\(TaskWords.declared(task, status, page))",
                    "\(page.t("task.verification.\(status.verified.name)"))",
                ]
            })
    }

    /// In a row of the list, where there is something to do to the task.
    static func box(_ row: TaskRow, _ offer: TaskBulkOffer, _ page: PageContext) -> HTML {
        guard offer.holds(row) else { return .empty }
        return """
            <input type="checkbox" name="\(TaskBulkForm.taken)\(row.uid)" value="\(row.task.version)" \
            aria-label="\(page.t("task.bulk.choose", ["title": row.task.title]))">\
            <input type="hidden" name="\(TaskBulkForm.seen)\(row.uid)" value="\(row.task.version)">
            """
    }

    /// Around the rows of a list and under them, for whoever may do something to one of the tasks.
    static func list(_ rows: HTML, _ offer: TaskBulkOffer, _ list: String, _ page: PageContext) -> HTML {
        guard !offer.isEmpty else { return rows }
        return """
            <form method="post" action="/tasks/acts">\(Layout.csrf(page))\(rows)\(chooser(offer, list, page))</form>
            """
    }

    private static func chooser(_ offer: TaskBulkOffer, _ list: String, _ page: PageContext) -> HTML {
        let form = FormView(page, values: Fields())
        let acts = offer.choices.map { Choice($0.rawValue, page.t("task.act.\($0.rawValue)")) }
        return """
            <div class="filters">\(form.hidden("back", list))\(form.checkbox("all", label: page.t("task.bulk.all")))\
            \(form.select("act", label: page.t("task.bulk.act"), choices: acts))\
            <button>\(page.t("task.bulk.look"))</button></div>
            """
    }

    static func form(_ bulk: TaskBulkAct, _ rows: [TaskBulkRow], _ form: FormView, _ page: PageContext) -> HTML {
        let kept = rows.map { row in
            form.hidden("\(TaskBulkForm.taken)\(row.chosen.uid)", String(row.chosen.version))
        }
        let modes = ["all", "possible"].map { Choice($0, page.t("task.bulk.mode.\($0)")) }
        let isMixed = rows.contains { !$0.refusals.isEmpty }
        let mode = isMixed ? form.select("mode", label: page.t("task.bulk.mode"), choices: modes) : .empty
        let reason: HTML =
            bulk.act.needsReason
            ? form.area("text", label: page.t("task.field.reason"), help: page.t("task.help.reason"), maxLength: 4_000)
            : .empty
        return form.form(
            action: "/tasks/acts", submit: page.t("task.act.\(bulk.act.rawValue)"), danger: bulk.act == .cancel,
            cancel: TaskBulkForm(form.values).back,
            "\(form.hidden("act", bulk.act.rawValue))\(form.hidden("confirm", "1"))\(form.hidden("back", form.values["back"]))\(kept)\(mode)\(reason)"
        )
    }

    static func table(_ bulk: TaskBulkAct, _ rows: [TaskBulkRow], _ page: PageContext) -> HTML {
        dataTable(
            page, caption: page.t("task.caption"),
            columns: [
                Column(page.t("task.field.title")), Column(page.t("task.field.lead_unit")),
                Column(page.t("task.field.state")), Column(page.t("task.bulk.outcome")),
            ],
            rows: rows.map { row in
                let title = row.row.map { task -> HTML in "<a href=\"\(task.href)\">\(task.task.title)</a>" }
                let unit = row.row.map(TaskListViews.unit)
                let state = row.row.map { TaskWords.short($0.task, $0.status(on: page.today), page) }
                return [title ?? "\(row.chosen.uid)", unit ?? "–", state ?? "–", outcome(bulk, row, page)]
            })
    }

    private static func outcome(_ bulk: TaskBulkAct, _ row: TaskBulkRow, _ page: PageContext) -> HTML {
        guard !row.refusals.isEmpty else {
            let state = row.row?.task.workflow.next(bulk.act)?.state
            return badge(.good, state.map { page.t("task.state.\($0.rawValue)") } ?? page.t("task.bulk.can"))
        }
        let lines = row.refusals.map { problem -> HTML in "<li>\(page.t(problem.message))</li>" }
        return badge(.bad, page.t("task.bulk.cannot")) + "<ul class=\"plain-list\">\(lines)</ul>"
    }
}
