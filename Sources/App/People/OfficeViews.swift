/// The form that gives somebody an office.
func newOfficePage(
    _ page: PageContext, _ row: PersonRow, _ values: Fields, _ problems: [Problem] = [], chosen: String? = nil
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields = [
        form.unit("unit", label: page.t("person.unit"), chosen: chosen),
        form.text("title", label: page.t("person.title")),
        form.day("from", label: page.t("person.from")),
        form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false),
        form.text("decision", label: page.t("person.decision"), required: false, maxLength: 300),
    ]
    return sitePage(
        page, title: page.t("person.appoint.title", ["name": page.name(row.person.name)]),
        crumbs: [PersonViews.home(page), PersonViews.crumb(page, row)],
        body: form.form(
            action: "\(row.href)/offices", submit: page.t("person.appoint"), cancel: row.href, fields.joined()))
}

/// The form that gives an office a role over a subtree.
func newGrantPage(
    _ page: PageContext, _ office: OfficeRow, _ values: Fields, _ problems: [Problem] = [], chosen: String? = nil
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let roles = Role.allCases.map { Choice(value: $0.rawValue, text: page.t("role.\($0.rawValue)")) }
    let trees = Hierarchy.allCases.map { Choice(value: $0.rawValue, text: page.t("hierarchy.\($0.rawValue)")) }
    let levels = Secrecy.allCases.map { Choice(value: $0.name, text: page.t("secrecy.\($0.name)")) }
    let fields = [
        form.select("role", label: page.t("person.role"), choices: roles),
        form.unit("unit", label: page.t("person.grant.unit"), chosen: chosen),
        form.select(
            "hierarchy", label: page.t("person.hierarchy"), choices: trees, help: page.t("person.hierarchy.help")),
        form.select("ceiling", label: page.t("person.ceiling"), choices: levels, help: page.t("person.ceiling.help")),
        form.day("from", label: page.t("person.from")),
        form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false),
    ]
    return sitePage(
        page,
        title: page.t("person.grant.title", ["title": office.office.title, "name": page.name(office.personName)]),
        crumbs: OfficeViews.crumbs(page, office),
        body: form.form(
            action: "\(office.href)/grants", submit: page.t("person.grant"), cancel: office.personHref,
            fields.joined()))
}

/// The form that lets another office act for this one.
func newDelegationPage(
    _ page: PageContext, _ office: OfficeRow, _ agents: [OfficeRow], _ values: Fields, _ problems: [Problem] = []
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let who = agents.map { agent in
        Choice(
            value: agent.office.uid.text,
            text: page.t(
                "person.agent.words",
                ["name": page.name(agent.personName), "title": agent.office.title, "unit": agent.unitName]))
    }
    let how = Delegation.Capacity.allCases.map {
        Choice(value: $0.rawValue, text: page.t("capacity.\($0.rawValue)"))
    }
    let fields = [
        form.select("agent", label: page.t("person.agent"), choices: who, help: page.t("person.agent.help")),
        form.select("capacity", label: page.t("person.capacity"), choices: how),
        form.text(
            "authority", label: page.t("person.authority"), help: page.t("person.authority.help"), maxLength: 300),
        form.day("from", label: page.t("person.from")),
        form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false),
    ]
    return sitePage(
        page,
        title: page.t("person.delegate.title", ["title": office.office.title, "name": page.name(office.personName)]),
        crumbs: OfficeViews.crumbs(page, office),
        body: form.form(
            action: "\(office.href)/delegations", submit: page.t("person.delegate"), cancel: office.personHref,
            fields.joined()))
}

enum OfficeViews {
    static func crumbs(_ page: PageContext, _ office: OfficeRow) -> [Crumb] {
        [PersonViews.home(page), Crumb(text: page.name(office.personName), href: office.personHref)]
    }
}

extension OfficeRow {
    var personHref: String { "/people/\(personUID)" }
}
