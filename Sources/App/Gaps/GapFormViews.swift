/// The form of a new gap.
func newGap(_ typed: Fields, _ problems: [Problem], _ names: GapFormNames, _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("gap.new"), lead: "\(page.t("gap.lead"))", crumbs: GapViews.crumbs(page),
        body: form.form(
            action: "/gaps", submit: page.t("gap.new"), cancel: "/gaps", GapFormViews.fields(form, names, page)))
}

func editGap(
    _ detail: GapDetail, _ typed: Fields, _ problems: [Problem], _ names: GapFormNames, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("gap.edit"),
        crumbs: GapViews.crumbs(page) + [Crumb(text: detail.row.gap.title, href: detail.row.href)],
        body: form.form(
            action: detail.row.href, submit: page.t("gap.edit"), cancel: detail.row.href,
            "\(form.hidden("version", typed["version"]))\(GapFormViews.fields(form, names, page))"))
}

enum GapFormViews {
    static func fields(_ form: FormView, _ names: GapFormNames, _ page: PageContext) -> HTML {
        let types = DocumentType.allCases.filter { $0 != .letter }.map { Choice($0.rawValue, page.t($0.nameKey)) }
        let basisHelp = names.hasHiddenBasis ? "gap.help.basis_hidden" : "gap.help.basis"
        return """
            \(form.text("title", label: page.t("gap.field.title"), help: page.t("gap.help.title"), maxLength: 300))\
            \(form.select("type", label: page.t("gap.field.type"), choices: types))\
            \(form.unit("owner", label: page.t("gap.field.owner"), chosen: names.owner))\
            \(form.text("office", label: page.t("gap.field.office"), help: page.t("gap.help.office"), required: false, maxLength: 500, choices: names.offices))\
            \(form.day("due_on", label: page.t("gap.field.due_on")))\
            \(form.text("basis", label: page.t("gap.field.basis"), help: page.t(basisHelp), required: false, maxLength: 1_000))\
            \(form.text("paragraph", label: page.t("requirement.field.paragraph"), help: page.t("requirement.help.paragraph"), required: false, maxLength: 60))\
            \(form.area("reason", label: page.t("gap.field.reason"), required: false, maxLength: 2_000, rows: 3))\
            \(form.area("blocks", label: page.t("gap.field.blocks"), help: page.t("gap.help.blocks"), required: false, maxLength: 2_000, rows: 3))\
            \(form.area("blocked_units", label: page.t("gap.field.blocked_units"), help: page.t("gap.help.lines"), required: false, maxLength: 20_000, rows: 3))\
            \(form.area("blocked_documents", label: page.t("gap.field.blocked_documents"), help: page.t("gap.help.lines"), required: false, maxLength: 20_000, rows: 3))\
            \(form.area("blocked_tasks", label: page.t("gap.field.blocked_tasks"), help: page.t("gap.help.tasks"), required: false, maxLength: 20_000, rows: 3))
            """
    }
}
