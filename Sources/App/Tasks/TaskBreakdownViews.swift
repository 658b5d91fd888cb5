/// The form: which units, who in them, and what each is given.
func newTaskBreakdown(
    _ parent: TaskBreakdownParent, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let row = parent.detail.row
    return sitePage(
        page, title: page.t("task.breakdown"), lead: "\(page.t("task.breakdown.lead"))",
        crumbs: TaskBreakdownViews.crumbs(row, page),
        body: form.form(
            action: "\(row.href)/children", submit: page.t("task.breakdown.preview"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(TaskBreakdownViews.units(form, page))\(TaskBreakdownViews.people(form, page))\
            \(TaskBreakdownViews.template(form, parent, page))
            """))
}

/// What would be made, unit by unit; units can be left out before it is.
func taskBreakdownPreview(
    _ parent: TaskBreakdownParent, _ plan: TaskBreakdownPlan, _ typed: Fields, _ problems: [Problem],
    _ page: PageContext
) -> HTML {
    let row = parent.detail.row
    let form = FormView(page, values: typed)
    let kept = typed.raw.keys.sorted().filter(TaskBreakdownViews.isKept).map { form.hidden($0, typed[$0]) }
    let possible = plan.rows.count(where: \.isPossible)
    let act: HTML =
        possible == 0
        ? notice(.warn, "\(page.t("task.breakdown.none_possible"))")
        : """
        <div class="actions"><button class="main" name="confirm" value="1">\(page.t("task.breakdown.do"))</button>\
        <a class="button" href="\(row.href)/children/new">\(page.t("task.breakdown.again"))</a></div>
        """
    return sitePage(
        page, title: page.t("task.breakdown.preview"),
        lead: "\(page.t("task.breakdown.count", count: possible))",
        crumbs: TaskBreakdownViews.crumbs(row, page),
        body: """
            \(TaskViews.refusal(problems, page))\(typed.meanwhile)\(TaskBreakdownViews.shared(plan, page))\
            <form method="post" action="\(row.href)/children">\(Layout.csrf(page))\(kept)\
            \(form.hidden(TaskBreakdownForm.picked, "1"))\(TaskBreakdownViews.table(plan, page))\
            \(form.checkbox("issue", label: page.t("task.breakdown.issue"), help: page.t("task.breakdown.issue_help")))\
            \(act)</form>
            """)
}

enum TaskBreakdownViews {
    static func crumbs(_ row: TaskRow, _ page: PageContext) -> [Crumb] {
        TaskViews.crumbs(page) + [Crumb(text: row.task.title, href: row.href)]
    }

    /// What the preview sends along: all but what it asks itself.
    static func isKept(_ name: String) -> Bool {
        !["issue", "confirm", "csrf", TaskBreakdownForm.picked].contains(name)
            && !name.hasPrefix(TaskBreakdownForm.taken)
    }

    static func units(_ form: FormView, _ page: PageContext) -> HTML {
        group(
            page.t("task.breakdown.units"),
            RequirementFormViews.audience(
                form, [:], label: page.t("task.breakdown.audience"), help: page.t("task.breakdown.help.audience"),
                base: page.t("task.breakdown.help.base"), page))
    }

    static func people(_ form: FormView, _ page: PageContext) -> HTML {
        func rules(_ roles: [Role]) -> [Choice] {
            roles.map { Choice($0.rawValue, page.t("task.breakdown.rule.\($0.rawValue)")) }
                + [Choice("title", page.t("task.breakdown.rule.title"))]
        }
        return group(
            page.t("task.group.people"),
            """
            \(form.select("performer_rule", label: page.t("task.field.performer"), choices: rules([.focal, .secretariat, .member]), help: page.t("task.breakdown.help.performer")))\
            \(form.text("performer_title", label: page.t("task.breakdown.performer_title"), help: page.t("task.breakdown.help.title_word"), required: false, maxLength: 100))\
            \(form.select("leader_rule", label: page.t("task.field.leader"), choices: rules([.leader]), help: page.t("task.breakdown.help.leader")))\
            \(form.text("leader_title", label: page.t("task.breakdown.leader_title"), help: page.t("task.breakdown.help.title_word"), required: false, maxLength: 100))
            """)
    }

    static func template(_ form: FormView, _ parent: TaskBreakdownParent, _ page: PageContext) -> HTML {
        let groups = parent.fields.filter { $0.family == .group }.map { Choice($0.code, $0.name(in: page.language)) }
        let work = group(
            page.t("task.clarity.point.work"),
            """
            \(form.text("title", label: page.t("task.field.title"), help: page.t("task.help.title"), maxLength: 300))\
            \(form.area("description", label: page.t("task.field.description"), required: false, rows: 3))\
            \(form.select("task_group", label: page.t("task.field.group"), choices: groups, required: false))\
            \(form.text("weight", label: page.t("task.field.weight"), help: page.t("task.help.weight"), required: false, maxLength: 7, isNumber: true))
            """)
        var needed = form
        needed.marks = TaskFormViews.marks(page)
        return work + TaskFormViews.time(needed, page) + TaskFormViews.products(needed, page)
    }

    private static func group(_ title: String, _ body: HTML) -> HTML {
        "<fieldset><legend>\(title)</legend>\(body)</fieldset>"
    }

    /// What is missing whatever the unit.
    static func shared(_ plan: TaskBreakdownPlan, _ page: PageContext) -> HTML {
        guard !plan.missing.isEmpty else { return .empty }
        let lines = plan.missing.map { problem -> HTML in "<li>\(page.t(problem.message))</li>" }
        return notice(.warn, "<p>\(page.t("task.breakdown.missing"))</p><ul>\(lines)</ul>")
    }

    static func table(_ plan: TaskBreakdownPlan, _ page: PageContext) -> HTML {
        // What would be made first: of 135 units, the one that has no part yet is not looked for.
        let rows = plan.rows.filter { $0.present == nil } + plan.rows.filter { $0.present != nil }
        return dataTable(
            page, caption: page.t("task.breakdown.caption"),
            columns: [
                Column(page.t("task.field.lead_unit")), Column(page.t("task.field.performer")),
                Column(page.t("task.field.leader")), Column(page.t("task.breakdown.state")),
            ], rows: rows.map { cells($0, page) })
    }

    private static func cells(_ row: TaskBreakdownPlan.Row, _ page: PageContext) -> [HTML] {
        let name: HTML = "<a href=\"\(row.unit.href)\">\(row.unit.name)</a>"
        let people = [row.performer, row.leader].map { $0?.uid.text ?? "" }.joined(separator: " ")
        let pick: HTML =
            row.isPossible
            ? """
            <input type="checkbox" name="\(TaskBreakdownForm.taken)\(row.unit.uid)" value="\(people)" checked \
            aria-label="\(page.t("task.breakdown.take", ["name": row.unit.name]))">
            """ : .empty
        return [
            "\(pick) \(name)", "\(row.performer?.name ?? "–")", "\(row.leader?.name ?? "–")", state(row, page),
        ]
    }

    private static func state(_ row: TaskBreakdownPlan.Row, _ page: PageContext) -> HTML {
        if let present = row.present {
            return """
                \(badge(.none, page.t("task.breakdown.present"))) <a href="\(present.href)">\(present.task.title)</a>
                """
        }
        if let refusal = row.refusal {
            return badge(.bad, page.t("task.breakdown.refused")) + "<p>\(page.t(refusal))</p>"
        }
        if row.missing.isEmpty { return badge(.accent, page.t("task.breakdown.clear")) }
        let lines = row.missing.map { problem -> HTML in "<li>\(page.t(problem.message))</li>" }
        return badge(.warn, page.t("task.breakdown.unclear")) + "<ul class=\"plain-list\">\(lines)</ul>"
    }
}
