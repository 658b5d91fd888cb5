/// All open tasks of an office: who takes them over, what goes, what stays and why.
func taskHandoverPage(
    _ plan: TaskHandover, _ offices: [TaskOffice], _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let choices = offices.map { Choice($0.uid.text, $0.name) }
    let href = "/offices/\(plan.office.office.uid)/handover"
    let choose: HTML = """
        <form class="filters" method="get" action="\(href)">\
        \(form.select("successor", label: page.t("task.handover.successor"), choices: choices))\
        <button>\(page.t("task.handover.preview"))</button></form>
        """
    return sitePage(
        page, title: page.t("task.handover"),
        lead: "\([plan.office.personName, plan.office.office.title, plan.office.unitName].joined(separator: ", "))",
        crumbs: TaskViews.crumbs(page),
        body: notice(.accent, "\(page.t("task.handover.hint"))") + choose
            + lines(plan.going, page.t("task.handover.going", count: plan.going.count), page)
            + lines(plan.staying, page.t("task.handover.staying", count: plan.staying.count), page)
            + act(plan, form, href, page))
}

private func act(_ plan: TaskHandover, _ form: FormView, _ href: String, _ page: PageContext) -> HTML {
    guard let successor = plan.successor else {
        return TaskViews.refusal(form.problems, page)
    }
    return form.form(
        action: href, submit: page.t("task.handover"),
        """
        \(form.hidden("successor", successor.office.uid.text))\
        \(form.area("reason", label: page.t("task.field.reason"), help: page.t("task.help.reason"), maxLength: 2_000))
        """)
}

private func lines(_ lines: [TaskHandover.Line], _ title: String, _ page: PageContext) -> HTML {
    guard !lines.isEmpty else { return .empty }
    let rest = lines.count - shownLines
    let more: HTML = rest > 0 ? "<p>\(page.t("task.handover.more", count: rest))</p>" : .empty
    let items = lines.prefix(shownLines).map { line -> HTML in
        let why: HTML = line.refusal.map { "<span class=\"sub\">\(page.t($0))</span>" } ?? .empty
        return """
            <li><a href="\(line.row.href)">\(line.row.task.title)</a><span class="sub">\
            \(page.t("task.assignment.\(line.part.rawValue)"))</span>\(why)</li>
            """
    }
    return card(title, "<ul class=\"plain-list\">\(items)</ul>\(more)")
}

/// So many are named; the others are counted, so that the page of somebody with thousands stays light.
private let shownLines = 100
