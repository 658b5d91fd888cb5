/// Step one: the unit. Step two: one of its offices, in the form that `second` makes around the two.
/// - Parameter collection: the address under which the page asks again, once the unit is named.
func officeOfUnit(
    _ choice: OpinionChoice, _ typed: Fields, _ problems: [Problem], collection: String, unitLabel: String,
    _ page: PageContext, second: (FormView, HTML) -> HTML
) -> HTML {
    let missed: [Problem] =
        choice.unit == nil && !typed["unit"].isEmpty ? [Problem("unit", "document.error.unit_unknown")] : []
    let form = FormView(page, values: typed, problems: problems + missed)
    let search: HTML = """
        <form class="form" method="get" action="\(collection)/new">\
        \(form.unit("unit", label: unitLabel, chosen: choice.unit?.name))\
        <div class="actions"><button>\(page.t("document.opinion.offices"))</button></div></form>
        """
    guard let unit = choice.unit else { return search }
    guard !choice.offices.isEmpty else {
        return search
            + emptyState(
                page, title: page.t("document.opinion.nobody", ["name": unit.name]),
                hint: page.t("document.opinion.nobody_hint"))
    }
    let offices = choice.offices.map { Choice($0.office.uid.text, "\($0.personName), \($0.office.title)") }
    let named: HTML = """
        \(form.hidden("unit", unit.uid.text))\
        \(form.select("office", label: page.t("document.field.office"), choices: offices))
        """
    return search + second(form, named)
}
