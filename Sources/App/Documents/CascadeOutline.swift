/// The cascade as a tree: what rests on several documents stands whole below the first of them.
struct CascadeOutline {
    struct Line: Equatable {
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
