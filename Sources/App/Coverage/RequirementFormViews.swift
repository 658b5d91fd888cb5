/// The form of a new requirement.
func newRequirement(
    _ document: DocumentRow, _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let types = DocumentType.allCases.filter { $0 != .letter }.map { Choice($0.rawValue, page.t($0.nameKey)) }
    return sitePage(
        page, title: page.t("coverage.require"),
        lead: "\(page.t("requirement.lead", ["document": document.name, "issuer": document.document.issuerName]))",
        crumbs: coverageCrumbs(document, page),
        body: form.form(
            action: "\(document.href)/requirements", submit: page.t("coverage.require"),
            cancel: "\(document.href)/coverage",
            """
            \(form.select("type", label: page.t("coverage.column.type"), choices: types))\
            \(form.text("title", label: page.t("requirement.field.title"), help: page.t("requirement.help.title"), required: false))\
            \(form.day("due_on", label: page.t("coverage.column.due_on"), help: page.t("requirement.help.due")))\
            \(form.text("paragraph", label: page.t("requirement.field.paragraph"), help: page.t("requirement.help.paragraph"), required: false, maxLength: 60))\
            \(RequirementFormViews.audience(form, chosen, page))\
            \(form.unit("owner", label: page.t("coverage.column.owner"), chosen: chosen["owner"], required: false, help: page.t("requirement.help.owner")))
            """))
}

func editRequirement(
    _ detail: RequirementDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return RequirementFormViews.page(
        detail, title: page.t("requirement.change"), page,
        form.form(
            action: detail.row.href, submit: page.t("requirement.change"), cancel: detail.row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.text("title", label: page.t("requirement.field.title"), help: page.t("requirement.help.title"), required: false))\
            \(form.text("paragraph", label: page.t("requirement.field.paragraph"), required: false, maxLength: 60))\
            \(form.day("due_on", label: page.t("coverage.column.due_on"), help: page.t("requirement.help.move_due")))\
            \(form.text("reason", label: page.t("requirement.field.reason"), required: false, maxLength: 1_000))
            """))
}

func withdrawRequirement(
    _ detail: RequirementDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return RequirementFormViews.page(
        detail, title: page.t("requirement.withdraw"), page,
        notice(.warn, "\(page.t("requirement.withdraw_hint"))")
            + form.form(
                action: "\(detail.row.href)/withdrawal", submit: page.t("requirement.withdraw"), danger: true,
                cancel: detail.row.href,
                """
                \(form.hidden("version", typed["version"]))\
                \(form.text("reason", label: page.t("requirement.field.reason"), maxLength: 1_000))
                """))
}

func addressRequirement(
    _ detail: RequirementDetail, _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return RequirementFormViews.page(
        detail, title: page.t("requirement.address"), page,
        form.form(
            action: "\(detail.row.href)/units", submit: page.t("requirement.address"), cancel: detail.row.href,
            "\(form.hidden("version", typed["version"]))\(RequirementFormViews.audience(form, chosen, page))"))
}

/// The page of one unit's duty, with what its keeper may decide.
func dutyPage(_ detail: DutyDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let duty = detail.duty, requirement = detail.requirement
    var rows: [(label: String, value: HTML)] = [
        (page.t("coverage.column.unit"), "<a href=\"/units/\(detail.unit.uid)\">\(detail.unit.name)</a>"),
        (page.t("coverage.column.status"), dutyBadge(detail.status, page)),
        (page.t("coverage.column.due_on"), "\(page.day(duty.due))"),
    ]
    if let fulfilment = duty.fulfilment {
        let name = detail.fulfilment.map { row -> HTML in "<a href=\"\(row.href)\">\(row.name)</a>" }
        rows.append((page.t("coverage.column.document"), name ?? "\(page.t("document.hidden"))"))
        rows.append((page.t("coverage.column.issued_on"), "\(page.day(fulfilment.on))"))
        rows.append((page.t("duty.how"), "\(page.t("duty.how.\(fulfilment.how.rawValue)"))"))
        if !fulfilment.reason.isEmpty { rows.append((page.t("requirement.field.reason"), "\(fulfilment.reason)")) }
    }
    if let reason = duty.waiverReason { rows.append((page.t("duty.waived_because"), "\(reason)")) }
    return sitePage(
        page, title: page.t("duty.title", ["unit": detail.unit.name]),
        lead: "\(requirementName(requirement.row.requirement, page)) · \(requirement.document.name)",
        crumbs: RequirementViews.crumbs(requirement, page) + [RequirementViews.crumb(requirement, page)],
        body: card(page.t("requirement.facts"), facts(rows))
            + (requirement.rights.mayKeep ? RequirementFormViews.decision(detail, typed, problems, page) : .empty))
}

enum RequirementFormViews {
    static func page(
        _ detail: RequirementDetail, title: String, _ page: PageContext, _ body: HTML
    ) -> HTML {
        sitePage(
            page, title: title,
            lead:
                "\(page.t("requirement.lead", ["document": detail.document.name, "issuer": detail.document.document.issuerName]))",
            crumbs: RequirementViews.crumbs(detail, page) + [RequirementViews.crumb(detail, page)], body: body)
    }

    /// Of whom it is required: a set below a unit, or units by name.
    static func audience(_ form: FormView, _ chosen: [String: String], _ page: PageContext) -> HTML {
        audience(
            form, chosen, label: page.t("requirement.field.audience"), help: page.t("requirement.help.audience"),
            base: page.t("requirement.help.base"), page)
    }

    /// The same question in the words of whoever asks it: `base` says what becomes of units below it.
    static func audience(
        _ form: FormView, _ chosen: [String: String], label: String, help: String, base: String, _ page: PageContext
    ) -> HTML {
        let names = RequirementAudience.Name.allCases.map {
            Choice($0.rawValue, page.t("requirement.audience.\($0.rawValue)"))
        }
        let kinds = UnitKind.allCases.filter { !$0.isTerritory }.map {
            Choice($0.rawValue, page.t("unit.kind.\($0.rawValue)"))
        }
        return """
            \(form.select("audience", label: label, choices: names, help: help))\
            \(form.unit("base", label: page.t("requirement.field.base"), chosen: chosen["base"], required: false, help: base))\
            \(form.select("kind", label: page.t("requirement.field.kind"), choices: kinds, required: false, help: page.t("requirement.help.kind")))\
            \(form.area("units", label: page.t("requirement.field.units"), help: page.t("requirement.help.units"), required: false, maxLength: 400_000))
            """
    }

    static func decision(_ detail: DutyDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
        let form = FormView(page, values: typed, problems: problems)
        let choices = decisions(detail.duty).map { Choice($0.rawValue, page.t("duty.decision.\($0.rawValue)")) }
        return card(
            page.t("duty.decide"),
            form.form(
                action: "\(detail.requirement.row.href)/units/\(detail.unit.uid)/decisions",
                submit: page.t("duty.decide"),
                """
                \(form.hidden("version", typed["version"]))\
                \(form.select("decision", label: page.t("duty.field.decision"), choices: choices))\
                \(form.text("document", label: page.t("coverage.column.document"), help: page.t("duty.help.document"), required: false, maxLength: 300))\
                \(form.text("reason", label: page.t("requirement.field.reason"), maxLength: 1_000))
                """))
    }

    /// What may be decided of a duty as it stands.
    private static func decisions(_ duty: Duty) -> [DutyDecision.Name] {
        [duty.fulfilment?.how == .hand ? .reopen : .fulfil, duty.waiverReason == nil ? .waive : .unwaive, .release]
    }
}
