/// The documents of a cascade by key alone, and how they hang together: so little of each that hundreds can be counted
/// and put together, and only those that stand by themselves are read whole.
struct CascadeGraph: Sendable, Equatable {
    /// What rests on a document.
    struct Child: Sendable, Equatable {
        let id: Int64
        let type: DocumentType
        /// What it does to the one above.
        var kinds: [DocumentLink.Kind]
        /// Its place in the order of the days of issue among those that were read with it.
        let rank: Int
    }

    let root: Int64
    /// The bases of the root up to the top, the oldest first.
    var above: [Int64] = []
    private(set) var below: [Int64] = []
    private(set) var children: [Int64: [Child]] = [:]
    /// There are more documents, or longer chains, than are read.
    var isCut = false
    private var known: Set<Int64>
    private var ranks = 0

    init(root: Int64) {
        self.root = root
        known = [root]
    }

    /// Takes a link, in the order of the days of the lower documents. True when the lower one was not there yet.
    @discardableResult
    mutating func add(_ lower: Int64, _ type: DocumentType, _ kind: DocumentLink.Kind, on upper: Int64) -> Bool {
        // The list is nowhere held beside its place, so that it grows without being copied.
        if children[upper]?.last?.id == lower {
            if var last = children[upper]?.popLast() {
                last.kinds.append(kind)
                children[upper]?.append(last)
            }
            return false
        }
        children[upper, default: []].append(Child(id: lower, type: type, kinds: [kind], rank: ranks))
        ranks += 1
        return known.insert(lower).inserted
    }

    mutating func addBelow(_ ids: [Int64]) { below += ids }

    /// The bases come in with what is known of them: an edge to one of them adds no document.
    mutating func addAbove(_ ids: [Int64]) {
        above = ids
        known.formUnion(ids)
    }

    /// What rests on any of several documents, each once, in the order of the days.
    func children(of uppers: [Int64]) -> [Child] {
        if uppers.count == 1 { return children[uppers[0]] ?? [] }
        var places: [Int64: Int] = [:], all: [Child] = []
        for child in uppers.flatMap({ children[$0] ?? [] }).sorted(by: { $0.rank < $1.rank }) {
            if let place = places[child.id] {
                for kind in child.kinds where !all[place].kinds.contains(kind) { all[place].kinds.append(kind) }
            } else {
                places[child.id] = all.count
                all.append(child)
            }
        }
        return all
    }
}
