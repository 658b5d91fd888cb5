/// The form that ends an office, with the work that is open in it.
func endOfficePage(
    _ page: PageContext, _ view: OfficeLeavingView, _ values: Fields, _ problems: [Problem] = []
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let office = view.office
    let fields = [
        form.day("from", label: page.t("person.end.from"), help: page.t("person.end.help")),
        form.text("decision", label: page.t("person.decision"), required: false, maxLength: 300),
        OfficeLeavingParts.succession(page, form, view, along: false),
    ]
    return sitePage(
        page, title: page.t("person.end.title", ["title": office.office.title, "name": page.name(office.personName)]),
        lead: "\(page.t("person.end.lead"))", crumbs: OfficeViews.crumbs(page, office),
        body: OfficeLeavingParts.work(page, view)
            + form.form(
                action: "\(office.href)/end", submit: page.t("person.end_office"), danger: true,
                cancel: office.personHref, fields.joined()))
}

/// The form that moves the holder of an office to another one.
func transferPage(
    _ page: PageContext, _ view: OfficeLeavingView, _ values: Fields, _ problems: [Problem] = [], chosen: String? = nil
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let office = view.office
    let fields = [
        form.unit("unit", label: page.t("person.transfer.unit"), chosen: chosen),
        form.text("title", label: page.t("person.transfer.office")),
        form.day("from", label: page.t("person.transfer.from"), help: page.t("person.transfer.from.help")),
        form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false),
        form.text("decision", label: page.t("person.decision"), maxLength: 300),
        OfficeLeavingParts.succession(page, form, view, along: true),
    ]
    return sitePage(
        page,
        title: page.t("person.transfer.title", ["title": office.office.title, "name": page.name(office.personName)]),
        lead: "\(page.t("person.transfer.lead"))", crumbs: OfficeViews.crumbs(page, office),
        body: OfficeLeavingParts.work(page, view)
            + form.form(
                action: "\(office.href)/transfer", submit: page.t("person.transfer"), cancel: office.personHref,
                fields.joined()))
}

enum OfficeLeavingParts {
    /// What is open, by kind, and what becomes of it.
    static func work(_ page: PageContext, _ view: OfficeLeavingView) -> HTML {
        guard !view.work.isEmpty else {
            return card(page.t("office-work.title"), "<p>\(page.t("office-work.none"))</p>")
        }
        let columns = [
            Column(page.t("office-work.what")), Column(page.t("office-work.kind")),
            Column(page.t("office-work.count"), numeric: true), Column(page.t("office-work.fate")),
        ]
        let rows = view.work.map { item -> [HTML] in
            let title = page.t(item.title)
            let name: HTML = item.href.map { "<a href=\"\($0)\">\(title)</a>" } ?? "\(title)"
            let fate = page.t("office-work.\(item.fate.rawValue)")
            return [name, "\(page.t("office-work.\(item.kind)"))", "\(page.number(item.count))", "\(fate)"]
        }
        return card(
            page.t("office-work.title"),
            "<p>\(page.t("office-work.lead", ["day": page.day(view.day)]))</p>"
                + dataTable(page, caption: page.t("office-work.title"), columns: columns, rows: rows))
    }

    /// Who takes it over: somebody in office near by, a person who is appointed, or nobody yet with a reason.
    static func succession(_ page: PageContext, _ form: FormView, _ view: OfficeLeavingView, along: Bool) -> HTML {
        let own = along ? [Choice(SuccessionDraft.along, page.t("person.transfer.along"))] : []
        let others = view.successors.map { row in
            Choice(
                row.office.uid.text,
                page.t(
                    "person.agent.words",
                    ["name": page.name(row.personName), "title": row.office.title, "unit": row.unitName]))
        }
        return PersonViews.group(
            page.t("person.end.succession"),
            [
                form.select(
                    "successor", label: page.t("person.end.successor"), choices: own + others, required: false,
                    help: page.t("person.end.successor.help")),
                form.person(
                    "successor_person", label: page.t("person.end.successor_person"), chosen: view.chosen,
                    required: false, help: page.t("person.end.successor_person.help")),
                form.checkbox(
                    "leave_rest", label: page.t("office-work.leave_rest"), help: page.t("office-work.leave_rest.help")),
                form.text(
                    "reason", label: page.t("person.end.reason"), help: page.t("person.end.reason.help"),
                    required: false, maxLength: 500),
            ])
    }
}
