import Storage

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

    /// The lower rests on the upper.
    public struct Edge: Sendable, Hashable {
        public let lower: Int64
        public let upper: Int64
        public let kind: DocumentLink.Kind
    }

    public let root: Int64
    /// The document itself first.
    public let nodes: [Node]
    /// Between the nodes, without citations.
    public let edges: [Edge]
    /// How many documents below are left out; a floor above 1,000.
    public let more: Int
    public var moreIsFloor: Bool { more > countCap }

    /// No more documents than this are shown: with long titles the page stays under 100 kB.
    public static let limit = 180
    /// A chain longer than this is cut.
    static let depth = 30
}

extension DocumentStore {
    /// The cascade of a document, as far as the viewer may know of it: one statement for each level.
    public func cascade(_ uid: UID) throws -> Cascade {
        guard
            let row = try tx.first(
                "SELECT \(nodeColumns) FROM document d WHERE d.uid = \(uid) AND \(scope.condition())")
        else { throw AppError.notFound }
        var builder = CascadeBuilder(root: try node(row, at: 0))
        try walk(&builder, up: true)
        try walk(&builder, up: false)
        return Cascade(
            root: builder.root, nodes: builder.nodes, edges: builder.edges.sorted(),
            more: builder.isCut ? try count(below: builder.root) - builder.shownBelow : 0)
    }

    private func walk(_ builder: inout CascadeBuilder, up: Bool) throws {
        var level = [builder.root]
        let (near, far): (SQL, SQL) = up ? ("l.from_id", "l.to_id") : ("l.to_id", "l.from_id")
        for _ in 0..<Cascade.depth where !level.isEmpty && !builder.isCut {
            let found = try tx.all(
                """
                SELECT \(nodeColumns), l.from_id, l.to_id, l.kind FROM document_link l
                JOIN document d ON d.id = \(far) WHERE \(near) IN (\(list: level)) AND l.kind <> 'cites'
                AND \(scope.condition()) ORDER BY d.issued_on, d.id, l.kind LIMIT \(Cascade.limit * 4)
                """
            ).compactMap { row -> (Cascade.Node, Cascade.Edge)? in
                guard let kind = DocumentLink.Kind(rawValue: try row.text(nodeWidth + 2)) else { return nil }
                let edge = Cascade.Edge(
                    lower: try row.int64(nodeWidth), upper: try row.int64(nodeWidth + 1), kind: kind)
                return (try node(row, at: 0), edge)
            }
            level = builder.add(found, below: !up)
        }
    }

    private func count(below top: Int64) throws -> Int {
        let counted = try tx.first(
            "SELECT COUNT(*) FROM (SELECT document_id FROM (\(below(ID(top)))) b LIMIT \(countCap + Cascade.limit + 1)) n"
        )
        return try counted?.int(0) ?? 0
    }

    private var nodeColumns: SQL {
        """
        d.id, d.uid, d.type, d.sign, d.title, d.issuer_name, d.issued_on, d.state, d.effect_from, d.effect_to, \
        d.withdrawn_on, d.is_reference, \(DocumentRow.replacedFrom(scope))
        """
    }

    private var nodeWidth: Int { 13 }

    private func node(_ row: Row, at first: Int) throws -> Cascade.Node {
        guard let type = DocumentType(rawValue: try row.text(first + 2)),
            let state = Document.State(rawValue: try row.text(first + 7))
        else { throw StorageError.decoding("a document of an unknown type or state") }
        let replacedFrom = try row.isNull(first + 12) ? nil : row.day(first + 12)
        return Cascade.Node(
            id: try row.int64(first), uid: try row.uid(first + 1), type: type, sign: try row.text(first + 3),
            title: try row.text(first + 4), issuerName: try row.text(first + 5), issuedOn: try row.day(first + 6),
            force: DocumentForce(
                state: state, effect: (try row.day(first + 8), try row.day(first + 9)),
                withdrawnOn: try row.day(first + 10), replacedFrom: replacedFrom, on: today),
            isReference: try row.bool(first + 11))
    }
}

/// Gathers what is found, level by level, up to the limit.
private struct CascadeBuilder {
    let root: Int64
    var nodes: [Cascade.Node]
    var edges: Set<Cascade.Edge> = []
    var shownBelow = 0
    var isCut = false
    private var known: Set<Int64>

    init(root: Cascade.Node) {
        self.root = root.id
        nodes = [root]
        known = [root.id]
    }

    /// Returns the documents that were not there yet.
    mutating func add(_ found: [(Cascade.Node, Cascade.Edge)], below: Bool) -> [Int64] {
        var new: [Int64] = []
        for (node, edge) in found {
            if !known.contains(node.id) {
                guard nodes.count < Cascade.limit else {
                    isCut = true
                    continue
                }
                known.insert(node.id)
                nodes.append(node)
                new.append(node.id)
                if below { shownBelow += 1 }
            }
            edges.insert(edge)
        }
        return new
    }
}

extension Cascade.Edge: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.upper, left.lower, left.kind.rawValue) < (right.upper, right.lower, right.kind.rawValue)
    }
}
