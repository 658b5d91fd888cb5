/// Where each document of a cascade is drawn: in columns from the top on the left, each to the right of all it rests on.
struct CascadeLayout {
    struct Place: Equatable {
        let column: Int
        /// Of its upper edge.
        let y: Int
    }

    static let box = (width: 208, height: 48)
    static let gap = (across: 104, down: 14)
    static let margin = 8

    let places: [Int64: Place]
    let width: Int
    let height: Int

    init(nodes: [Cascade.Node], edges: [Cascade.Edge]) {
        let uppers = Dictionary(grouping: edges, by: \.lower).mapValues { $0.map(\.upper) }
        let columns = CascadeLayout.columns(nodes.map(\.id), uppers)
        var places: [Int64: Place] = [:]
        var height = 0
        let byColumn = Dictionary(grouping: nodes) { columns[$0.id] ?? 0 }
        for column in byColumn.keys.sorted() {
            // As close to what they rest on as the ones above leave room for.
            let wanted = byColumn[column, default: []].map { node -> (node: Cascade.Node, y: Int) in
                let above = uppers[node.id, default: []].compactMap { places[$0]?.y }
                return (node, above.isEmpty ? 0 : above.reduce(0, +) / above.count)
            }
            var next = 0
            for entry in wanted.sorted(by: CascadeLayout.comesBefore) {
                let y = max(next, entry.y)
                places[entry.node.id] = Place(column: column, y: y)
                next = y + CascadeLayout.box.height + CascadeLayout.gap.down
            }
            height = max(height, next)
        }
        self.places = places
        let count = (byColumn.keys.max() ?? 0) + 1
        width =
            count * (CascadeLayout.box.width + CascadeLayout.gap.across) - CascadeLayout.gap.across
            + 2 * CascadeLayout.margin
        self.height = max(height - CascadeLayout.gap.down, CascadeLayout.box.height) + 2 * CascadeLayout.margin
    }

    private static func comesBefore(
        _ left: (node: Cascade.Node, y: Int), _ right: (node: Cascade.Node, y: Int)
    ) -> Bool {
        (left.y, left.node.issuedOn, left.node.id) < (right.y, right.node.issuedOn, right.node.id)
    }

    /// The longest way from a document that rests on none; what has no end, which cannot be, stops at the number of
    /// documents.
    private static func columns(_ nodes: [Int64], _ uppers: [Int64: [Int64]]) -> [Int64: Int] {
        var columns: [Int64: Int] = [:]
        for _ in nodes {
            var hasMoved = false
            for node in nodes {
                let above = uppers[node, default: []].map { (columns[$0] ?? 0) + 1 }.max() ?? 0
                guard above > columns[node] ?? 0, above < nodes.count else { continue }
                columns[node] = above
                hasMoved = true
            }
            if !hasMoved { break }
        }
        return columns
    }

    /// The upper left corner of a document's box.
    func corner(_ node: Int64) -> (x: Int, y: Int)? {
        places[node].map { place in
            (
                CascadeLayout.margin + place.column * (CascadeLayout.box.width + CascadeLayout.gap.across),
                CascadeLayout.margin + place.y
            )
        }
    }
}
