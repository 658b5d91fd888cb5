/// What is stored about a person: kind by kind, how much, what for and for how long.
func personDataPage(_ page: PageContext, _ view: PersonDataView) -> HTML {
    let path = view.isOwn ? "/account/data" : "\(view.row.href)/data"
    let copy: HTML = """
        <form method="post" action="\(path)/copies">\(Layout.csrf(page))<button class="main">\
        \(page.t("personal-data.copy"))</button></form>
        """
    let erase =
        view.mayErase
        ? linkButton(page.t("personal-data.erase"), href: "\(view.row.href)/erasure") : .empty
    let columns = [
        Column(page.t("personal-data.kind")), Column(page.t("personal-data.count"), numeric: true),
        Column(page.t("personal-data.purpose")), Column(page.t("personal-data.retention")),
        Column(page.t("personal-data.on_erasure")),
    ]
    let rows = view.kinds.map { kind -> [HTML] in
        let fate = page.t(kind.isErased ? "personal-data.goes" : "personal-data.stays")
        return [
            "\(page.t("personal-data.\(kind.key)"))", "\(page.number(kind.count))",
            "\(page.t("personal-data.\(kind.key).purpose"))", "\(page.t("personal-data.\(kind.key).retention"))",
            "\(fate)",
        ]
    }
    return sitePage(
        page,
        title: view.isOwn
            ? page.t("personal-data.own") : page.t("personal-data.of", ["name": page.name(view.row.person.name)]),
        lead: "\(page.t("personal-data.lead"))", crumbs: PersonDataParts.crumbs(page, view), actions: erase + copy,
        body: PersonDataParts.erased(page, view.erasedOn)
            + dataTable(page, caption: page.t("personal-data.inventory"), columns: columns, rows: rows)
            + (view.isOwn ? notice(.none, "\(page.t("personal-data.ask"))") : .empty))
}

/// Asks whether somebody's data is to be erased for good.
func erasurePage(_ page: PageContext, _ row: PersonRow, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let name = page.name(row.person.name)
    let fields = [
        form.text("name", label: page.t("personal-data.erase.name", ["name": name]), autocomplete: "off"),
        form.area(
            "reason", label: page.t("personal-data.erase.reason"), help: page.t("personal-data.erase.reason.help"),
            maxLength: 500, rows: 3),
    ]
    return sitePage(
        page, title: page.t("personal-data.erase.title", ["name": name]),
        crumbs: [PersonViews.home(page), PersonViews.crumb(page, row)],
        body: notice(.warn, "\(page.t("personal-data.erase.lead"))")
            + form.form(
                action: "\(row.href)/erasure", submit: page.t("personal-data.erase.submit"), danger: true,
                cancel: row.href, fields.joined()))
}

enum PersonDataParts {
    /// What every page of an erased person says first.
    static func erased(_ page: PageContext, _ day: Day?) -> HTML {
        day.map { notice(.none, "\(page.t("person.erased.notice", ["day": page.day($0)]))") } ?? .empty
    }

    static func crumbs(_ page: PageContext, _ view: PersonDataView) -> [Crumb] {
        view.isOwn
            ? [Crumb(text: page.t("signin.account"), href: "/account")]
            : [PersonViews.home(page), PersonViews.crumb(page, view.row)]
    }
}
