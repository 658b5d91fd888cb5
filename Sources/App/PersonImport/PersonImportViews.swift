/// The form that takes a file of people.
func personImportPage(_ page: PageContext, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields = [
        form.file(
            "file", label: page.t("import.file"), help: page.t("person-import.file.help"), accept: ".csv,.xlsx"),
        form.checkbox("trial", label: page.t("import.trial")),
        form.checkbox("good_rows", label: page.t("import.good_rows")),
        form.text("days", label: page.t("person-import.days")),
    ]
    return sitePage(
        page, title: page.t("person-import.title"), lead: "\(page.t("person-import.lead"))",
        crumbs: [PersonViews.home(page)], actions: importTemplates(page, "/people/import"),
        body: form.form(
            action: "/people/import", submit: page.t("import.submit"), cancel: "/people", hasFiles: true,
            fields.joined()) + importColumns(page, PersonRowParser.columns))
}

/// How it went: what was taken, what is wrong row by row, and the links, which no other page shows.
func personImportReportPage(
    _ page: PageContext, _ report: PersonImportReport, absolute: (String) -> String
) -> HTML {
    let isRefused = report.taken == 0 && !report.problems.isEmpty
    let title =
        isRefused
        ? page.t("import.refused")
        : page.t(report.isTrial ? "import.could" : "import.done", count: report.taken)
    return sitePage(
        page, title: title, crumbs: [PersonViews.home(page)],
        actions: linkButton(page.t("import.again"), href: "/people/import", main: isRefused || report.isTrial),
        body: importNext(page, isTrial: report.isTrial, taken: report.taken)
            + facts([
                (page.t("import.file"), "\(report.file)"),
                (page.t("import.rows"), "\(page.number(report.rows))"),
                (page.t("person-import.people"), "\(page.number(report.people))"),
                (page.t("person-import.grants"), "\(page.number(report.grants))"),
            ]) + importHash(page, report.hash) + PersonImportParts.links(page, report.links, absolute)
            + importProblems(page, report.problems, name: { PersonRowParser.columns.name(of: $0, page) }))
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
}
