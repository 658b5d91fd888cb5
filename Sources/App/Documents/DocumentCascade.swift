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
    /// There are more than ``limit``. How many, the list of documents says: counting them costs more than drawing these.
    public let isCut: Bool

    /// No more documents than this are read: enough to see what follows from a resolution, and the page stays light.
    public static let limit = 80
    /// A chain longer than this is cut.
    static let depth = 30
}

extension DocumentStore {
    /// The cascade of a document, as far as the viewer may know of it: one statement for each level, one for the links
    /// between what was found, and one for what has been replaced.
    public func cascade(_ uid: UID) throws -> Cascade {
        guard
            let row = try tx.first(
                "SELECT \(nodeColumns) FROM document d WHERE d.uid = \(uid) AND \(scope.condition())")
        else { throw AppError.notFound }
        var builder = try CascadeBuilder(root: row)
        try walk(&builder, up: true)
        try walk(&builder, up: false)
        let replaced = try replacements(of: builder.ids)
        return Cascade(
            root: builder.ids[0],
            nodes: try zip(builder.ids, builder.rows).map { id, row in
                try Cascade.Node(row, replacedFrom: replaced[id], on: today)
            }, edges: try edges(among: builder.ids), isCut: builder.isCut)
    }

    private func walk(_ builder: inout CascadeBuilder, up: Bool) throws {
        var level = [builder.ids[0]]
        let (near, far): (SQL, SQL) = up ? ("l.from_id", "l.to_id") : ("l.to_id", "l.from_id")
        // Joined to nothing, the day orders no index: what is near is few, all that was ever issued is not.
        for _ in 0..<Cascade.depth where !level.isEmpty && !builder.isCut {
            let found = try tx.all(
                """
                WITH near AS MATERIALIZED (
                    SELECT DISTINCT \(far) AS id FROM document_link l WHERE \(near) IN (\(list: level)) AND l.kind <> 'cites')
                SELECT \(nodeColumns) FROM near CROSS JOIN document d WHERE d.id = near.id
                AND d.id NOT IN (\(list: builder.ids)) AND \(scope.condition())
                ORDER BY d.issued_on || '', d.id LIMIT \(Cascade.limit)
                """)
            level = try builder.add(found)
        }
    }

    /// Every link between the documents, in a fixed order.
    private func edges(among ids: [Int64]) throws -> [Cascade.Edge] {
        let known = Set(ids)
        let rows = try tx.all(
            "SELECT from_id, to_id, kind FROM document_link WHERE from_id IN (\(list: ids)) AND kind <> 'cites'")
        return try rows.compactMap { row -> Cascade.Edge? in
            guard let kind = DocumentLink.Kind(rawValue: try row.text(2)) else { return nil }
            let upper = try row.int64(1)
            return known.contains(upper) ? Cascade.Edge(lower: try row.int64(0), upper: upper, kind: kind) : nil
        }.sorted()
    }

    /// From which day each of the documents is replaced, as far as the viewer may know of what replaces it.
    private func replacements(of ids: [Int64]) throws -> [Int64: Day] {
        let rows = try tx.all(
            """
            SELECT y.to_id, MIN(x.effect_from) FROM document_link y JOIN document x ON x.id = y.from_id
            WHERE y.to_id IN (\(list: ids)) AND y.kind = 'replaces' AND x.state = 'issued'
            AND \(scope.condition(on: "x")) GROUP BY y.to_id
            """)
        return Dictionary(try rows.map { (try $0.int64(0), try $0.day(1)) }) { first, _ in first }
    }

    private var nodeColumns: SQL {
        """
        d.id, d.uid, d.type, d.sign, d.title, d.issuer_name, d.issued_on, d.state, d.effect_from, d.effect_to, \
        d.withdrawn_on, d.is_reference
        """
    }
}

extension Cascade.Node {
    /// Reads the columns of a node; what replaces it was looked up beside them.
    fileprivate init(_ row: Row, replacedFrom: Day?, on today: Day) throws {
        guard let type = DocumentType(rawValue: try row.text(2)), let state = Document.State(rawValue: try row.text(7))
        else { throw StorageError.decoding("a document of an unknown type or state") }
        self.init(
            id: try row.int64(0), uid: try row.uid(1), type: type, sign: try row.text(3), title: try row.text(4),
            issuerName: try row.text(5), issuedOn: try row.day(6),
            force: DocumentForce(
                state: state, effect: (try row.day(8), try row.day(9)), withdrawnOn: try row.day(10),
                replacedFrom: replacedFrom, on: today),
            isReference: try row.bool(11))
    }
}

/// Gathers what is found, level by level, up to the limit; the document itself first.
private struct CascadeBuilder {
    private(set) var ids: [Int64]
    private(set) var rows: [Row]
    private(set) var isCut = false

    init(root: Row) throws {
        ids = [try root.int64(0)]
        rows = [root]
    }

    /// Takes documents that were not there yet, and returns those for which there was room.
    mutating func add(_ level: [Row]) throws -> [Int64] {
        let new = level.prefix(Cascade.limit - ids.count)
        isCut = new.count < level.count
        let added = try new.map { try $0.int64(0) }
        ids += added
        rows += new
        return added
    }
}

extension Cascade.Edge: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.upper, left.lower, left.kind.rawValue) < (right.upper, right.lower, right.kind.rawValue)
    }
}
