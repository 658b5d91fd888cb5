import Storage

/// What somebody has to do about tasks, part by part, each with its most urgent rows.
public struct TaskToday: Sendable {
    public let parts: [(part: Part, rows: [TaskRow], hasMore: Bool)]

    public enum Part: Int, Sendable, CaseIterable {
        case extensions, refused, declared, review, vacant, overdue, week, returned, issued, coordinated

        /// What a viewer has to do, in the order of reading. Whoever may decide begins with what waits for their word,
        /// since somebody else waits with it; whoever does the work begins with what is late.
        static func order(decides: Bool, performs: Bool) -> [Part] {
            allCases.filter { $0.isOwn ? performs : decides }
        }

        /// Mine or my unit's; the others wait for my word.
        var isOwn: Bool { [.overdue, .week, .returned, .issued, .coordinated].contains(self) }

        /// In message keys: `today.…`.
        public var name: String {
            switch self {
            case .overdue: "overdue"
            case .week: "week"
            case .returned: "returned"
            case .issued: "issued"
            case .coordinated: "coordinated"
            case .declared: "declared"
            case .extensions: "extensions"
            case .refused: "refused"
            case .review: "review"
            case .vacant: "vacant"
            }
        }

        /// The list behind it on a day. What is due within a week, or was, stands there and not once more among what
        /// was returned or is new.
        public func list(on today: Day) -> TaskFilter {
            var asked = filter
            if self == .returned || self == .issued { asked.dueFrom = today.adding(days: 8) }
            return asked
        }

        /// What it asks for, whatever the day.
        public var filter: TaskFilter {
            var filter = TaskFilter()
            filter.isMine = isOwn && self != .coordinated
            filter.isCoordinated = self == .coordinated
            // A result and a request are decided by who has no part in them; what was refused is directed anew.
            filter.isVerifying = self == .declared || self == .extensions
            filter.isDirected = self == .refused || self == .review
            switch self {
            case .overdue: filter.schedule = .overdue
            case .week: filter.schedule = .week
            case .returned: filter.state = .returned
            case .issued: filter.state = .issued
            case .coordinated: filter.schedule = .near
            case .declared: filter.state = .declared
            case .extensions: filter.isWaiting = true
            case .refused: filter.state = .refused
            case .review: filter.schedule = .review
            case .vacant: filter.isVacant = true
            }
            return filter
        }
    }

    public var isEmpty: Bool { parts.allSatisfy(\.rows.isEmpty) }

    /// Each task in the first part that it belongs to: whoever decides on a task of their own unit reads it as a word
    /// that is waited for. The lists behind the parts have it all the same.
    var once: TaskToday {
        var known: Set<ID<TaskItem>> = []
        return TaskToday(
            parts: parts.map { part, rows, hasMore in
                (part: part, rows: rows.filter { known.insert($0.task.id).inserted }, hasMore: hasMore)
            })
    }
}

extension TaskStore {
    /// What waits for the office in use, in the order of ``TaskToday/Part/order(decides:performs:)``: each task once.
    public func today(limit: Int) throws -> TaskToday {
        let parts = TaskToday.Part.order(decides: mayCreateSomewhere(), performs: viewer.office != nil)
        if parts.isEmpty { return TaskToday(parts: []) }
        return try rows(of: parts.map { ($0, $0.list(on: today)) }, limit: limit).once
    }

    /// With the tags of its tasks, read in one go.
    func tagged(_ today: TaskToday) throws -> TaskToday {
        let rows = try tagged(today.parts.flatMap(\.rows)).map { ($0.task.id, $0) }
        let known = Dictionary(rows) { first, _ in first }
        return TaskToday(
            parts: today.parts.map { part, rows, hasMore in
                (part, rows.map { known[$0.task.id] ?? $0 }, hasMore)
            })
    }

    /// Every part in one statement, so that the names are looked up once.
    func rows(of parts: [(part: TaskToday.Part, filter: TaskFilter)], limit: Int) throws -> TaskToday {
        let keys = try parts.compactMap { part, filter -> SQL? in
            let query = try query(filter)
            guard query.hasSources else { return nil }
            let page = query.keys(after: nil, limit: limit + 1)
            return "SELECT id, \(SQL(static: part.code)) AS part FROM (\(page)) x"
        }
        guard !keys.isEmpty else { return TaskToday(parts: []) }
        // The limit, which nothing reaches, has SQLite look up the names once and not once for each part.
        let all: SQL = "SELECT id, part FROM (\(keys.joined(" UNION ALL "))) a LIMIT \(keys.count * (limit + 1))"
        let rows = try tx.all(
            """
            SELECT \(TaskRow.columns(today, viewer)), k.part FROM (\(all)) k JOIN task t ON t.id = k.id
            \(TaskRow.joins(try knownPeople())) ORDER BY k.part, t.due, t.id
            """
        ).map { (part: try $0.int(TaskRow.width), row: try TaskRow($0)) }
        let warned = zip(rows.map(\.part), try warned(rows.map(\.row)))
        let found = Dictionary(grouping: warned, by: \.0)
        return TaskToday(
            parts: parts.map { part, _ in
                let all = found[part.rawValue, default: []].map(\.1)
                return (part, Array(all.prefix(limit)), all.count > limit)
            })
    }
}

extension TaskToday.Part {
    /// The raw value in the text of a statement: alone in a selection a bound value has no type.
    fileprivate var code: StaticString {
        switch self {
        case .extensions: "0"
        case .refused: "1"
        case .declared: "2"
        case .review: "3"
        case .vacant: "4"
        case .overdue: "5"
        case .week: "6"
        case .returned: "7"
        case .issued: "8"
        case .coordinated: "9"
        }
    }
}
