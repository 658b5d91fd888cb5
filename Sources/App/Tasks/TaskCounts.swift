import Storage

/// How many tasks are led below a unit: by state, and of those in which somebody owes something by how late.
public struct TaskCounts: Sendable, Equatable {
    private var states: [TaskWorkflow.State: Int] = [:]
    /// Late by at most 7, 30, 90 days, and by more.
    public private(set) var late: [Lateness: Int] = [:]
    /// Due today or within seven days.
    public private(set) var soon = 0
    /// Fell due since the day that is asked about, and are late.
    public private(set) var newlyLate = 0
    /// Verified, but declared after the day.
    public private(set) var doneLate = 0
    /// An extension is asked for and not decided.
    public private(set) var waiting = 0

    public enum Lateness: Int, Sendable, CaseIterable, Comparable {
        case week, month, quarter, more

        /// Days at most; nil without an end.
        var days: Int? { [7, 30, 90, nil][rawValue] }
        public static func < (left: Lateness, right: Lateness) -> Bool { left.rawValue < right.rawValue }
    }

    public subscript(_ state: TaskWorkflow.State) -> Int { states[state] ?? 0 }
    public func late(_ lateness: Lateness) -> Int { late[lateness] ?? 0 }
    public var open: Int { states.filter { $0.key.isOpen }.values.reduce(0, +) }
    /// Issued, and nothing reported yet.
    public var notStarted: Int { self[.issued] + self[.accepted] }
    public var overdue: Int { late.values.reduce(0, +) }
    /// Somebody else has found it done.
    public var done: Int { self[.verified] + self[.closed] }
    /// Verified, closed or cancelled: nothing is owed any more.
    public var ended: Int { done + self[.cancelled] }
    public var isEmpty: Bool { open + ended == 0 }

    public static func + (left: TaskCounts, right: TaskCounts) -> TaskCounts {
        var sum = left
        sum.states.merge(right.states, uniquingKeysWith: +)
        sum.late.merge(right.late, uniquingKeysWith: +)
        sum.soon += right.soon
        sum.newlyLate += right.newlyLate
        sum.doneLate += right.doneLate
        sum.waiting += right.waiting
        return sum
    }
}

extension TaskCounts {
    /// The sums that ``init(_:from:)`` reads, over rows `b` of the tally.
    static func columns(today: Day, since: Day) -> SQL {
        var conditions = TaskCounts.states.map { state -> SQL in "b.bucket = \(TaskTally.Bucket.state(state))" }
        var end = today
        for lateness in Lateness.allCases {
            let begin = lateness.days.map { today.adding(days: -$0) }
            let from: SQL = begin.map { "b.bucket >= \(TaskTally.Bucket.due($0)) AND " } ?? ""
            conditions.append("\(from)b.bucket < \(TaskTally.Bucket.due(end))")
            end = begin ?? end
        }
        conditions += [
            "b.bucket >= \(TaskTally.Bucket.due(today)) AND b.bucket <= \(TaskTally.Bucket.due(today.adding(days: 7)))",
            "b.bucket >= \(TaskTally.Bucket.due(since)) AND b.bucket < \(TaskTally.Bucket.due(today))",
            "b.bucket = \(TaskTally.Bucket.doneLate)", "b.bucket = \(TaskTally.Bucket.extensionWaits)",
        ]
        return conditions.map { "CAST(SUM(CASE WHEN \($0) THEN b.n ELSE 0 END) AS BIGINT)" as SQL }.joined(", ")
    }

    private static let states = TaskWorkflow.State.allCases.filter { $0 != .draft }

    /// From the column at `index` on.
    init(_ row: Row, from index: Int) throws {
        var place = index
        func next() throws -> Int {
            defer { place += 1 }
            return Int(try row.optionalInt64(place) ?? 0)
        }
        for state in TaskCounts.states { states[state] = try next() }
        for lateness in Lateness.allCases { late[lateness] = try next() }
        soon = try next()
        newlyLate = try next()
        doneLate = try next()
        waiting = try next()
    }
}
