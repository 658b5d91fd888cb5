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

func nameReader(_ choice: OpinionChoice, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let row = choice.row, readers = "\(row.href)/readers"
    let body = officeOfUnit(
        choice, typed, problems, collection: readers, unitLabel: page.t("document.field.reader_unit"), page
    ) { form, named in
        form.form(
            action: readers, submit: page.t("document.name_reader"), cancel: row.href,
            "\(form.hidden("version", form.values["version"]))\(named)")
    }
    return sitePage(
        page, title: page.t("document.name_reader_of", ["name": row.name]), lead: "\(page.t("document.readers.hint"))",
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)], body: body)
}
