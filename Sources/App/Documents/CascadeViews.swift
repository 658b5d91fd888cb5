/// The cascade of a document: drawn from what stands above on the left to what rests on it on the right, and as a list.
func cascadePage(_ cascade: Cascade, _ page: PageContext) -> HTML {
    guard let root = cascade.nodes[cascade.root] else { return .empty }
    let list = URLText.link("/documents", ["under": root.uid.text])
    return sitePage(
        page, title: page.t("document.cascade_of", ["name": root.name]),
        lead: documentLead(root.issuerName, root.sign.isEmpty ? "" : root.title),
        crumbs: documentCrumbs(page) + [Crumb(text: root.name, href: root.href)],
        actions: linkButton(page.t("document.cascade.list"), href: list),
        body: cascade.graph.children.isEmpty
            ? emptyState(
                page, title: page.t("document.cascade.none"), hint: page.t("document.cascade.none_hint"),
                action: linkButton(page.t("document.back"), href: root.href))
            : "\(cascadeMore(cascade, list, page))\(cascadeCount(cascade, list, page))\(cascadeBody(cascade, root, page))"
    )
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

/// How many rest on it, with the way to all of them.
private func cascadeCount(_ cascade: Cascade, _ list: String, _ page: PageContext) -> HTML {
    guard cascade.restingCount > 0, !cascade.graph.isCut else { return .empty }
    return "<p><a href=\"\(list)\">\(page.t("document.cascade.resting", count: cascade.restingCount))</a></p>"
}

private func cascadeBody(_ cascade: Cascade, _ root: Cascade.Node, _ page: PageContext) -> HTML {
    let list = card(
        page.t("document.cascade.as_list"),
        "<ul class=\"tree\">\(cascade.sketch.tops.map { cascadeItem($0, cascade, page) })</ul>")
    let drawing = CascadeDrawing(cascade, page).html(title: page.t("document.cascade_of", ["name": root.name]))
    return "<div class=\"drawn\">\(drawing)\(list)</div>"
}

private func cascadeItem(_ branch: CascadeSketch.Branch, _ cascade: Cascade, _ page: PageContext) -> HTML {
    let below: HTML =
        branch.below.isEmpty ? "" : "<ul>\(branch.below.map { cascadeItem($0, cascade, page) })</ul>"
    let again: HTML = branch.isRepeated ? " (\(page.t("document.cascade.again")))" : ""
    return "<li>\(cascadeWord(branch, page)) \(cascadeName(branch, cascade, page))\(again)\(below)</li>"
}

private func cascadeName(_ branch: CascadeSketch.Branch, _ cascade: Cascade, _ page: PageContext) -> HTML {
    switch branch.box {
    case .document(let id):
        guard let node = cascade.nodes[id] else { return .empty }
        let name: HTML =
            id == cascade.root
            ? "<b aria-current=\"true\">\(clipped(node.name, 60))</b>"
            : "<a href=\"\(node.href)\">\(clipped(node.name, 60))</a>"
        let state: HTML = branch.isRepeated ? "" : node.standing(page).map { " (\($0))" } ?? ""
        return "\(name)\(state) · \(clipped(node.issuerName, 48))"
    case .several(let group):
        return """
            <a href="\(cascade.list(of: group))">\(cascade.count(of: group, page))</a> · \(page.t(group.type.nameKey))
            """
    }
}
