import Storage

/// How many tasks are led below a unit: by state, and of those in which somebody owes something by how late.
public struct TaskCounts: Sendable, Equatable {
    /// By ``TaskWorkflow/State/code``: many units are counted for one page.
    private var states = [Int](repeating: 0, count: TaskWorkflow.State.allCases.count + 1)
    private var lateBy = [Int](repeating: 0, count: Lateness.allCases.count)
    /// Due today or within seven days.
    public private(set) var soon = 0
    /// Fell due since the day that is asked about, and are late.
    public private(set) var newlyLate = 0
    /// Verified, but declared after the day.
    public private(set) var doneLate = 0
    /// An extension is asked for and not decided.
    public private(set) var waiting = 0

    /// Late by at most 7, 30, 90 days, and by more.
    public enum Lateness: Int, Sendable, CaseIterable, Comparable {
        case week, month, quarter, more

        /// Days at most; nil without an end.
        var days: Int? { [7, 30, 90, nil][rawValue] }
        public static func < (left: Lateness, right: Lateness) -> Bool { left.rawValue < right.rawValue }
    }

    public subscript(_ state: TaskWorkflow.State) -> Int { states[state.code] }
    public func late(_ lateness: Lateness) -> Int { lateBy[lateness.rawValue] }
    public var open: Int { TaskCounts.openStates.reduce(0) { $0 + states[$1] } }
    public var overdue: Int { lateBy.reduce(0, +) }
    /// Somebody else has found it done.
    public var done: Int { self[.verified] + self[.closed] }
    /// Verified, closed or cancelled: nothing is owed any more.
    public var ended: Int { done + self[.cancelled] }
    public var isEmpty: Bool { open + ended == 0 }

    private static let openStates = TaskWorkflow.State.allCases.filter(\.isOpen).map(\.code)
}

extension TaskCounts {
    /// The days between which the buckets of the tally are told apart, as the texts that stand there.
    struct Borders {
        let today: String
        let since: String
        /// The day after the last one that is soon.
        let end: String
        /// From the nearest on: who is due before it is later than the lateness at its place allows.
        private let latest: [String]

        init(today: Day, since: Day) {
            self.today = TaskTally.Bucket.due(today)
            self.since = TaskTally.Bucket.due(since)
            end = TaskTally.Bucket.due(today.adding(days: 8))
            latest = Lateness.allCases.compactMap(\.days).map { TaskTally.Bucket.due(today.adding(days: -$0)) }
        }

        func lateness(of bucket: String) -> Int { latest.count { bucket < $0 } }

        /// Of rows `bucket`, `n` the sums that ``TaskCounts/add(_:)`` reads: from today on, from the day asked about on,
        /// from each lateness on, and all.
        var sums: SQL {
            let from = ([today, since] + latest).map { first -> SQL in
                "CAST(SUM(CASE WHEN b.bucket >= \(first) THEN b.n ELSE 0 END) AS BIGINT)"
            }
            return (from + ["CAST(SUM(b.n) AS BIGINT)"]).joined(", ")
        }
    }

    /// Adds the sums of ``Borders/sums``, each of which holds those before it.
    mutating func add(_ sums: [Int]) {
        guard let fromToday = sums.first, sums.count == lateBy.count + 2 else { return }
        soon += fromToday
        newlyLate += max(0, sums[1] - fromToday)
        var nearer = fromToday
        for (lateness, sum) in sums.dropFirst(2).enumerated() {
            lateBy[lateness] += sum - nearer
            nearer = sum
        }
    }

    /// Adds one row of the tally. Texts that are no bucket of ours count nowhere.
    mutating func add(_ bucket: String, _ n: Int, _ borders: Borders) {
        switch bucket.utf8.first {
        case UInt8(ascii: "s"):
            if let code = Int(bucket.dropFirst()).map({ $0 - 10 }), states.indices.contains(code) { states[code] += n }
        case UInt8(ascii: "w"): waiting += n
        case UInt8(ascii: "x"): doneLate += n
        default:
            if bucket >= borders.today { return soon += n }
            lateBy[borders.lateness(of: bucket)] += n
            if bucket >= borders.since { newlyLate += n }
        }
    }
}
