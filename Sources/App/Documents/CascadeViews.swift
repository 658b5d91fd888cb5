/// The cascade of a document: drawn from what stands above on the left to what rests on it on the right, and as a list.
func cascadePage(_ cascade: Cascade, _ page: PageContext) -> HTML {
    guard let root = cascade.nodes.first(where: { $0.id == cascade.root }) else { return .empty }
    let list = URLText.link("/documents", ["under": root.uid.text])
    return sitePage(
        page, title: page.t("document.cascade_of", ["name": root.name]), lead: "\(root.sign.isEmpty ? "" : root.title)",
        crumbs: documentCrumbs(page) + [Crumb(text: root.name, href: root.href)],
        actions: linkButton(page.t("document.cascade.list"), href: list),
        body: cascade.edges.isEmpty
            ? emptyState(
                page, title: page.t("document.cascade.none"), hint: page.t("document.cascade.none_hint"),
                action: linkButton(page.t("document.back"), href: root.href))
            : cascadeMore(cascade, list, page) + cascadeDrawing(cascade, root, page) + cascadeList(cascade, page))
}

private func cascadeMore(_ cascade: Cascade, _ list: String, _ page: PageContext) -> HTML {
    guard cascade.more > 0 else { return .empty }
    let said = page.t(
        cascade.moreIsFloor ? "document.cascade.more_floor" : "document.cascade.more",
        count: min(cascade.more, countCap))
    return notice(.accent, "\(said) <a href=\"\(list)\">\(page.t("document.cascade.list"))</a>")
}

/// For the eye; the keyboard and the screen reader have the same in the list below.
private func cascadeDrawing(_ cascade: Cascade, _ root: Cascade.Node, _ page: PageContext) -> HTML {
    let layout = CascadeLayout(nodes: cascade.nodes, edges: cascade.edges)
    let box = CascadeLayout.box
    let title = page.t("document.cascade_of", ["name": root.name])
    return """
        <figure class="chart cascade"><figcaption>\(page.t("document.cascade.drawing"))</figcaption>\
        <div class="wide-drawing" tabindex="0" role="region" aria-label="\(title)">\
        <svg viewBox="0 0 \(layout.width) \(layout.height)" width="\(layout.width)" height="\(layout.height)" \
        role="group" aria-label="\(title)"><defs>\
        <rect id="n" width="\(box.width)" height="\(box.height)" rx="6"/></defs>\
        \(CascadeParts.edges(cascade, layout, page))\(cascade.nodes.map { CascadeParts.node($0, root, layout, page) })\
        </svg></div></figure>
        """
}

private func cascadeList(_ cascade: Cascade, _ page: PageContext) -> HTML {
    let outline = CascadeOutline(cascade)
    return card(
        page.t("document.cascade.as_list"),
        "<ul class=\"tree\">\(outline.tops.map { CascadeParts.item($0, outline, page) })</ul>")
}

/// The cascade as a tree: what rests on several documents stands whole below the first of them.
struct CascadeOutline {
    struct Line {
        let node: Cascade.Node
        /// What it does to the one above it in the list.
        let kinds: [DocumentLink.Kind]
        /// It stands elsewhere with what rests on it.
        let isRepeated: Bool
        var children: [Line]
    }

    let root: Int64
    private(set) var tops: [Line] = []

    init(_ cascade: Cascade) {
        root = cascade.root
        let nodes = Dictionary(cascade.nodes.map { ($0.id, $0) }) { first, _ in first }
        let lowers = Dictionary(grouping: cascade.edges, by: \.upper)
        let resting = Set(cascade.edges.map(\.lower))
        var told: Set<Int64> = []

        func line(_ node: Cascade.Node, _ kinds: [DocumentLink.Kind]) -> Line {
            guard told.insert(node.id).inserted else {
                return Line(node: node, kinds: kinds, isRepeated: true, children: [])
            }
            let below = Dictionary(grouping: lowers[node.id] ?? [], by: \.lower)
            let children = below.compactMap { id, edges in nodes[id].map { ($0, edges.map(\.kind)) } }
                .sorted { ($0.0.issuedOn, $0.0.id) < ($1.0.issuedOn, $1.0.id) }
            return Line(
                node: node, kinds: kinds, isRepeated: false, children: children.map { line($0.0, $0.1) })
        }
        tops = cascade.nodes.filter { !resting.contains($0.id) }
            .sorted { ($0.issuedOn, $0.id) < ($1.issuedOn, $1.id) }.map { line($0, []) }
    }
}

private enum CascadeParts {
    /// So many characters fit in a box.
    static let width = 30
    /// A larger drawing names a kind of link once for neighbours, so that the page stays light.
    static let named = 60

    static func edges(_ cascade: Cascade, _ layout: CascadeLayout, _ page: PageContext) -> HTML {
        var drawn = HTML.empty
        var labels = HTML.empty
        var last: [Int64: DocumentLink.Kind] = [:]
        var labelled: [Int64: Int] = [:]
        let ordered = cascade.edges.sorted {
            (layout.places[$0.lower]?.y ?? 0, $0.lower) < (layout.places[$1.lower]?.y ?? 0, $1.lower)
        }
        for edge in ordered {
            guard let from = layout.corner(edge.upper), let to = layout.corner(edge.lower) else { continue }
            let (x1, y1) = (from.x + CascadeLayout.box.width, from.y + CascadeLayout.box.height / 2)
            let (x2, y2) = (to.x, to.y + CascadeLayout.box.height / 2)
            let bend = CascadeLayout.gap.across / 2
            drawn += "<path d=\"M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2) \(y2)\"/>"
            let isNew = last[edge.upper] != edge.kind
            last[edge.upper] = edge.kind
            guard isNew || cascade.edges.count <= named else { continue }
            let row = labelled[edge.lower, default: 0]
            labelled[edge.lower] = row + 1
            let word = page.t("document.link.\(edge.kind.rawValue)")
            labels += "<text class=\"scale n\" x=\"\(x2 - 4)\" y=\"\(y2 - 5 + row * 18)\">\(word)</text>"
        }
        return "<g class=\"links\">\(drawn)</g>\(labels)"
    }

    static func node(
        _ node: Cascade.Node, _ root: Cascade.Node, _ layout: CascadeLayout, _ page: PageContext
    ) -> HTML {
        guard let corner = layout.corner(node.id) else { return .empty }
        let mark: HTML = node.id == root.id ? " class=\"here\"" : ""
        let state = standing(node, page).map { " · " + $0 } ?? ""
        let second = node.sign.isEmpty ? page.t(node.type.nameKey) : node.title
        return """
            <a href="\(node.href)" tabindex="-1"\(mark)><use href="#n" x="\(corner.x)" y="\(corner.y)"/>\
            <text x="\(corner.x + 8)" y="\(corner.y + 20)">\(clipped(node.name + state, width))\
            <tspan x="\(corner.x + 8)" dy="18">\(clipped(second, width))</tspan></text></a>
            """
    }

    static func item(_ line: CascadeOutline.Line, _ outline: CascadeOutline, _ page: PageContext) -> HTML {
        let node = line.node
        let words = line.kinds.map { page.t("document.link.\($0.rawValue)") }.joined(separator: ", ")
        let state: HTML = standing(node, page).map { " (\($0))" } ?? ""
        let title: HTML = node.sign.isEmpty ? "" : " \(clipped(node.title, 48))"
        let name: HTML =
            node.id == outline.root
            ? "<b aria-current=\"true\">\(clipped(node.name, 60))</b>"
            : "<a href=\"\(node.href)\">\(clipped(node.name, 60))</a>"
        if line.isRepeated { return "<li>\(words) \(name) (\(page.t("document.cascade.again")))</li>" }
        let below: HTML =
            line.children.isEmpty ? "" : "<ul>\(line.children.map { item($0, outline, page) })</ul>"
        return "<li>\(words) \(name)\(state)\(title)\(below)</li>"
    }

    /// A word for what is not simply in force.
    private static func standing(_ node: Cascade.Node, _ page: PageContext) -> String? {
        node.force == .inForce ? nil : page.t("document.force.short.\(node.force.name)")
    }

    private static func clipped(_ text: String, _ limit: Int) -> String {
        text.count > limit ? text.prefix(limit - 1) + "…" : text
    }
}
