/// The form that gives a task to another person, or has another leader answer for it.
func taskReassignmentPage(
    _ part: TaskPart, _ detail: TaskDetail, _ choices: [TaskOffice], _ typed: Fields, _ problems: [Problem],
    _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let word = page.t("task.\(part.rawValue).change")
    let present = (part == .performer ? detail.performer : detail.leader)?.name ?? page.t("task.point.missing")
    let all: HTML =
        part == .performer
        ? detail.performer.map { office -> HTML in
            "<p>\(linkButton(page.t("task.handover.all"), href: "/offices/\(office.uid)/handover"))</p>"
        } ?? .empty : .empty
    let offices = choices.map { Choice($0.uid.text, $0.name) }
    return sitePage(
        page, title: word, lead: "\(detail.row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: notice(.accent, "\(page.t("task.\(part.rawValue).change.hint", ["name": present]))")
            + form.form(
                action: "\(detail.row.href)/\(part.rawValue)", submit: word, cancel: detail.row.href,
                """
                \(form.hidden("version", typed["version"]))\
                \(form.select("office", label: page.t("task.assignment.\(part.rawValue)"), choices: offices))\
                \(form.area("reason", label: page.t("task.field.reason"), help: page.t("task.help.reason"), maxLength: 2_000))
                """) + all)
}

/// The way to the form, for whoever may change it now.
func taskReassignmentLink(_ part: TaskPart, _ detail: TaskDetail, _ page: PageContext) -> HTML {
    guard detail.reassignable.contains(part) else { return .empty }
    return """
         <a href="\(detail.row.href)/\(part.rawValue)" \
        aria-label="\(page.t("task.\(part.rawValue).change"))">\(page.t("task.reassign"))</a>
        """
}

/// Who had the task before, once it was given to somebody else.
func taskAssignmentCard(_ detail: TaskDetail, _ page: PageContext) -> HTML {
    guard detail.assignments.contains(where: { $0.to != .never }) else { return .empty }
    let lines = detail.assignments.map { assignment -> HTML in
        let days =
            assignment.to == .never
            ? page.t("task.assignment.since", ["from": page.day(assignment.from)])
            : page.t(
                "task.assignment.days", ["from": page.day(assignment.from), "to": page.day(assignment.to)])
        let reason: HTML = assignment.reason.isEmpty ? .empty : "<span class=\"sub\">\(assignment.reason)</span>"
        return """
            <li>\(assignment.office.name)<span class="sub">\
            \(page.t("task.assignment.\(assignment.part.rawValue)")) · \(days)</span>\(reason)</li>
            """
    }
    return card(page.t("task.assignments"), "<ul class=\"plain-list\">\(lines)</ul>")
}
