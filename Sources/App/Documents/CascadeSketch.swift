/// What is drawn of a cascade: a tree of boxes, where many documents of one type below the same one stand as a single
/// box, so that the plans of 34 provinces or of 3,321 communes are one glance and not a thicket. No document is left
/// out: it has a box of its own or is counted in one.
struct CascadeSketch: Sendable, Equatable {
    enum Box: Sendable, Equatable {
        case document(Int64)
        case several(Group)
    }

    /// All documents of one type that rest on a document, or on what rests on it `through` documents of other groups.
    struct Group: Sendable, Equatable {
        let type: DocumentType
        let count: Int
        let on: Int64
        let through: [DocumentType]
    }

    struct Branch: Sendable, Equatable {
        let box: Box
        /// What it does to the one that it hangs on: the kinds in the order of their first appearance.
        let kinds: [DocumentLink.Kind]
        /// One of the group that it hangs on, which stands apart because others rest on it.
        var isMember = false
        /// It stands elsewhere with what rests on it.
        var isRepeated = false
        var below: [Branch] = []
    }

    /// As many of one type below the same document still stand one by one.
    static let apart = 4
    /// So many documents stand by themselves at most, before two of a type are put together, and at last even one.
    static let limit = 80
    /// A page with more boxes than this would be heavy and read by nobody.
    static let boxes = 160

    let tops: [Branch]
    /// What stands by itself, as it first appears.
    let shown: [Int64]
    let isCut: Bool

    init(_ graph: CascadeGraph) {
        var drafter = CascadeDrafter(graph, apart: CascadeSketch.apart)
        var tops = drafter.tops()
        if drafter.isFull {
            drafter = CascadeDrafter(graph, apart: 1)
            tops = drafter.tops()
        }
        (self.tops, shown, isCut) = (tops, drafter.shown, drafter.isCut)
    }
}

/// Puts a sketch together, from the top down: what rests on several stands whole below the first of them.
private struct CascadeDrafter {
    let graph: CascadeGraph
    /// The document whose cascade it is, and what leads to it, always stand by themselves.
    let path: Set<Int64>
    let apart: Int
    private var told: Set<Int64> = []
    private var known: Set<Int64> = []
    private var drawn = 0
    private(set) var shown: [Int64] = []
    private(set) var isFull = false
    private(set) var isCut = false

    init(_ graph: CascadeGraph, apart: Int) {
        (self.graph, self.apart) = (graph, apart)
        path = Set(graph.above + [graph.root])
    }

    mutating func tops() -> [CascadeSketch.Branch] {
        let resting = Set(path.flatMap { graph.children[$0] ?? [] }.map(\.id))
        return (graph.above + [graph.root]).filter { !resting.contains($0) }.map { single($0, []) }
    }

    /// A document by itself, with what rests on it unless that was told before.
    private mutating func single(
        _ id: Int64, _ kinds: [DocumentLink.Kind], isMember: Bool = false
    ) -> CascadeSketch.Branch {
        if known.insert(id).inserted { shown.append(id) }
        drawn += 1
        let isNew = told.insert(id).inserted || isMember
        return CascadeSketch.Branch(
            box: .document(id), kinds: kinds, isMember: isMember, isRepeated: !isNew,
            below: isNew ? branches([id], on: id, through: []) : [])
    }

    private mutating func branches(
        _ uppers: [Int64], on id: Int64, through: [DocumentType]
    ) -> [CascadeSketch.Branch] {
        let children = graph.children(of: uppers)
        let alike = Dictionary(grouping: children, by: \.type)
        var groups: Set<DocumentType> = [], branches: [CascadeSketch.Branch] = []
        for child in children {
            let all = alike[child.type] ?? []
            if !path.contains(child.id), drawn >= CascadeSketch.boxes {
                isCut = true
            } else if path.contains(child.id) || fits(all) {
                // Below a group it is not told whose it is, so that it stands but once.
                if through.isEmpty || !told.contains(child.id) { branches.append(single(child.id, child.kinds)) }
            } else if !isBase(id), groups.insert(child.type).inserted {
                branches.append(several(all, child.type, on: id, through: through))
            }
        }
        return branches
    }

    /// Of what rests on a base, only what rests on the root too is in the graph: it stands below the root.
    private func isBase(_ id: Int64) -> Bool { id != graph.root && path.contains(id) }

    private mutating func fits(_ alike: [CascadeGraph.Child]) -> Bool {
        if shown.count >= CascadeSketch.limit { isFull = true }
        return alike.count <= apart && !isFull
    }

    private mutating func several(
        _ alike: [CascadeGraph.Child], _ type: DocumentType, on id: Int64, through: [DocumentType]
    ) -> CascadeSketch.Branch {
        drawn += 1
        let fresh = alike.map(\.id).filter { told.insert($0).inserted }
        var kinds: [DocumentLink.Kind] = []
        for kind in alike.flatMap(\.kinds) where !kinds.contains(kind) { kinds.append(kind) }
        let group = CascadeSketch.Group(type: type, count: alike.count, on: id, through: through)
        return CascadeSketch.Branch(
            box: .several(group), kinds: kinds, isRepeated: fresh.isEmpty,
            below: fresh.isEmpty ? [] : below(alike.map(\.id), fresh, group))
    }

    /// Few on which others rest stand apart, each with these; what rests on many stands together again.
    private mutating func below(
        _ members: [Int64], _ fresh: [Int64], _ group: CascadeSketch.Group
    ) -> [CascadeSketch.Branch] {
        let leading = fresh.filter { id in graph.children[id]?.contains { !told.contains($0.id) } ?? false }
        if leading.isEmpty { return [] }
        if leading.count <= apart, !isFull { return leading.map { single($0, [], isMember: true) } }
        return branches(members, on: group.on, through: group.through + [group.type])
    }
}
