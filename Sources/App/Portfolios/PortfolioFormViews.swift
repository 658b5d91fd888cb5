/// Which member? The form shows what that one is in charge of already.
func chooseMemberPage(_ row: CommitteeRow, _ members: [SeatRow], _ page: PageContext) -> HTML {
    let lines = members.map { member -> HTML in
        """
        <li><a href="\(row.href)/assignments/new?seat=\(member.seat.uid)">\
        \(CommitteeViews.holderText(member, page))</a></li>
        """
    }
    let list: HTML =
        lines.isEmpty
        ? emptyState(
            page, title: page.t("committee.seats.none"), hint: page.t("committee.seats.none_hint"),
            action: linkButton(row.name, href: row.href))
        : card(page.t("portfolio.choose"), "<ul class=\"plain-list\">\(lines)</ul>")
    return committeeChangePage(row, title: page.t("portfolio.assign"), page, list)
}

/// What one member is in charge of, by one notice.
func assignmentPage(
    _ row: CommitteeRow, _ member: SeatRow, _ coverage: PortfolioCoverage, _ typed: Fields, _ problems: [Problem],
    chosen: String? = nil, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let boxes = coverage.fields.map { entry in
        form.checkbox("field.\(entry.what.uid)", label: entry.what.name(in: page.language))
    }
    return committeeChangePage(
        row, title: page.t("portfolio.assign_of", ["holder": CommitteeViews.holderText(member, page)]), page,
        form.form(
            action: "\(row.href)/assignments", submit: page.t("portfolio.assign_one"), cancel: "\(row.href)/portfolio",
            """
            \(form.hidden("version", typed["version"]))\(form.hidden("seat", typed["seat"]))\
            \(form.text("reference", label: page.t("portfolio.field.notice"), help: page.t("portfolio.help.notice"), maxLength: 300))\
            \(form.day("from", label: page.t("committee.field.in_force_from")))\
            \(form.day("to", label: page.t("person.to"), help: page.t("portfolio.help.to"), required: false))\
            \(PersonViews.group(page.t("portfolio.fields"), boxes))\(localityBoxes(coverage, form, page))\
            \(form.area("localities", label: page.t("portfolio.localities.more"), help: page.t("portfolio.help.localities"), required: false, maxLength: 20_000, rows: 3))\
            \(chargedTaskFields(coverage, form, chosen: chosen, page))
            """))
}

/// The units directly below the host, and what else somebody is in charge of, as boxes in two columns.
private func localityBoxes(_ coverage: PortfolioCoverage, _ form: FormView, _ page: PageContext) -> HTML {
    guard !coverage.localities.isEmpty else { return .empty }
    let boxes = coverage.localities.map { entry in
        form.checkbox("locality.\(entry.what.unit.uid)", label: entry.what.unit.name)
    }
    return PersonViews.group(page.t("portfolio.localities"), ["<div class=\"boxes\">\(boxes)</div>"])
}

func newFieldPage(_ row: CommitteeRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return committeeChangePage(
        row, title: page.t("portfolio.add_field"), page,
        form.form(
            action: "\(row.href)/fields", submit: page.t("portfolio.add_field"), cancel: "\(row.href)/portfolio",
            """
            \(form.hidden("version", typed["version"]))\
            \(form.text("name", label: page.t("portfolio.field.name"), help: page.t("portfolio.help.field")))\
            \(form.text("name_en", label: page.t("unit.field.name_en"), required: false))
            """))
}
