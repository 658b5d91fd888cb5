/// What stands above and below a document: its bases up to the top, and all that rests on it.
public struct Cascade: Sendable, Equatable {
    /// Enough of a document to draw it.
    public struct Node: Sendable, Equatable {
        public let id: Int64
        public let uid: UID
        public let type: DocumentType
        public let sign: String
        public let title: String
        public let issuerName: String
        public let issuedOn: Day
        public let force: DocumentForce
        public let isReference: Bool

        public var name: String { sign.isEmpty ? title : sign }
        public var href: String { "/documents/\(uid)" }
    }

    let graph: CascadeGraph
    let sketch: CascadeSketch
    /// What stands by itself in the sketch; the others are counted there.
    let nodes: [Int64: Node]

    var root: Int64 { graph.root }
    /// How many documents rest on it, those that stand together too.
    public var restingCount: Int { graph.below.count }
    /// There is more above or below than was read.
    public var isCut: Bool { graph.isCut || sketch.isCut }

    /// What stands by itself, the document itself first.
    public var documents: [Node] {
        let order = [root] + sketch.shown.filter { $0 != root }
        return order.compactMap { nodes[$0] }
    }

    /// The links between what stands by itself.
    var edges: [(lower: Node, kind: DocumentLink.Kind, upper: Node)] {
        documents.flatMap { upper in
            (graph.children[upper.id] ?? []).flatMap { child -> [(lower: Node, kind: DocumentLink.Kind, upper: Node)] in
                guard let lower = nodes[child.id] else { return [] }
                return child.kinds.map { (lower, $0, upper) }
            }
        }
    }

    /// The groups of those that stand together, in the order of the drawing.
    var groups: [(group: CascadeSketch.Group, kinds: [DocumentLink.Kind])] {
        sketch.tops.flatMap(\.all).compactMap { branch in
            if case .several(let group) = branch.box { (group, branch.kinds) } else { nil }
        }
    }
}

extension CascadeSketch.Branch {
    /// The branch itself and all that stand below it.
    var all: [CascadeSketch.Branch] { [self] + below.flatMap(\.all) }
}
