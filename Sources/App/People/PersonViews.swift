/// The list of people.
func peoplePage(_ page: PageContext, _ people: Page<PersonRow>, _ query: PersonQuery, mayCreate: Bool) -> HTML {
    let create =
        mayCreate
        ? linkButton(page.t("import.link"), href: "/people/import")
            + linkButton(page.t("person.new"), href: "/people/new", main: true) : .empty
    let export = linkButton(page.t("person.export"), href: query.link(to: "/people.csv", descending: query.descending))
    return sitePage(
        page, title: page.t("person.people"), lead: "\(page.t("person.people.lead"))", actions: export + create,
        body: PersonViews.search(page, query)
            + (people.items.isEmpty ? PersonViews.nobody(page, query, create) : PersonViews.table(page, people, query)))
}

/// The form for a new person: name, first office, account.
func newPersonPage(_ page: PageContext, _ values: Fields, _ problems: [Problem] = [], chosen: String? = nil) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let name = form.text("name", label: page.t("person.name"), maxLength: 120, autocomplete: "off")
    let office = [
        form.unit("unit", label: page.t("person.unit"), chosen: chosen, required: false),
        form.text("title", label: page.t("person.title"), required: false),
        form.day("from", label: page.t("person.from"), required: false),
        form.text("decision", label: page.t("person.decision"), required: false, maxLength: 300),
    ]
    let account = [
        form.text(
            "sign_in", label: page.t("person.sign_in"), help: page.t("person.sign_in.help"), required: false,
            maxLength: 64, autocomplete: "off"),
        form.text(
            "password", label: page.t("person.password"), help: page.t("person.password.help"), required: false,
            type: "password", autocomplete: "new-password"),
    ]
    let content =
        name + PersonViews.group(page.t("person.first_office"), office)
        + PersonViews.group(page.t("person.account"), account)
    return sitePage(
        page, title: page.t("person.new"), crumbs: [PersonViews.home(page)],
        body: form.form(action: "/people", submit: page.t("person.create"), cancel: "/people", content))
}

/// The form for another name of a person.
func renamePersonPage(_ page: PageContext, _ row: PersonRow, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let content =
        form.hidden("version", values["version"])
        + form.text("name", label: page.t("person.name"), maxLength: 120, autocomplete: "off")
    return sitePage(
        page, title: page.t("person.rename"), crumbs: [PersonViews.home(page), PersonViews.crumb(page, row)],
        body: form.form(
            action: "\(row.href)/name", submit: page.t("person.save"), cancel: row.href, content))
}

enum PersonViews {
    /// Fields that belong together.
    static func group(_ legend: String, _ fields: [HTML]) -> HTML {
        "<fieldset><legend>\(legend)</legend>\(fields)</fieldset>"
    }

    static func home(_ page: PageContext) -> Crumb { Crumb(text: page.t("person.people"), href: "/people") }
    static func crumb(_ page: PageContext, _ row: PersonRow) -> Crumb {
        Crumb(text: page.name(row.person.name), href: row.href)
    }

    static func search(_ page: PageContext, _ query: PersonQuery) -> HTML {
        """
        <form class="filter" method="get" action="/people" role="search"><label for="people-q">\
        \(page.t("person.search"))</label><input type="search" id="people-q" name="q" value="\(query.search)" \
        maxlength="200">\(query.descending ? "<input type=\"hidden\" name=\"sort\" value=\"-name\">" : "" as HTML)\
        <button>\(page.t("person.search.go"))</button></form>
        """
    }

    static func nobody(_ page: PageContext, _ query: PersonQuery, _ create: HTML) -> HTML {
        guard !query.search.isEmpty else {
            return emptyState(
                page, title: page.t("person.none"), hint: page.t("person.none.hint"), action: create)
        }
        return emptyState(
            page, title: page.t("person.not_found", ["q": query.search]), hint: page.t("person.not_found.hint"),
            action: linkButton(page.t("person.all"), href: "/people"))
    }

    static func table(_ page: PageContext, _ people: Page<PersonRow>, _ query: PersonQuery) -> HTML {
        let sorting = Sorting(key: "name", descending: query.descending) { _, descending in
            query.link(descending: descending)
        }
        let columns = [
            Column(page.t("person.name"), sortKey: "name"), Column(page.t("person.title")),
            Column(page.t("person.unit")), Column(page.t("person.since"), hideOnPhone: true),
        ]
        let next = people.next.map { query.link(descending: query.descending, after: $0) }
        let first = query.after.map { _ in query.link(descending: query.descending) }
        return dataTable(
            page, caption: page.t("person.people"), columns: columns, rows: people.items.map { cells(page, $0) },
            sorting: sorting)
            + pager(
                page, shown: people.items.count, total: people.total, totalIsFloor: people.totalIsFloor, next: next,
                first: first)
    }

    private static func cells(_ page: PageContext, _ row: PersonRow) -> [HTML] {
        let name: HTML = "<a href=\"\(row.href)\">\(page.name(row.person.name))</a>"
        guard !row.offices.isEmpty else { return [name, "\(page.t("person.no_office"))", "", ""] }
        return [
            name, lines(row.offices.map { "\($0.office.title)" }), lines(row.offices.map(unitLink)),
            lines(row.offices.map { "\(page.day($0.office.from))" }),
        ]
    }

    static func unitLink(_ row: OfficeRow) -> HTML { "<a href=\"/units/\(row.unitUID)\">\(row.unitName)</a>" }

    private static func lines(_ parts: [HTML]) -> HTML {
        parts.enumerated().map { index, part -> HTML in index == 0 ? part : "<br>\(part)" }.joined()
    }
}

extension PersonRow {
    var href: String { "/people/\(person.uid)" }
}
