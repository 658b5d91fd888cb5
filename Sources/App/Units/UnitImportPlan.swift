import Storage

/// What an import would do: which rows go in below what, and why the others do not. Changes nothing.
struct UnitImportPlan {
    /// A unit that is in the registry already.
    struct Known {
        let id: ID<OrgUnit>
        let uid: UID
        let from: Day
        let to: Day
    }

    enum Parent {
        case none
        /// Another row of the file, by its place in ``UnitImportFile/rows``.
        case row(Int)
        case known(Known)
        /// The row is a known root, or its parent is not to be had.
        case nowhere
    }

    let file: UnitImportFile
    private(set) var problems: ProblemList
    /// By place in `file.rows`.
    private(set) var parents: [Parent]
    private(set) var knownRoots: [Int: Known] = [:]
    /// Places of the rows that can be taken, parents before children.
    private(set) var taken: [Int] = []
    private(set) var dependents = 0

    private var places: [UnitCode: Int] = [:]
    private var refused: Set<Int> = []
    /// Rows whose parent is a bad row of the file.
    private var orphaned: Set<Int> = []
    private var own = ProblemList()

    /// Compares the rows with each other and with the registry.
    init(_ file: UnitImportFile, _ options: UnitImportOptions, tx: Transaction, viewer: Viewer) throws {
        self.file = file
        problems = file.problems
        parents = Array(repeating: .nowhere, count: file.rows.count)
        guard file.isReadable else { return }
        let registry = try UnitImportRegistry(file, options, tx: tx, viewer: viewer)
        indexCodes()
        try compare(with: registry)
        resolveParents(options, registry)
        try checkRights(registry)
        checkLives()
        settle()
        problems = problems.merging(own)
    }

    private mutating func refuse(
        _ place: Int, _ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]
    ) {
        refused.insert(place)
        own.add(field, key, arguments, line: file.rows[place].line)
    }

    private mutating func indexCodes() {
        for (place, row) in file.rows.enumerated() {
            if let first = places[row.code] {
                refuse(
                    place, "code", "unit-import.doubled",
                    [
                        "code": .text(row.code.code), "line": .number(file.rows[first].line),
                    ])
            } else if let line = file.refused[row.code] {
                refuse(place, "code", "unit-import.doubled", ["code": .text(row.code.code), "line": .number(line)])
            } else {
                places[row.code] = place
            }
        }
    }

    /// A code that is taken is a problem, unless it is that of a root which is the same unit.
    private mutating func compare(with registry: UnitImportRegistry) throws {
        var there = 0
        for (place, row) in file.rows.enumerated() where places[row.code] == place {
            guard let known = registry[row.code] else { continue }
            there += 1
            if row.parent == nil, try registry.isSame(known, as: row) {
                knownRoots[place] = known
            } else {
                refuse(place, "code", "unit-import.taken", ["code": .text(row.code.code)])
            }
        }
        if there > knownRoots.count, there == file.rows.count {
            own.add("", "unit-import.all_there", ["count": .number(there)])
        }
    }

    private mutating func resolveParents(_ options: UnitImportOptions, _ registry: UnitImportRegistry) {
        for (place, row) in file.rows.enumerated() where !refused.contains(place) && knownRoots[place] == nil {
            guard let parent = row.parent else {
                parents[place] = .none
                continue
            }
            let codes = UnitImportRegistry.candidates(parent, of: row, options)
            if let found = codes.compactMap({ find($0, registry) }).first {
                parents[place] = found
            } else if codes.contains(where: { file.refused[$0] != nil }) {
                orphaned.insert(place)
            } else {
                refuse(place, "parent", "unit-import.unknown_parent", ["code": .text(parent)])
            }
        }
    }

    private func find(_ code: UnitCode, _ registry: UnitImportRegistry) -> Parent? {
        if let place = places[code] { return knownRoots[place].map(Parent.known) ?? .row(place) }
        return registry[code].map(Parent.known)
    }

    /// Who is not the system adds units only below those that they administer, and no roots.
    private mutating func checkRights(_ registry: UnitImportRegistry) throws {
        for (place, row) in file.rows.enumerated() where !refused.contains(place) {
            switch parents[place] {
            case .none where !registry.mayAddRoots: refuse(place, "parent", "unit-import.root_forbidden")
            case .known(let known) where try !registry.mayAdd(below: known):
                refuse(place, "parent", "unit-import.unknown_parent", ["code": .text(row.parent ?? "")])
            default: break
            }
        }
    }

    /// A unit can stand below another only while that one exists.
    private mutating func checkLives() {
        for (place, row) in file.rows.enumerated() where !refused.contains(place) {
            let life: (from: Day, to: Day)
            switch parents[place] {
            case .row(let above): life = (file.rows[above].from, file.rows[above].to)
            case .known(let known): life = (known.from, known.to)
            case .none, .nowhere: continue
            }
            if row.from < life.from {
                refuse(place, "from", "unit-import.before_parent", ["from": .day(row.from), "parent": .day(life.from)])
            }
            if row.to > life.to {
                refuse(place, "to", "unit-import.after_parent", ["parent": .day(life.to)])
            }
        }
    }

    /// Puts the rows in order from the top down; finds cycles and what hangs below a bad row.
    private mutating func settle() {
        enum State { case good, bad }
        var states: [Int: State] = [:]
        for place in knownRoots.keys { states[place] = .good }
        for start in file.rows.indices where states[start] == nil {
            var path: [Int] = []
            var onPath: Set<Int> = []
            var next: Int? = start
            while let place = next, states[place] == nil {
                if !onPath.insert(place).inserted {
                    reportCycle(Array(path.drop { $0 != place }))
                    break
                }
                path.append(place)
                if case .row(let above) = parents[place] { next = above } else { next = nil }
            }
            var isGoodAbove = next.map { states[$0] == .good } ?? true
            for place in path.reversed() {
                let isOwnFault = refused.contains(place)
                if !isOwnFault, !isGoodAbove || orphaned.contains(place) { dependents += 1 }
                isGoodAbove = isGoodAbove && !isOwnFault && !orphaned.contains(place)
                states[place] = isGoodAbove ? .good : .bad
                if isGoodAbove { taken.append(place) }
            }
        }
    }

    private mutating func reportCycle(_ cycle: [Int]) {
        let top = cycle.indices.min { file.rows[cycle[$0]].line < file.rows[cycle[$1]].line } ?? 0
        let turned = cycle[top...] + cycle[..<top]
        var codes = turned.prefix(10).map { file.rows[$0].code.code }
        if turned.count > 10 { codes.append("…") }
        if let first = turned.first {
            codes.append(file.rows[first].code.code)
            refuse(first, "parent", "unit-import.cycle", ["chain": .text(codes.joined(separator: " → "))])
        }
        refused.formUnion(cycle)
    }
}
