import Storage

extension Cascade {
    /// No more documents than this are read below one: more than all communes of the country have.
    static let limit = 5_000
    /// As many bases are read above one.
    static let bases = 60
    /// A chain longer than this is cut.
    static let depth = 30
}

extension DocumentStore {
    /// The cascade of a document, as far as the viewer may know of it: one statement for each level, which reads keys
    /// and types alone, and two for those documents that stand by themselves.
    public func cascade(_ uid: UID) throws -> Cascade {
        guard
            let root = try tx.first("SELECT d.id FROM document d WHERE d.uid = \(uid) AND \(scope.condition())")
        else { throw AppError.notFound }
        var graph = CascadeGraph(root: try root.int64(0))
        try walkUp(&graph)
        try walkDown(&graph)
        try addLinksToBases(&graph)
        let sketch = CascadeSketch(graph)
        return Cascade(graph: graph, sketch: sketch, nodes: try nodes(sketch.shown))
    }

    private func walkUp(_ graph: inout CascadeGraph) throws {
        var found: [(day: String, id: Int64)] = [], known: Set<Int64> = [graph.root]
        var level = [graph.root]
        for step in 0...Cascade.depth where !level.isEmpty {
            let rows = try tx.all(
                """
                WITH near AS MATERIALIZED (
                    SELECT DISTINCT to_id AS id FROM document_link WHERE from_id IN (\(list: level)) AND kind <> 'cites')
                SELECT d.issued_on, d.id FROM near CROSS JOIN document d WHERE d.id = near.id AND \(scope.condition())
                ORDER BY d.issued_on || '', d.id LIMIT \(Cascade.bases + 1)
                """
            ).map { (day: try $0.text(0), id: try $0.int64(1)) }.filter { !known.contains($0.id) }
            let room = step < Cascade.depth ? Cascade.bases - found.count : 0
            graph.isCut = graph.isCut || rows.count > room
            let new = rows.prefix(room)
            found += new
            level = new.map(\.id)
            known.formUnion(level)
        }
        graph.addAbove(found.sorted { $0 < $1 }.map(\.id))
    }

    private func walkDown(_ graph: inout CascadeGraph) throws {
        var level = [graph.root]
        for step in 0...Cascade.depth where !level.isEmpty {
            let links = try self.links(on: level)
            let found = try lowers(of: links, where: scope.condition())
            let room = step < Cascade.depth && graph.below.count < Cascade.limit
            graph.isCut = graph.isCut || (!found.isEmpty && !room) || found.count > Cascade.limit
            guard room else { return }
            level = add(links, of: found.prefix(Cascade.limit), to: &graph)
            graph.addBelow(level)
        }
    }

    /// What rests on a base and is above or below the document itself.
    private func addLinksToBases(_ graph: inout CascadeGraph) throws {
        guard !graph.above.isEmpty else { return }
        let own = Set(graph.above + [graph.root] + graph.below)
        let links = try self.links(on: graph.above).filter { own.contains($0.lower) }
        _ = add(links, of: try lowers(of: links, where: "1 = 1")[...], to: &graph)
    }

    private typealias Link = (lower: Int64, kind: DocumentLink.Kind, upper: Int64)
    private typealias Lower = (id: Int64, type: DocumentType, day: String)

    /// By the lower document, and by keys alone, out of the index: what nothing rests on costs no look at a document.
    private func links(on uppers: [Int64]) throws -> [Link] {
        try tx.all(
            """
            SELECT from_id, kind, to_id FROM document_link WHERE to_id IN (\(list: uppers)) AND kind <> 'cites'
            ORDER BY from_id, to_id, kind
            """
        ).map { row in
            guard let kind = DocumentStore.kinds[try row.text(1)] else {
                throw StorageError.decoding("a link of an unknown kind")
            }
            return (try row.int64(0), kind, try row.int64(2))
        }
    }

    /// The lower documents of links that meet a condition, by their day of issue.
    private func lowers(of links: [Link], where condition: SQL) throws -> [Lower] {
        var ids: [Int64] = []
        for link in links where ids.last != link.lower { ids.append(link.lower) }
        let parts = try KeyBatches.of(ids).map { try lowers($0, where: condition) }
        return parts.count == 1 ? parts[0] : parts.joined().sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    private func lowers(_ ids: [Int64], where condition: SQL) throws -> [Lower] {
        try tx.all(
            """
            SELECT d.id, d.type, d.issued_on FROM document d WHERE d.id IN (\(list: ids)) AND \(condition)
            ORDER BY d.issued_on || '', d.id
            """
        ).map { row in
            guard let type = DocumentStore.types[try row.text(1)] else {
                throw StorageError.decoding("a document of an unknown type")
            }
            return Lower(id: try row.int64(0), type: type, day: try row.text(2))
        }
    }

    /// Returns the lower documents that were not there yet.
    private func add(_ links: [Link], of lowers: ArraySlice<Lower>, to graph: inout CascadeGraph) -> [Int64] {
        let starts = Dictionary(links.enumerated().map { ($1.lower, $0) }) { first, _ in first }
        var new: [Int64] = []
        for lower in lowers {
            for link in links[(starts[lower.id] ?? links.endIndex)...].prefix(while: { $0.lower == lower.id })
            where graph.add(lower.id, lower.type, link.kind, on: link.upper) {
                new.append(lower.id)
            }
        }
        return new
    }

    /// By their words: hundreds of rows are read, and a word is compared with one and not with all in turn.
    private static let kinds = Dictionary(uniqueKeysWithValues: DocumentLink.Kind.allCases.map { ($0.rawValue, $0) })
    private static let types = Dictionary(uniqueKeysWithValues: DocumentType.allCases.map { ($0.rawValue, $0) })

    private func nodes(_ ids: [Int64]) throws -> [Int64: Cascade.Node] {
        let replaced = try replacements(of: ids)
        let rows = try tx.all(
            """
            SELECT d.id, d.uid, d.type, d.sign, d.title, d.issuer_name, d.issued_on, d.state, d.effect_from,
            d.effect_to, d.withdrawn_on, d.is_reference FROM document d WHERE d.id IN (\(list: ids))
            """
        ).map { try Cascade.Node($0, replacedFrom: replaced[try $0.int64(0)], on: today) }
        return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
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
