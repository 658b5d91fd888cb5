/// The page of one document: facts, links both ways, tasks, paragraphs, recipients, opinions, history.
func documentPage(
    _ detail: DocumentDetail, _ tasks: TaskSummary, _ events: Page<EventRow>, _ page: PageContext
) -> HTML {
    let row = detail.row, document = row.document
    return sitePage(
        page, title: documentHeading(row, page), lead: documentLead(row, page), crumbs: documentCrumbs(page),
        actions: documentActions(detail, page),
        body: """
            \(documentNotices(detail, page))\
            \(columns(
                linkCard(detail, page) + taskCard(tasks, detail, page) + paragraphCard(detail, page)
                    + fileCard(detail, page) + opinionCard(detail, page),
                factCard(detail, page) + recipientCard(detail, page) + readerCard(detail, page)))\
            \(historySection(events.items, page, more: events.next == nil ? nil : "\(row.href)/history"))\
            \(detail.rights.mayDiscard ? discardForm(document, page) : .empty)
            """)
}

/// A draft gives nobody work, as long as no task names it.
private func taskCard(_ tasks: TaskSummary, _ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard detail.row.document.state != .draft || !tasks.urgent.isEmpty else { return .empty }
    return taskSummary(tasks, draft: URLText.link("/tasks/new", ["document": detail.row.uid.text]), page)
}

func documentCrumbs(_ page: PageContext) -> [Crumb] { [Crumb(text: page.t("document.title"), href: "/documents")] }

/// `Kế hoạch 283/KH-UBND`; a draft by its title.
func documentHeading(_ row: DocumentRow, _ page: PageContext) -> String {
    let document = row.document
    if document.sign.isEmpty && !document.title.isEmpty { return document.title }
    return page.t("document.heading", ["type": page.t(document.type.nameKey), "sign": document.sign])
}

private func documentLead(_ row: DocumentRow, _ page: PageContext) -> HTML {
    let document = row.document
    let title: HTML = document.sign.isEmpty || document.title.isEmpty ? "" : "\(document.title) "
    let secret = document.isReference ? " \(badge(.accent, page.t("document.reference")))" : HTML.empty
    return """
        \(title)\(forceBadge(row.force(on: page.today), page)) \(secrecyWord(document.secrecy, page))\(secret)
        """
}

/// What replaces or amends it, from which day; and that a state secret is not kept here.
private func documentNotices(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    var notices = HTML.empty
    let document = detail.row.document
    if document.isReference { notices += notice(.accent, "\(page.t("document.reference_hint"))") }
    if document.state == .withdrawn {
        notices += notice(
            .warn,
            "\(page.t("document.withdrawn_because", ["day": page.day(document.withdrawnOn), "reason": document.withdrawalReason]))"
        )
    }
    for kind in [DocumentLink.Kind.replaces, .amends] {
        for link in detail.backLinks where link.kind == kind && link.other.document.state == .issued {
            let day = page.day(link.other.document.effectFrom)
            notices += notice(
                .warn,
                """
                \(page.t("document.notice.\(kind.rawValue)", ["day": day])) \
                <a href="\(link.other.href)">\(link.other.name)</a>
                """)
        }
    }
    return notices
}

private func documentActions(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    let href = detail.row.href, rights = detail.rights
    var buttons = HTML.empty
    if rights.mayIssue { buttons += linkButton(page.t("document.issue"), href: "\(href)/issue/new", main: true) }
    buttons += linkButton(page.t("document.cascade"), href: "\(href)/cascade")
    if detail.row.document.state == .issued {
        buttons += linkButton(page.t("coverage.matrix"), href: "\(href)/coverage")
    }
    if rights.mayEdit { buttons += linkButton(page.t("document.edit"), href: "\(href)/facts/edit") }
    if rights.mayLink { buttons += linkButton(page.t("document.link"), href: "\(href)/links/new") }
    if rights.mayWrite { buttons += linkButton(page.t("document.write"), href: "\(href)/text/edit") }
    if rights.mayAddress { buttons += linkButton(page.t("document.address"), href: "\(href)/recipients/new") }
    if rights.mayName, detail.row.document.secrecy > .public {
        buttons += linkButton(page.t("document.name_reader"), href: "\(href)/readers/new")
    }
    if rights.mayAsk { buttons += linkButton(page.t("document.ask"), href: "\(href)/opinions/new") }
    if rights.mayWithdraw { buttons += linkButton(page.t("document.withdraw"), href: "\(href)/withdrawal/new") }
    return buttons
}

private func factCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    let document = detail.row.document
    var rows: [(label: String, value: HTML)] = [
        (page.t("document.field.type"), "\(page.t(document.type.nameKey))"),
        (page.t("document.field.issuer"), issuerName(detail.row)),
    ]
    func add(_ field: String, _ text: String) {
        if !text.isEmpty { rows.append((page.t("document.field.\(field)"), "\(text)")) }
    }
    func add(_ field: String, _ day: Day) {
        if day != .never { rows.append((page.t("document.field.\(field)"), "\(page.day(day))")) }
    }
    add("sign", document.sign)
    add("next_sign", detail.nextSign ?? "")
    add("series", seriesName(document.series, page))
    add("issued_on", document.issuedOn)
    add("effect_from", document.effectFrom)
    add("effect_to", document.effectTo)
    add("signer", signature(document, page))
    add("holder", document.holder)
    add("aliases", detail.aliases.joined(separator: "; "))
    rows.append((page.t("document.field.secrecy"), "\(page.t("secrecy.\(document.secrecy.name)"))"))
    add("source", document.source)
    if !document.quote.isEmpty {
        rows.append((page.t("document.field.quote"), quoted(document.quote, from: document.source, page)))
    }
    return card(page.t("document.facts"), facts(rows))
}

private func issuerName(_ row: DocumentRow) -> HTML {
    row.issuer.map { "<a href=\"/units/\($0)\">\(row.document.issuerName)</a>" } ?? "\(row.document.issuerName)"
}

/// `2025`, or the term of a committee in words.
private func seriesName(_ series: String, _ page: PageContext) -> String {
    if let term = DocumentSeries.term(series) { return page.t("document.series.term", ["term": String(term)]) }
    return String(series.prefix { $0 != "-" })
}

/// `KT. Chủ tịch, Phó Chủ tịch`
private func signature(_ document: Document, _ page: PageContext) -> String {
    let title = [document.capacity.map { $0.rawValue + "." }, document.signerTitle].compactMap { $0 }
        .filter { !$0.isEmpty }.joined(separator: " ")
    return [document.signer, title].filter { !$0.isEmpty }.joined(separator: ", ")
}

private func paragraphCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard !detail.row.document.isReference else { return .empty }
    guard !detail.paragraphs.isEmpty else {
        let action =
            detail.rights.mayWrite
            ? linkButton(page.t("document.write"), href: "\(detail.row.href)/text/edit") : .empty
        return card(
            page.t("document.paragraphs"),
            emptyState(
                page, title: page.t("document.paragraphs.none"), hint: page.t("document.paragraphs.none_hint"),
                action: action))
    }
    let more: HTML =
        detail.hasMoreText
        ? "<p><a href=\"\(detail.row.href)/text\">\(page.t("document.paragraphs.all"))</a></p>" : ""
    return card(page.t("document.paragraphs"), paragraphList(detail.row, detail.paragraphs) + more)
}

/// Text with its line breaks, and its quotes in other languages marked.
func textLines(_ text: String) -> HTML {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map { quotesMarked(String($0)) }
    var joined = HTML.empty
    for (index, part) in parts.enumerated() { joined += index == 0 ? part : "<br>" + part }
    return joined
}

private func recipientCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard !detail.recipients.isEmpty || detail.rights.mayAddress else { return .empty }
    guard !detail.recipients.isEmpty else {
        return card(
            page.t("document.recipients"),
            emptyState(
                page, title: page.t("document.recipients.none"), hint: page.t("document.recipients.none_hint"),
                action: linkButton(page.t("document.address"), href: "\(detail.row.href)/recipients/new")))
    }
    let items = detail.recipients.map { recipientLine($0, of: detail.row, mayRemove: detail.rights.mayAddress, page) }
    let hidden = detail.recipientCount - detail.recipients.count
    let more: HTML =
        hidden > 0
        ? "<p><a href=\"\(detail.row.href)/recipients\">\(page.t("document.more", count: hidden))</a></p>" : ""
    return card(page.t("document.recipients"), "<ul class=\"plain-list\">\(items)</ul>\(more)")
}

private func discardForm(_ document: Document, _ page: PageContext) -> HTML {
    card(
        page.t("document.discard"),
        """
        <p>\(page.t("document.discard_hint"))</p><form method="post" action="/documents/\(document.uid)/discard">\
        \(Layout.csrf(page))<input type="hidden" name="version" value="\(document.version)">\
        <button class="danger">\(page.t("document.discard"))</button></form>
        """)
}
