/// What is drawn of a cascade: a tree of boxes, where many documents of one type below the same one stand as a single
/// box, so that the plans of 34 provinces or of 3,321 communes are one glance and not a thicket.
struct CascadeSketch {
    enum Box: Equatable {
        case document(Cascade.Node)
        /// Several of one type; `under` is the document that all of them rest on in the end.
        case several(DocumentType, count: Int, under: Cascade.Node)
    }

    struct Branch: Equatable {
        let box: Box
        /// What it does to the one that it hangs on: the kinds in the order of their first appearance.
        let kinds: [DocumentLink.Kind]
        let below: [Branch]
    }

    /// As many of one type below the same document still stand one by one.
    static let apart = 4

    let tops: [Branch]

    init(_ outline: CascadeOutline) {
        tops = outline.tops.map { CascadeSketch.branch($0, outline.root) }
    }

    private static func branch(_ line: CascadeOutline.Line, _ root: Int64) -> Branch {
        Branch(
            box: .document(line.node), kinds: line.kinds,
            below: branches(line.children.filter { !$0.isRepeated }, under: line.node, root))
    }

    /// The branches below one box, each type together where it comes first. The document whose cascade it is, and what
    /// leads to it, always stands apart.
    private static func branches(
        _ lines: [CascadeOutline.Line], under node: Cascade.Node, _ root: Int64
    ) -> [Branch] {
        let many = Dictionary(grouping: lines) { $0.node.type }.filter { $0.value.count > apart }
        var told: Set<DocumentType> = []
        return lines.compactMap { line in
            guard let alike = many[line.node.type], !line.leads(to: root) else { return branch(line, root) }
            guard told.insert(line.node.type).inserted else { return nil }
            return several(alike.filter { !$0.leads(to: root) }, under: node, root)
        }
    }

    private static func several(
        _ lines: [CascadeOutline.Line], under node: Cascade.Node, _ root: Int64
    ) -> Branch? {
        guard let first = lines.first, lines.count > 1 else { return lines.first.map { branch($0, root) } }
        var kinds: [DocumentLink.Kind] = []
        for kind in lines.flatMap(\.kinds) where !kinds.contains(kind) { kinds.append(kind) }
        let next = lines.flatMap { $0.children.filter { !$0.isRepeated } }
        return Branch(
            box: .several(first.node.type, count: lines.count, under: node), kinds: kinds,
            below: branches(next, under: node, root))
    }
}

extension CascadeOutline.Line {
    fileprivate func leads(to id: Int64) -> Bool { node.id == id || children.contains { $0.leads(to: id) } }
}
