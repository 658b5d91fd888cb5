/// The form of a new unit.
func newUnit(
    _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("unit.new"), crumbs: [Crumb(text: page.t("unit.title"), href: "/units")],
        body: form.form(
            action: "/units", submit: page.t("unit.create"), cancel: "/units",
            """
            \(kindField(form, UnitKind.allCases, page))\
            \(form.text("name", label: page.t("unit.field.name")))\
            \(form.text("name_en", label: page.t("unit.field.name_en"), required: false))\
            \(form.unit("parent", label: page.t("unit.field.parent"), chosen: chosen["parent"], help: page.t("unit.help.parent")))\
            \(form.unit("state_parent", label: page.t("unit.field.state_parent"), chosen: chosen["state_parent"], required: false))\
            \(form.unit("party_parent", label: page.t("unit.field.party_parent"), chosen: chosen["party_parent"], required: false))\
            \(form.day("from", label: page.t("unit.field.from")))\
            \(secrecyField(form, page))\
            \(form.text("scheme", label: page.t("unit.field.scheme"), required: false, maxLength: 40))\
            \(form.text("code", label: page.t("unit.field.code"), required: false, maxLength: 60))\
            \(placeFields(form, page))\
            \(form.text("basis", label: page.t("unit.field.basis"), help: page.t("unit.help.basis"), required: false, maxLength: 1_000))
            """))
}

func renameUnit(_ unit: UnitRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let kinds = UnitKind.allCases.filter { $0.isTerritory == unit.kind.isTerritory }
    return changePage(
        unit, title: page.t("unit.rename_of", ["name": unit.name]), page,
        form.form(
            action: "/units/\(unit.uid)/names", submit: page.t("unit.rename"), cancel: "/units/\(unit.uid)",
            """
            \(form.hidden("version", typed["version"]))\(form.text("name", label: page.t("unit.field.name")))\
            \(form.text("name_en", label: page.t("unit.field.name_en"), required: false))\
            \(kindField(form, kinds, page))\(fromAndBasis(form, page))
            """))
}

func moveUnit(
    _ unit: UnitRow, _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let hierarchies = Hierarchy.allCases.map { Choice($0.rawValue, page.t("hierarchy.\($0.rawValue)")) }
    return changePage(
        unit, title: page.t("unit.move_of", ["name": unit.name]), page,
        form.form(
            action: "/units/\(unit.uid)/parents", submit: page.t("unit.move"), cancel: "/units/\(unit.uid)",
            """
            \(form.hidden("version", typed["version"]))\
            \(form.select("hierarchy", label: page.t("unit.field.hierarchy"), choices: hierarchies))\
            \(form.unit("parent", label: page.t("unit.field.new_parent"), chosen: chosen["parent"]))\(fromAndBasis(form, page))
            """))
}

func dissolveUnit(_ unit: UnitRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return changePage(
        unit, title: page.t("unit.dissolve_of", ["name": unit.name]), page,
        notice(.warn, "\(page.t("unit.dissolve_hint"))")
            + form.form(
                action: "/units/\(unit.uid)/dissolution", submit: page.t("unit.dissolve"), danger: true,
                cancel: "/units/\(unit.uid)",
                "\(form.hidden("version", typed["version"]))\(fromAndBasis(form, page))"))
}

func describeUnit(_ unit: UnitRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return changePage(
        unit, title: page.t("unit.describe_of", ["name": unit.name]), page,
        form.form(
            action: "/units/\(unit.uid)/facts", submit: page.t("unit.describe"), cancel: "/units/\(unit.uid)",
            """
            \(form.hidden("version", typed["version"]))\(secrecyField(form, page))\(placeFields(form, page))
            """))
}

private func changePage(_ unit: UnitRow, title: String, _ page: PageContext, _ body: HTML) -> HTML {
    sitePage(
        page, title: title,
        crumbs: [
            Crumb(text: page.t("unit.title"), href: "/units"), Crumb(text: unit.name, href: "/units/\(unit.uid)"),
        ],
        body: body)
}

private func kindField(_ form: FormView, _ kinds: [UnitKind], _ page: PageContext) -> HTML {
    form.select(
        "kind", label: page.t("unit.field.kind"),
        choices: kinds.map { Choice($0.rawValue, page.t("unit.kind.\($0.rawValue)")) })
}

private func secrecyField(_ form: FormView, _ page: PageContext) -> HTML {
    form.select(
        "secrecy", label: page.t("unit.field.secrecy"),
        choices: Secrecy.allCases.map { Choice($0.name, page.t("secrecy.\($0.name)")) },
        help: page.t("unit.help.secrecy"))
}

private func placeFields(_ form: FormView, _ page: PageContext) -> HTML {
    """
    \(form.text("latitude", label: page.t("unit.field.latitude"), help: page.t("unit.help.degrees"), required: false))\
    \(form.text("longitude", label: page.t("unit.field.longitude"), required: false))\
    \(form.text("area_km2", label: page.t("unit.field.area_km2"), required: false))
    """
}

private func fromAndBasis(_ form: FormView, _ page: PageContext) -> HTML {
    """
    \(form.day("from", label: page.t("unit.field.from_day")))\
    \(form.text("basis", label: page.t("unit.field.basis"), help: page.t("unit.help.basis"), maxLength: 1_000))
    """
}
