/// The tree: each unit opens in place, by a link that works without scripts.
func unitTree(_ outline: UnitOutline, _ hierarchy: Hierarchy, _ page: PageContext) -> HTML {
    let tabs = Hierarchy.allCases.map { other -> HTML in
        let current: HTML = other == hierarchy ? " aria-current=\"page\"" : .empty
        return """
            <a class="button" href="/units/tree?hierarchy=\(other.rawValue)"\(current)>\
            \(page.t("hierarchy.\(other.rawValue)"))</a>
            """
    }
    let body: HTML =
        outline.roots.isEmpty
        ? emptyState(page, title: page.t("unit.tree.empty"), hint: page.t("unit.tree.empty_hint"))
        : "<ul class=\"tree\">\(outline.roots.map { treeNode($0, hierarchy, page) })</ul>"
    return sitePage(
        page, title: page.t("unit.tree"), lead: "\(page.t("unit.tree.lead"))",
        crumbs: [Crumb(text: page.t("unit.title"), href: "/units")],
        body: "<nav class=\"actions\" aria-label=\"\(page.t("unit.field.hierarchy"))\">\(tabs)</nav>\(body)")
}

private func treeNode(_ node: UnitOutline.Node, _ hierarchy: Hierarchy, _ page: PageContext) -> HTML {
    let row = node.unit
    let name: HTML = "<a href=\"/units/\(row.uid)\">\(row.name)</a>"
    guard node.below > 0 else { return "<li id=\"u-\(row.uid)\">\(name)</li>" }
    let count: HTML = " <span class=\"count\">\(page.number(node.below))</span>"
    if node.isOpen {
        let rest: HTML = node.children.count < node.below ? moreBelow(row, page) : .empty
        return """
            <li id="u-\(row.uid)" class="open">\(name)\(count)\
            <ul>\(node.children.map { treeNode($0, hierarchy, page) })\(rest)</ul></li>
            """
    }
    let href = URLText.link(
        "/units/tree", ["hierarchy": hierarchy.rawValue, "open": row.uid.text])
    return """
        <li id="u-\(row.uid)">\(name)\(count) <a class="open" href="\(href)#u-\(row.uid)" \
        aria-label="\(page.t("unit.tree.open", ["name": row.name]))">\(page.t("unit.tree.show"))</a></li>
        """
}

private func moreBelow(_ row: UnitRow, _ page: PageContext) -> HTML {
    "<li><a href=\"\(URLText.link("/units", ["parent": row.uid.text]))\">\(page.t("unit.tree.more"))</a></li>"
}

/// All communes of the country as dots.
func unitMap(_ dots: [UnitDot], _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("unit.map"), lead: "\(page.t("unit.map.lead", count: dots.count))",
        crumbs: [Crumb(text: page.t("unit.title"), href: "/units")],
        body: dotMap(
            page, title: page.t("unit.map.country"), dots: mapDots(dots), legend: unitLegend(page),
            list: "/units?level=commune"))
}

/// Wards stand out from the rest.
func mapDots(_ dots: [UnitDot]) -> [MapDot] {
    dots.map { dot in
        MapDot(
            latitude: Double(dot.place.latitude) / 1_000_000, longitude: Double(dot.place.longitude) / 1_000_000,
            tone: dot.isUrban ? .accent : .none, label: dot.name, href: "/units/\(dot.uid)")
    }
}

/// What the dots of the units right below a unit are; of the country its cities and provinces.
func unitLegend(_ page: PageContext, below kind: UnitKind = .province) -> [(tone: Tone, text: String)] {
    kind == .country
        ? [(.accent, page.t("unit.kind.city")), (.none, page.t("unit.kind.province"))]
        : [(.accent, page.t("unit.map.wards")), (.none, page.t("unit.map.communes"))]
}
