/// The closure and today's reach of a set of units, computed from their lives and edges alone: no database, no clock.
///
/// Ancestors are asked for one at a time, so that a change of one unit reads only what stands above it.
struct UnitTree {
    struct Life: Equatable {
        let from: Day
        let to: Day
    }

    struct Edge: Equatable {
        let parent: Int64
        let from: Day
        let to: Day
    }

    /// `ancestor` is above the unit, `depth` steps up, on the days `[from, to)`. The unit is above itself at depth 0.
    struct Above: Equatable {
        let ancestor: Int64
        let depth: Int
        let from: Day
        let to: Day
    }

    /// A tree deeper than this is a mistake in the data; it bounds the work on a cycle that slipped in.
    static let deepest = 24

    let life: (Int64) throws -> Life?
    let edges: (Int64) throws -> [Edge]
    private var above: [Int64: [Above]] = [:]
    private var reach: [Int64: [Int64]] = [:]

    init(life: @escaping (Int64) throws -> Life?, edges: @escaping (Int64) throws -> [Edge]) {
        self.life = life
        self.edges = edges
    }

    /// Everything above the unit, itself included, day by day.
    mutating func above(_ unit: Int64, depth: Int = 0) throws -> [Above] {
        if let known = above[unit] { return known }
        guard depth < UnitTree.deepest, let life = try life(unit) else { return [] }
        var rows = [Above(ancestor: unit, depth: 0, from: life.from, to: life.to)]
        for edge in try edges(unit) {
            for upper in try above(edge.parent, depth: depth + 1) {
                let from = max(edge.from, upper.from), to = min(edge.to, upper.to)
                if from < to {
                    rows.append(Above(ancestor: upper.ancestor, depth: upper.depth + 1, from: from, to: to))
                }
            }
        }
        above[unit] = rows
        return rows
    }

    /// Whose subtree the unit is in by the map of `today`: a living unit under today's parents, one that has ended under
    /// its last ones, one that has not begun under its first ones.
    mutating func reach(_ unit: Int64, on today: Day, depth: Int = 0) throws -> [Int64] {
        if let known = reach[unit] { return known }
        guard depth < UnitTree.deepest, try life(unit) != nil else { return [] }
        var all = [unit]
        if let edge = UnitTree.edge(of: try edges(unit), on: today) {
            all += try reach(edge.parent, on: today, depth: depth + 1).filter { $0 != unit }
        }
        reach[unit] = all
        return all
    }

    private static func edge(of edges: [Edge], on today: Day) -> Edge? {
        edges.first { $0.from <= today && today < $0.to }
            ?? edges.filter { $0.to <= today }.max { $0.to < $1.to }
            ?? edges.min { $0.from < $1.from }
    }
}
