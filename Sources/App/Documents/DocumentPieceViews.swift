/// One paragraph with how it is cited and the way to the whole document.
func paragraphPage(_ row: DocumentRow, _ paragraph: DocumentParagraph, _ page: PageContext) -> HTML {
    let citation = page.t(
        "document.citation",
        ["label": paragraph.label, "name": row.name, "day": page.day(row.document.issuedOn)])
    return sitePage(
        page, title: citation, lead: "\(row.document.title)",
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        actions: linkButton(page.t("document.whole"), href: "\(row.href)#\(paragraph.anchor)"),
        body: card(paragraph.label, "<p>\(textLines(paragraph.text))</p>"))
}

/// Paragraphs, each with its anchor and the way to its own page.
func paragraphList(_ row: DocumentRow, _ paragraphs: [DocumentParagraph]) -> HTML {
    let items = paragraphs.map { paragraph -> HTML in
        let address = "\(row.href)/paragraphs/\(URLText.query(paragraph.label))"
        return """
            <li id="\(paragraph.anchor)"><b><a href="\(address)">\(paragraph.label)</a></b> \(textLines(paragraph.text))</li>
            """
    }
    return "<ol class=\"plain-list\">\(items)</ol>"
}

/// The whole text of a document, page by page.
func documentText(_ row: DocumentRow, _ paragraphs: Page<DocumentParagraph>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("document.text_of", ["name": row.name]), lead: "\(row.document.title)",
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        body: """
            \(card(page.t("document.paragraphs"), paragraphList(row, paragraphs.items)))\
            \(pager(
                page, shown: paragraphs.items.count, total: paragraphs.total, totalIsFloor: false,
                next: paragraphs.next.map { URLText.link("\(row.href)/text", ["after": $0.text]) },
                first: nil))
            """)
}

/// One unit that a document is addressed to.
func recipientLine(_ unit: UnitLink, of row: DocumentRow, mayRemove: Bool, _ page: PageContext) -> HTML {
    guard mayRemove else { return "<li><a href=\"\(unit.href)\">\(unit.name)</a></li>" }
    return """
        <li><a href="\(unit.href)">\(unit.name)</a>\
        <form method="post" action="\(row.href)/recipients/\(unit.uid)/removal">\(Layout.csrf(page))\
        <button class="quiet" aria-label="\(page.t("document.unaddress", ["name": unit.name]))">\
        \(page.t("document.remove"))</button></form></li>
        """
}

/// All units that a document is addressed to, page by page.
func documentRecipients(
    _ row: DocumentRow, _ units: Page<UnitLink>, mayAddress: Bool, isFirst: Bool, _ page: PageContext
) -> HTML {
    let href = "\(row.href)/recipients"
    let items = units.items.map { recipientLine($0, of: row, mayRemove: mayAddress, page) }
    let list =
        units.items.isEmpty
        ? emptyState(page, title: page.t("document.recipients.none"), hint: page.t("document.recipients.none_hint"))
        : card(page.t("document.recipients"), "<ul class=\"plain-list\">\(items)</ul>")
    return sitePage(
        page, title: page.t("document.recipients_of", ["name": row.name]), lead: "\(row.document.title)",
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        actions: mayAddress ? linkButton(page.t("document.address"), href: "\(href)/new") : .empty,
        body: list
            + pager(
                page, shown: units.items.count, total: units.total, totalIsFloor: false,
                next: units.next.map { URLText.link(href, ["after": $0.text]) }, first: isFirst ? nil : href))
}

func documentHistory(_ row: DocumentRow, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("document.history", ["name": row.name]),
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}

/// Who was asked, and what was said: for those who may see it.
func opinionCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard !detail.opinions.isEmpty else { return .empty }
    let rows = detail.opinions.map { opinion -> [HTML] in
        let address = "\(detail.row.href)/opinions/\(opinion.uid)"
        return [
            "<a href=\"\(address)\">\(opinion.asked)</a> <span class=\"sub\">\(opinion.unitName)</span>",
            "\(page.day(opinion.dueOn))", opinionBadge(opinion, on: detail.row, page),
        ]
    }
    return card(
        page.t("document.opinions"),
        dataTable(
            page, caption: page.t("document.opinions"),
            columns: [
                Column(page.t("document.opinion.asked")), Column(page.t("document.field.due_on")),
                Column(page.t("document.field.state")),
            ], rows: rows))
}

/// Once the document is a draft no longer, an opinion that was not given is no longer waited for.
func opinionBadge(_ opinion: DocumentOpinion, on row: DocumentRow, _ page: PageContext) -> HTML {
    if let answer = opinion.answer { return badge(.none, page.t("document.answer.\(answer.rawValue)")) }
    if opinion.givenAt != nil { return badge(.accent, page.t("document.opinion.given")) }
    guard row.document.state == .draft else { return badge(.none, page.t("document.opinion.none_given")) }
    return opinion.dueOn < page.today
        ? badge(.bad, page.t("document.opinion.late")) : badge(.warn, page.t("document.opinion.waits"))
}

func opinionPage(_ view: OpinionView, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let opinion = view.opinion, address = "\(view.row.href)/opinions/\(opinion.uid)"
    let form = FormView(page, values: typed, problems: problems)
    var rows: [(label: String, value: HTML)] = [
        (page.t("document.opinion.asked"), "\(opinion.asked), \(opinion.unitName)"),
        (page.t("document.field.asked_at"), "\(page.moment(opinion.askedAt))"),
        (page.t("document.field.state"), opinionBadge(opinion, on: view.row, page)),
    ]
    if opinion.dueOn != .never { rows.append((page.t("document.field.due_on"), "\(page.day(opinion.dueOn))")) }
    if !opinion.text.isEmpty { rows.append((page.t("document.opinion"), textLines(opinion.text))) }
    if !opinion.explanation.isEmpty {
        rows.append((page.t("document.field.explanation"), textLines(opinion.explanation)))
    }
    return sitePage(
        page, title: page.t("document.opinion.of", ["name": opinion.asked]),
        crumbs: documentCrumbs(page) + [Crumb(text: view.row.name, href: view.row.href)],
        body: """
            \(card(page.t("document.opinion"), facts(rows)))\
            \(view.mayGive ? giveForm(form, address, page) : .empty)\
            \(view.mayAnswer ? answerForm(form, address, page) : .empty)
            """)
}

private func giveForm(_ form: FormView, _ address: String, _ page: PageContext) -> HTML {
    form.form(
        action: "\(address)/text", submit: page.t("document.opinion.give"),
        form.area("text", label: page.t("document.opinion.mine"), maxLength: 10_000, rows: 8))
}

private func answerForm(_ form: FormView, _ address: String, _ page: PageContext) -> HTML {
    let answers = DocumentOpinion.Answer.allCases.map {
        Choice($0.rawValue, page.t("document.answer.\($0.rawValue)"))
    }
    return form.form(
        action: "\(address)/answer", submit: page.t("document.opinion.answer"),
        """
        \(form.select("answer", label: page.t("document.field.answer"), choices: answers))\
        \(form.area("explanation", label: page.t("document.field.explanation"), help: page.t("document.help.explanation"), required: false))
        """)
}

func askForOpinion(
    _ choice: OpinionChoice, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let row = choice.row, opinions = "\(row.href)/opinions"
    let body = officeOfUnit(
        choice, typed, problems, collection: opinions, unitLabel: page.t("document.field.asked_unit"), page
    ) { form, named in
        form.form(
            action: opinions, submit: page.t("document.ask"), cancel: row.href,
            "\(named)\(form.day("due_on", label: page.t("document.field.due_on"), required: false))")
    }
    return sitePage(
        page, title: page.t("document.ask_of", ["name": row.name]),
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)], body: body)
}
