/// Which row of a file stands under which: by the keys that the rows give themselves.
struct TaskImportTree {
    /// The place of the row above, for rows under another row of the file.
    private(set) var parents: [Int: Int] = [:]
    /// Rows that cannot be taken, each with what is wrong: place, column and message.
    private(set) var problems: [(place: Int, column: String, message: Message)] = []
    /// All rows, each after the one above it; rows of a cycle last.
    private(set) var order: [Int] = []

    private let rows: [TaskImportRow]
    private var places: [String: Int] = [:]

    init(_ file: TaskImportFile) {
        rows = file.rows
        for (place, row) in rows.enumerated() where !row.key.isEmpty { take(place, row.key) }
        for (place, row) in rows.enumerated() where !row.parent.isEmpty { hang(place, row.parent, file.badKeys) }
        refuseCycles()
        let depths = rows.indices.map(depth)
        order = rows.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    }

    /// Rows above this one in the file; `Int.max` in a cycle and under one.
    func depth(of place: Int) -> Int {
        var depth = 0
        var next = parents[place]
        while let above = next {
            depth += 1
            guard depth <= rows.count else { return .max }
            next = parents[above]
        }
        return depth
    }

    private mutating func refuse(_ place: Int, _ column: String, _ key: String, _ line: Int, _ typed: String) {
        problems.append((place, column, Message(key, ["line": .number(line), "typed": .text(typed)])))
    }

    private mutating func take(_ place: Int, _ key: String) {
        if let first = places[key] {
            refuse(place, "key", "task-import.doubled_key", rows[first].line, key)
        } else {
            places[key] = place
        }
    }

    private mutating func hang(_ place: Int, _ parent: String, _ bad: [String: Int]) {
        if let above = places[parent] {
            parents[place] = above
        } else if let line = bad[parent] {
            refuse(place, "parent", "task-import.parent_refused", line, parent)
        } else if UID(parsing: parent) == nil {
            refuse(place, "parent", "task-import.unknown_key", rows[place].line, parent)
        }
    }

    private mutating func refuseCycles() {
        for place in rows.indices {
            guard let above = parents[place], isAbove(itself: place) else { continue }
            refuse(place, "parent", "task-import.cycle", rows[above].line, rows[place].parent)
        }
    }

    private func isAbove(itself place: Int) -> Bool {
        var steps = 0
        var next = parents[place]
        while let above = next, steps <= rows.count {
            if above == place { return true }
            steps += 1
            next = parents[above]
        }
        return false
    }
}
