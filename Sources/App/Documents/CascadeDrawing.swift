/// The cascade for the eye; the keyboard and the screen reader have the same in the list below.
struct CascadeDrawing {
    let cascade: Cascade
    let page: PageContext
    private let layout: CascadeLayout

    init(_ cascade: Cascade, _ page: PageContext) {
        self.cascade = cascade
        self.page = page
        layout = CascadeLayout(cascade.sketch)
    }

    func html(title: String) -> HTML {
        let box = CascadeLayout.box
        return """
            <figure class="chart cascade"><figcaption>\(page.t("document.cascade.drawing"))</figcaption>\
            <div class="wide-drawing" tabindex="0" role="region" aria-label="\(title)">\
            <svg viewBox="0 0 \(layout.width) \(layout.height)" width="\(layout.width)" height="\(layout.height)" \
            role="group" aria-label="\(title)"><defs>\
            <rect id="n" x="1" y="1" width="\(box.width - 2)" height="\(box.height - 2)" rx="6"/></defs>\
            <g class="links">\(layout.places.map(line))</g>\(layout.places.map(drawn))</svg></div></figure>
            """
    }

    /// From the middle of the box above, down along one trunk, to the box itself.
    private func line(_ place: CascadeLayout.Place) -> HTML {
        guard let above = place.above.map({ layout.places[$0] }) else { return .empty }
        let half = CascadeLayout.box.height / 2, from = above.x + CascadeLayout.box.width
        return """
            <path d="M\(from) \(above.y + half)h\(CascadeLayout.gap.across / 2)V\(place.y + half)H\(place.x)"/>
            """
    }

    /// A box of its own, so that what does not fit into it is cut off and does not run over its neighbour.
    private func drawn(_ place: CascadeLayout.Place) -> HTML {
        let box = CascadeLayout.box
        return """
            <svg x="\(place.x)" y="\(place.y)" width="\(box.width)" height="\(box.height)">\
            \(inside(place.branch.box))<text class="kind" x="10" y="53">\(cascadeWord(place.branch, page))</text></svg>
            """
    }

    private func inside(_ box: CascadeSketch.Box) -> HTML {
        switch box {
        case .document(let id):
            guard let node = cascade.nodes[id] else { return .empty }
            let mark: HTML = id == cascade.root ? " class=\"here\"" : ""
            let state = node.standing(page).map { " · " + $0 } ?? ""
            return """
                <a href="\(node.href)" tabindex="-1"\(mark)><title>\(node.title)</title><use href="#n"/>\
                <text x="10" y="20">\(clipped(node.name + state, 24))\
                <tspan x="10" dy="17">\(clipped(node.issuerName, 27))</tspan></text></a>
                """
        case .several(let group):
            return """
                <a href="\(cascade.list(of: group))" tabindex="-1" class="several"><use href="#n"/>\
                <text x="10" y="20">\(cascade.count(of: group, page))\
                <tspan x="10" dy="17">\(page.t(group.type.nameKey))</tspan></text></a>
                """
        }
    }
}

/// What a branch does to the one that it hangs on, or that it is one of these.
func cascadeWord(_ branch: CascadeSketch.Branch, _ page: PageContext) -> String {
    branch.isMember
        ? page.t("document.cascade.of_these")
        : branch.kinds.map { page.t("document.link.\($0.rawValue)") }.joined(separator: ", ")
}

extension Cascade {
    /// The list of exactly those that a group counts.
    func list(of group: CascadeSketch.Group) -> String {
        URLText.link(
            "/documents",
            [
                "basis": nodes[group.on]?.uid.text ?? "", "type": group.type.rawValue,
                "through": group.through.map(\.rawValue).joined(separator: ","),
            ])
    }

    func count(of group: CascadeSketch.Group, _ page: PageContext) -> String {
        // Of a cascade that was cut, not all were read.
        page.t(graph.isCut ? "document.cascade.several_or_more" : "document.cascade.several", count: group.count)
    }
}

extension Cascade.Node {
    /// A word for what is not simply in force.
    func standing(_ page: PageContext) -> String? {
        force == .inForce ? nil : page.t("document.force.short.\(force.name)")
    }
}

/// A text of no more characters than the limit, its end marked when it was cut.
func clipped(_ text: String, _ limit: Int) -> String {
    // No text has more characters than bytes, and counting bytes is free; characters are counted up to the limit.
    guard text.utf8.count > limit,
        let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex), end < text.endIndex
    else { return text }
    return String(text[..<text.index(before: end)]) + "…"
}
