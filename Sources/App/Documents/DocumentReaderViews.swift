/// Who is named to know of a document, and what its level means; for those who may see it.
func readerCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    let row = detail.row, isRestricted = row.document.secrecy == .restricted
    guard row.document.secrecy > .public, detail.rights.mayName || !detail.readers.isEmpty else { return .empty }
    // Of an internal document this is the exception, which its page need not offer in a card.
    guard isRestricted || !detail.readers.isEmpty else { return .empty }
    let act: HTML =
        detail.rights.mayName ? linkButton(page.t("document.name_reader"), href: "\(row.href)/readers/new") : .empty
    let items = detail.readers.map { readerLine($0, of: row, mayRemove: detail.rights.mayName, page) }
    let list: HTML =
        items.isEmpty ? "<p>\(page.t("document.readers.none"))</p>" : "<ul class=\"plain-list\">\(items)</ul>"
    let hint: HTML = isRestricted ? "<p class=\"sub\">\(page.t("document.readers.hint"))</p>" : .empty
    return card(page.t("document.readers"), "\(list)\(hint)\(act)")
}

private func readerLine(
    _ reader: DocumentReader, of row: DocumentRow, mayRemove: Bool, _ page: PageContext
) -> HTML {
    let name = [reader.person.map(page.name) ?? "", reader.title].filter { !$0.isEmpty }.joined(separator: ", ")
    let words: HTML = "\(name)<span class=\"sub\">\(reader.unitName)</span>"
    guard mayRemove else { return "<li>\(words)</li>" }
    return """
        <li>\(words)<form method="post" action="\(row.href)/readers/\(reader.office)/removal">\(Layout.csrf(page))\
        <button class="quiet" aria-label="\(page.t("document.unaddress", ["name": name]))">\
        \(page.t("document.remove"))</button></form></li>
        """
}

/// Step one: the unit. Step two: one of its offices.
func nameReader(_ choice: OpinionChoice, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let row = choice.row
    let missed: [Problem] =
        choice.unit == nil && !typed["unit"].isEmpty ? [Problem("unit", "document.error.unit_unknown")] : []
    let form = FormView(page, values: typed, problems: problems + missed)
    let search: HTML = """
        <form class="form" method="get" action="\(row.href)/readers/new">\
        \(form.unit("unit", label: page.t("document.field.reader_unit"), chosen: choice.unit?.name))\
        <div class="actions"><button>\(page.t("document.opinion.offices"))</button></div></form>
        """
    return sitePage(
        page, title: page.t("document.name_reader_of", ["name": row.name]), lead: "\(page.t("document.readers.hint"))",
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        body: search + (choice.unit.map { readerForm(form, choice, $0, page) } ?? .empty))
}

private func readerForm(_ form: FormView, _ choice: OpinionChoice, _ unit: UnitRow, _ page: PageContext) -> HTML {
    guard !choice.offices.isEmpty else {
        return emptyState(
            page, title: page.t("document.opinion.nobody", ["name": unit.name]),
            hint: page.t("document.opinion.nobody_hint"))
    }
    let offices = choice.offices.map { Choice($0.office.uid.text, "\($0.personName), \($0.office.title)") }
    return form.form(
        action: "\(choice.row.href)/readers", submit: page.t("document.name_reader"), cancel: choice.row.href,
        """
        \(form.hidden("unit", unit.uid.text))\(form.hidden("version", form.values["version"]))\
        \(form.select("office", label: page.t("document.field.office"), choices: offices))
        """)
}
