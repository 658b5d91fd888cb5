/// The form of a draft.
func newDocument(_ typed: Fields, _ problems: [Problem], _ names: DocumentFormNames, _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("document.new"), lead: "\(page.t("document.new_hint"))", crumbs: documentCrumbs(page),
        body: form.form(
            action: "/documents", submit: page.t("document.create"), cancel: "/documents",
            """
            \(typeAndIssuer(form, names, page))\(titleField(form, page))\(numberingFields(form, page))\
            \(basisField(form, names, page))\(signerFields(form, page))\(effectFields(form, page))\
            \(secrecyField(form, page))\(moreFields(form, page))
            """))
}

/// The form of a paper that exists already.
func newRegistration(
    _ typed: Fields, _ problems: [Problem], _ names: DocumentFormNames, _ page: PageContext
) -> HTML {
    var form = FormView(page, values: typed, problems: problems)
    // Asked for, except of a state secret.
    form.marks["title"] = page.t("site.form.depends")
    return sitePage(
        page, title: page.t("document.register"), lead: "\(page.t("document.register_hint"))",
        crumbs: documentCrumbs(page),
        body: form.form(
            action: "/documents/registrations", submit: page.t("document.register"), cancel: "/documents",
            """
            \(form.text("sign", label: page.t("document.field.sign"), help: page.t("document.help.sign"), required: false, maxLength: 80))\
            \(typeAndIssuer(form, names, page))\(form.day("issued_on", label: page.t("document.field.issued_on")))\
            \(form.text("term", label: page.t("document.field.term"), help: page.t("document.help.term"), required: false, maxLength: 2))\
            \(titleField(form, page, required: false))\(basisField(form, names, page))\(signerFields(form, page))\
            \(effectFields(form, page))\(secrecyField(form, page))\
            \(form.checkbox("reference", label: page.t("document.field.reference"), help: page.t("document.reference_hint")))\
            \(form.text("holder", label: page.t("document.field.holder"), help: page.t("document.help.holder"), required: false))\
            \(moreFields(form, page))
            """))
}

/// A draft can still become another; of an issued document issuer, type, number and day stay.
func editDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ names: DocumentFormNames, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let isDraft = row.document.state == .draft
    return actPage(
        row, title: page.t("document.edit_of", ["name": row.name]), page,
        form.form(
            action: "\(row.href)/facts", submit: page.t("document.save"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(isDraft ? typeAndIssuer(form, names, page) : .empty)\(titleField(form, page))\
            \(isDraft ? numberingFields(form, page) : .empty)\(signerFields(form, page))\(effectFields(form, page))\
            \(secrecyField(form, page))\(moreFields(form, page))
            """))
}

func issueDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext, next: String,
    names: DocumentFormNames
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let said: HTML = next.isEmpty ? "" : "\(page.t("document.issue_next", ["sign": next])) "
    return actPage(
        row, title: page.t("document.issue_of", ["name": row.name]), page,
        notice(.accent, "\(said)\(page.t("document.issue_hint"))")
            + form.form(
                action: "\(row.href)/issue", submit: page.t("document.issue"), cancel: row.href,
                """
                \(form.hidden("version", typed["version"]))\
                \(form.day("issued_on", label: page.t("document.field.issued_on")))\
                \(form.day("effect_from", label: page.t("document.field.effect_from"), help: page.t("document.help.effect_from"), required: false))\
                \(signerFields(form, page))
                """))
}

func withdrawDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext, names: DocumentFormNames
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return actPage(
        row, title: page.t("document.withdraw_of", ["name": row.name]), page,
        notice(.warn, "\(page.t("document.withdraw_hint"))")
            + form.form(
                action: "\(row.href)/withdrawal", submit: page.t("document.withdraw"), danger: true, cancel: row.href,
                """
                \(form.hidden("version", typed["version"]))\(form.day("on", label: page.t("document.field.withdrawn_on")))\
                \(form.text("reason", label: page.t("document.field.reason"), maxLength: 1_000))
                """))
}

func linkDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ names: DocumentFormNames, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let kinds = DocumentLink.Kind.allCases.map { Choice($0.rawValue, page.t("document.link.\($0.rawValue)")) }
    return actPage(
        row, title: page.t("document.link_of", ["name": row.name]), page,
        form.form(
            action: "\(row.href)/links", submit: page.t("document.link"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.select("kind", label: page.t("document.field.link_kind", ["name": row.name]), choices: kinds))\
            \(form.document("document", label: page.t("document.field.document"), chosen: nil, help: page.t("document.help.document")))\
            \(form.text("source", label: page.t("document.field.source"), required: false, maxLength: 300))\
            \(form.area("quote", label: page.t("document.field.quote"), required: false, maxLength: 2_000, rows: 3))
            """))
}

func writeDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext, names: DocumentFormNames
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return actPage(
        row, title: page.t("document.write_of", ["name": row.name]), page,
        form.form(
            action: "\(row.href)/text", submit: page.t("document.save"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.area("text", label: page.t("document.field.text"), help: page.t("document.help.text"), required: false, maxLength: 1_000_000, rows: 24))
            """))
}

func addressDocument(
    _ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ names: DocumentFormNames, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let kinds =
        [Choice("", page.t("document.recipients.alone"))]
        + UnitKind.allCases.map { Choice($0.rawValue, page.t("unit.kind.\($0.rawValue)")) }
    return actPage(
        row, title: page.t("document.address_of", ["name": row.name]), page,
        form.form(
            action: "\(row.href)/recipients", submit: page.t("document.address"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.unit("unit", label: page.t("document.field.unit"), chosen: nil))\
            \(form.select("kind", label: page.t("document.field.kinds_below"), choices: kinds, required: false, help: page.t("document.help.kinds_below")))
            """))
}

private func actPage(_ row: DocumentRow, title: String, _ page: PageContext, _ body: HTML) -> HTML {
    sitePage(page, title: title, crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)], body: body)
}

private func typeAndIssuer(_ form: FormView, _ names: DocumentFormNames, _ page: PageContext) -> HTML {
    """
    \(form.select("type", label: page.t("document.field.type"), choices: documentTypes(page)))\
    \(form.unit("issuer", label: page.t("document.field.issuer"), chosen: names.issuer))
    """
}

private func titleField(_ form: FormView, _ page: PageContext, required: Bool = true) -> HTML {
    form.area(
        "title", label: page.t("document.field.title"), help: page.t("document.help.title"), required: required,
        maxLength: 1_000, rows: 3)
}

private func numberingFields(_ form: FormView, _ page: PageContext) -> HTML {
    let ways = Document.Numbering.allCases.map { Choice($0.rawValue, page.t("document.numbering.\($0.rawValue)")) }
    return """
        \(form.select("numbering", label: page.t("document.field.numbering"), choices: ways))\
        \(form.text("issuer_sign", label: page.t("document.field.issuer_sign"), help: page.t("document.help.issuer_sign"), maxLength: 40))\
        \(form.text("term", label: page.t("document.field.term"), help: page.t("document.help.term"), required: false, maxLength: 2))
        """
}

private func basisField(_ form: FormView, _ names: DocumentFormNames, _ page: PageContext) -> HTML {
    form.document(
        "implements", label: page.t("document.field.implements"), chosen: names.implements, required: false,
        help: page.t("document.help.document"))
}

private func signerFields(_ form: FormView, _ page: PageContext) -> HTML {
    let capacities = Delegation.Capacity.allCases.map { Choice($0.rawValue, page.t("capacity.\($0.rawValue)")) }
    return """
        \(form.text("signer", label: page.t("document.field.signer"), required: false))\
        \(form.text("signer_title", label: page.t("document.field.signer_title"), required: false))\
        \(form.select("capacity", label: page.t("document.field.capacity"), choices: capacities, required: false))
        """
}

private func effectFields(_ form: FormView, _ page: PageContext) -> HTML {
    """
    \(form.day("effect_from", label: page.t("document.field.effect_from"), help: page.t("document.help.effect_from"), required: false))\
    \(form.day("effect_to", label: page.t("document.field.effect_to"), help: page.t("document.help.effect_to"), required: false))
    """
}

private func secrecyField(_ form: FormView, _ page: PageContext) -> HTML {
    form.select(
        "secrecy", label: page.t("document.field.secrecy"),
        choices: Secrecy.allCases.map { Choice($0.name, page.t("secrecy.\($0.name)")) },
        help: page.t("document.help.secrecy"))
}

private func moreFields(_ form: FormView, _ page: PageContext) -> HTML {
    """
    \(form.area("aliases", label: page.t("document.field.aliases"), help: page.t("document.help.aliases"), required: false, maxLength: 2_000, rows: 2))\
    \(form.text("source", label: page.t("document.field.source"), help: page.t("document.help.source"), required: false, maxLength: 300))\
    \(form.area("quote", label: page.t("document.field.quote"), required: false, maxLength: 2_000, rows: 2))
    """
}
