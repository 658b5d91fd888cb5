/// The cascade of a document: drawn from what stands above on the left to what rests on it on the right, and as a list.
func cascadePage(_ cascade: Cascade, _ page: PageContext) -> HTML {
    guard let root = cascade.nodes.first(where: { $0.id == cascade.root }) else { return .empty }
    let list = URLText.link("/documents", ["under": root.uid.text])
    return sitePage(
        page, title: page.t("document.cascade_of", ["name": root.name]),
        lead: documentLead(root.issuerName, root.sign.isEmpty ? "" : root.title),
        crumbs: documentCrumbs(page) + [Crumb(text: root.name, href: root.href)],
        actions: linkButton(page.t("document.cascade.list"), href: list),
        body: cascade.edges.isEmpty
            ? emptyState(
                page, title: page.t("document.cascade.none"), hint: page.t("document.cascade.none_hint"),
                action: linkButton(page.t("document.back"), href: root.href))
            : cascadeMore(cascade, list, page) + cascadeBody(cascade, root, page))
}

/// Two bodies may have issued the same number: who did, and about what.
func documentLead(_ issuer: String, _ title: String) -> HTML {
    "\([issuer, title].filter { !$0.isEmpty }.joined(separator: " · "))"
}

func documentLead(_ row: DocumentRow) -> HTML {
    documentLead(row.document.issuerName, row.document.sign.isEmpty ? "" : row.document.title)
}

private func cascadeMore(_ cascade: Cascade, _ list: String, _ page: PageContext) -> HTML {
    guard cascade.isCut else { return .empty }
    return notice(
        .accent, "\(page.t("document.cascade.more")) <a href=\"\(list)\">\(page.t("document.cascade.list"))</a>")
}

private func cascadeBody(_ cascade: Cascade, _ root: Cascade.Node, _ page: PageContext) -> HTML {
    let outline = CascadeOutline(cascade)
    let list = card(
        page.t("document.cascade.as_list"),
        "<ul class=\"tree\">\(outline.tops.map { cascadeItem($0, outline, page) })</ul>")
    let drawing = CascadeDrawing(cascade, outline, page).html(title: page.t("document.cascade_of", ["name": root.name]))
    return "<div class=\"drawn\">\(drawing)\(list)</div>"
}

private func cascadeItem(_ line: CascadeOutline.Line, _ outline: CascadeOutline, _ page: PageContext) -> HTML {
    let node = line.node
    let words = line.kinds.map { page.t("document.link.\($0.rawValue)") }.joined(separator: ", ")
    let name: HTML =
        node.id == outline.root
        ? "<b aria-current=\"true\">\(clipped(node.name, 60))</b>"
        : "<a href=\"\(node.href)\">\(clipped(node.name, 60))</a>"
    if line.isRepeated {
        return "<li>\(words) \(name) · \(clipped(node.issuerName, 48)) (\(page.t("document.cascade.again")))</li>"
    }
    let state: HTML = node.standing(page).map { " (\($0))" } ?? ""
    let below: HTML =
        line.children.isEmpty ? "" : "<ul>\(line.children.map { cascadeItem($0, outline, page) })</ul>"
    return "<li>\(words) \(name)\(state) · \(clipped(node.issuerName, 48))\(below)</li>"
}
