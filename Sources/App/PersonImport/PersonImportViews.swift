/// The form that takes a file of people.
func personImportPage(_ page: PageContext, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields = [
        form.file(
            "file", label: page.t("person-import.file"), help: page.t("person-import.file.help"), accept: ".csv,.xlsx"),
        form.checkbox("trial", label: page.t("person-import.trial")),
        form.checkbox("good_rows", label: page.t("person-import.good_rows")),
        form.text("days", label: page.t("person-import.days")),
    ]
    return sitePage(
        page, title: page.t("person-import.title"), lead: "\(page.t("person-import.lead"))",
        crumbs: [PersonViews.home(page)],
        body: form.form(
            action: "/people/import", submit: page.t("person-import.submit"), cancel: "/people", hasFiles: true,
            fields.joined()))
}

/// How it went: what was taken, what is wrong row by row, and the links, which no other page shows.
func personImportReportPage(
    _ page: PageContext, _ report: PersonImportReport, absolute: (String) -> String
) -> HTML {
    let isRefused = report.taken == 0 && !report.problems.isEmpty
    let title =
        isRefused
        ? page.t("person-import.refused")
        : page.t(report.isTrial ? "person-import.could" : "person-import.done", count: report.taken)
    return sitePage(
        page, title: title, crumbs: [PersonViews.home(page)],
        actions: linkButton(page.t("person-import.again"), href: "/people/import", main: isRefused || report.isTrial),
        body: facts([
            (page.t("person-import.file"), "\(report.file)"),
            (page.t("person-import.rows"), "\(page.number(report.rows))"),
            (page.t("person-import.people"), "\(page.number(report.people))"),
            (page.t("person-import.grants"), "\(page.number(report.grants))"),
            (page.t("person-import.hash"), "<code>\(report.hash)</code>"),
        ]) + PersonImportParts.links(page, report.links, absolute) + PersonImportParts.problems(page, report.problems))
}

enum PersonImportParts {
    static func links(
        _ page: PageContext, _ links: [PersonImportLink], _ absolute: (String) -> String
    ) -> HTML {
        guard !links.isEmpty else { return .empty }
        let columns = [
            Column(page.t("person.name")), Column(page.t("person.title")), Column(page.t("person-import.links")),
        ]
        let rows = links.map { link -> [HTML] in
            ["\(link.name)", "\(link.title)", "<code class=\"secret\">\(absolute(link.path))</code>"]
        }
        return card(
            page.t("person-import.links"),
            notice(.warn, "\(page.t("person-import.links.once"))")
                + dataTable(page, caption: page.t("person-import.links"), columns: columns, rows: rows))
    }

    /// By line and column, as many as are kept.
    static func problems(_ page: PageContext, _ problems: ProblemList) -> HTML {
        guard !problems.isEmpty else { return .empty }
        let columns = [
            Column(page.t("person-import.line"), numeric: true), Column(page.t("person-import.column")),
            Column(page.t("person-import.reason")),
        ]
        let rows = problems.shown.map { problem -> [HTML] in
            ["\(problem.line.map { page.number($0) } ?? "")", "\(problem.field)", "\(page.t(problem.message))"]
        }
        let hidden = problems.count - problems.shown.count
        let more: HTML = hidden > 0 ? "<p>\(page.t("person-import.more", count: hidden))</p>" : .empty
        return card(
            page.t("person-import.problems", count: problems.count),
            dataTable(
                page, caption: page.t("person-import.problems", count: problems.count), columns: columns, rows: rows)
                + more)
    }
}
