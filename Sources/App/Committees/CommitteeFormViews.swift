/// The form of a new committee.
func newCommittee(
    _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    var form = FormView(page, values: typed, problems: problems)
    // Of a committee that is no unit yet these are asked for; of one that is, its unit.
    for name in ["host", "name", "unit"] { form.marks[name] = page.t("site.form.depends") }
    let secrecy = Secrecy.allCases.map { Choice($0.name, page.t("secrecy.\($0.name)")) }
    let new = [
        form.unit(
            "host", label: page.t("committee.field.host"), chosen: chosen["host"], required: false,
            help: page.t("committee.help.host")),
        form.text("name", label: page.t("committee.field.name"), required: false),
        form.text("name_en", label: page.t("unit.field.name_en"), required: false),
        form.select(
            "secrecy", label: page.t("unit.field.secrecy"), choices: secrecy, required: false,
            help: page.t("unit.help.secrecy")),
    ]
    let existing = form.unit(
        "unit", label: page.t("committee.field.unit"), chosen: chosen["unit"], required: false,
        help: page.t("committee.help.unit"))
    return sitePage(
        page, title: page.t("committee.new"), crumbs: [CommitteeViews.home(page)],
        body: form.form(
            action: "/committees", submit: page.t("committee.create"), cancel: "/committees",
            """
            \(form.text("programme", label: page.t("committee.field.programme"), help: page.t("committee.help.programme")))\
            \(form.day("from", label: page.t("committee.field.from")))\
            \(form.text("decision", label: page.t("committee.field.decision"), help: page.t("unit.help.basis"), maxLength: 300))\
            \(PersonViews.group(page.t("committee.body.new"), new))\
            \(PersonViews.group(page.t("committee.body.existing"), [existing]))\(sourceFields(form, page))
            """))
}

func newSeatPage(_ row: CommitteeRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return committeeChangePage(
        row, title: page.t("committee.add_seat"), page,
        form.form(
            action: "\(row.href)/seats", submit: page.t("committee.add_seat"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\(seatFields(form, "", page))\
            \(form.day("from", label: page.t("person.from")))\
            \(form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false))\
            \(form.text("decision", label: page.t("committee.field.decision"), help: page.t("unit.help.basis"), maxLength: 300))\
            \(sourceFields(form, page))
            """))
}

/// What a seat is and who takes it; also a line of a consolidation.
func seatFields(_ form: FormView, _ prefix: String, _ page: PageContext, required: Bool = true) -> HTML {
    let positions = SeatPosition.allCases.map { Choice($0.rawValue, page.t("committee.position.\($0.rawValue)")) }
    let office: HTML =
        prefix.isEmpty
        ? form.text(
            "office", label: page.t("committee.field.office"), help: page.t("committee.help.office"), required: false)
        : .empty
    return """
        \(form.select(prefix + "position", label: page.t("committee.field.position"), choices: positions, required: required))\
        \(form.text(prefix + "title", label: page.t("committee.field.title"), help: page.t("committee.help.title"), required: required))\
        \(form.text(prefix + "person", label: page.t("committee.field.person"), help: page.t("committee.help.person"), required: false))\
        \(office)
        """
}

func endSeatPage(
    _ row: CommitteeRow, _ seat: SeatRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    endPage(
        row, title: page.t("committee.end_seat_of", ["holder": CommitteeViews.holderText(seat, page)]),
        action: "\(row.href)/seats/\(seat.seat.uid)/end", submit: page.t("committee.end_seat"), typed, problems, page)
}

func newOrganPage(
    _ row: CommitteeRow, _ typed: Fields, _ problems: [Problem], chosen: [String: String], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let kinds = OrganKind.allCases.map { Choice($0.rawValue, page.t("committee.organ.\($0.rawValue)")) }
    return committeeChangePage(
        row, title: page.t("committee.add_organ"), page,
        form.form(
            action: "\(row.href)/organs", submit: page.t("committee.add_organ"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.select("kind", label: page.t("committee.field.organ"), choices: kinds))\
            \(form.unit("unit", label: page.t("committee.field.organ_unit"), chosen: chosen["unit"], required: false, help: page.t("committee.help.organ_unit")))\
            \(form.text("name", label: page.t("committee.field.organ_name"), help: page.t("committee.help.organ_name"), required: false))\
            \(form.day("from", label: page.t("person.from")))\
            \(form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false))\
            \(form.text("decision", label: page.t("committee.field.decision"), help: page.t("unit.help.basis"), maxLength: 300))\
            \(sourceFields(form, page))
            """))
}

func endOrganPage(
    _ row: CommitteeRow, _ organ: OrganRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let kind = page.t("committee.organ.\(organ.organ.kind.rawValue)")
    return endPage(
        row, title: page.t("committee.end_organ_of", ["kind": kind, "name": organ.unit?.name ?? ""]),
        action: "\(row.href)/organs/\(organ.organ.uid)/end", submit: page.t("committee.end_organ"), typed, problems,
        page)
}

func newPaperPage(_ row: CommitteeRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let items = SetupItem.papers.map { Choice($0.rawValue, page.t("committee.item.\($0.rawValue)")) }
    return committeeChangePage(
        row, title: page.t("committee.add_paper"), page,
        form.form(
            action: "\(row.href)/papers", submit: page.t("committee.add_paper"), cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.select("item", label: page.t("committee.field.item"), choices: items, help: page.t("committee.help.item")))\
            \(form.text("reference", label: page.t("committee.field.reference"), help: page.t("unit.help.basis"), maxLength: 300))\
            \(form.day("from", label: page.t("committee.field.in_force_from")))\
            \(form.day("to", label: page.t("person.to"), help: page.t("person.to.help"), required: false))\
            \(sourceFields(form, page))
            """))
}

func endPaperPage(
    _ row: CommitteeRow, _ paper: CommitteePaper, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    endPage(
        row, title: page.t("committee.end_paper_of", ["reference": paper.reference]),
        action: "\(row.href)/papers/\(paper.uid)/end", submit: page.t("committee.end_paper"), typed, problems, page)
}

/// The form that ends something from a day, by a decision.
private func endPage(
    _ row: CommitteeRow, title: String, action: String, submit: String, _ typed: Fields, _ problems: [Problem],
    _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return committeeChangePage(
        row, title: title, page,
        form.form(
            action: action, submit: submit, danger: true, cancel: row.href,
            """
            \(form.hidden("version", typed["version"]))\
            \(form.day("from", label: page.t("committee.field.over_from"), help: page.t("committee.help.over_from")))\
            \(form.text("decision", label: page.t("committee.field.decision"), help: page.t("unit.help.basis"), maxLength: 300))
            """))
}

func committeeChangePage(_ row: CommitteeRow, title: String, _ page: PageContext, _ body: HTML) -> HTML {
    sitePage(page, title: title, crumbs: CommitteeViews.crumbs(row, page), body: body)
}

/// Article and quote, folded away: most statements are the office's own.
private func sourceFields(_ form: FormView, _ page: PageContext) -> HTML {
    let isOpen = ["article", "quote"].contains { name in
        !form.values[name].isEmpty || form.problems.contains { $0.field == name }
    }
    return """
        <details\(isOpen ? " open" : "" as HTML)><summary>\(page.t("committee.source.title"))</summary>\
        \(form.text("article", label: page.t("committee.field.article"), help: page.t("committee.help.article"), required: false))\
        \(form.area("quote", label: page.t("committee.field.quote"), required: false, maxLength: 2_000, rows: 3))</details>
        """
}
