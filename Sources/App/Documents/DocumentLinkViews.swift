/// What a document does to others and what others do to it, each kind of link together.
func linkCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    let row = detail.row
    guard !detail.links.isEmpty || !detail.backLinks.isEmpty else {
        let action = detail.rights.mayLink ? linkButton(page.t("document.link"), href: "\(row.href)/links/new") : .empty
        return card(
            page.t("document.links"),
            emptyState(
                page, title: page.t("document.links.none"), hint: page.t("document.links.none_hint"), action: action))
    }
    let removable = detail.rights.mayLink ? row : nil
    let out = DocumentLink.Kind.allCases.map { kind in
        linkGroup("document.link.\(kind.rawValue)", detail.links.filter { $0.kind == kind }, of: removable, page)
    }
    let back = DocumentLink.Kind.allCases.map { kind in
        linkGroup("document.link.back.\(kind.rawValue)", detail.backLinks.filter { $0.kind == kind }, of: nil, page)
    }
    return card(page.t("document.links"), "\(out)\(back)\(allLinks(detail, page))\(newBelow(detail, page))")
}

/// So many documents stand open below one heading; the others open by its button.
private let openLinks = 5

private func linkGroup(
    _ word: String, _ links: [DocumentLink], of removable: DocumentRow?, _ page: PageContext
) -> HTML {
    guard !links.isEmpty else { return .empty }
    let lines = links.map { linkLine($0, of: removable, page) }
    // One more than fits is shown rather than hidden behind a button.
    let shown = lines.count <= openLinks + 1 ? lines.count : openLinks
    let rest: HTML =
        lines.count > shown
        ? """
        <details><summary>\(page.t("document.links.more", count: lines.count - shown))</summary>\
        <ul class="plain-list">\(Array(lines[shown...]))</ul></details>
        """ : ""
    return """
        <h3 class="group">\(page.t(word))</h3><ul class="plain-list">\(Array(lines[..<shown]))</ul>\(rest)
        """
}

private func linkLine(_ link: DocumentLink, of removable: DocumentRow?, _ page: PageContext) -> HTML {
    let document = link.other.document
    let force = link.other.force(on: page.today)
    let badge: HTML = force == .inForce ? "" : " \(forceBadge(force, page))"
    var facts = [document.issuerName]
    if document.issuedOn != .never { facts.append(page.day(document.issuedOn)) }
    if !document.sign.isEmpty { facts.append(document.title) }
    let quote: HTML =
        link.quote.isEmpty
        ? "" : "<span class=\"sub\">\(quoted(link.quote, from: link.source, page)) \(link.source)</span>"
    let removal = removable.map { removalForm($0, link, page) } ?? .empty
    return """
        <li><a href="\(link.other.href)">\(link.other.name)</a>\(badge)\
        <span class="sub">\(facts.filter { !$0.isEmpty }.joined(separator: " · "))</span>\(quote)\(removal)</li>
        """
}

private func removalForm(_ row: DocumentRow, _ link: DocumentLink, _ page: PageContext) -> HTML {
    """
    <form method="post" action="\(row.href)/links/\(link.kind.rawValue)/\(link.other.uid)/removal">\
    \(Layout.csrf(page))<button class="quiet">\(page.t("document.unlink", ["name": link.other.name]))</button></form>
    """
}

/// When more rest on it than the page carries.
private func allLinks(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard max(detail.links.count, detail.backLinks.count) >= DocumentPages.linksShown else { return .empty }
    let list = URLText.link("/documents", ["under": detail.row.uid.text])
    return "<p><a href=\"\(list)\">\(page.t("document.links.all"))</a></p>"
}

private func newBelow(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard detail.row.document.state == .issued, page.viewer.keepsDocuments else { return .empty }
    let address = "/documents/new?implements=\(detail.row.uid)"
    return "<p>\(linkButton(page.t("document.new_below"), href: address))</p>"
}
