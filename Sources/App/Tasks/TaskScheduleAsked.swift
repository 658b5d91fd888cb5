import Storage

extension TaskFilter {
    /// What can be asked of the calendar. Words that ``TaskSchedule`` has too mean what the row shows.
    public enum Schedule: String, Sendable, CaseIterable {
        case overdue
        /// Due within a week from today.
        case week
        case dueSoon = "due_soon"
        case likelyLate = "likely_late"
        /// Late, or due within a week from today.
        case near
        /// Without a day: when something happens, or not at all.
        case undated
        /// Without a day, and the day has come on which it is asked again whether there can be one.
        case review
        case doneInTime = "done_in_time"
        case doneLate = "done_late"

        /// Words that say themselves whether the task is open.
        var which: Which? {
            switch self {
            case .overdue, .week, .near, .review, .dueSoon, .likelyLate: .open
            case .doneInTime, .doneLate: .closed
            case .undated: nil
            }
        }
    }
}

/// A word of the calendar as conditions of a list: the rule of ``TaskSchedule``, said once more for the engines.
///
/// What is late, due soon, due within a week or done late is a range of an index. What is likely late is found among the
/// open tasks of the scope that are not due yet, in the order of their days: each is compared by whole numbers.
struct TaskScheduleAsked {
    let word: TaskFilter.Schedule
    let today: Day
    /// Which days before a last day are days of warning for some task, and for every task.
    let warning: TaskWarningRange

    /// What a row of a scope and a task say alike. `running`: see ``TaskMap/running(_:)``.
    func days(_ due: SQL, running: SQL) -> [SQL] {
        switch word {
        case .overdue: ["\(due) < \(today)", "\(running) = 1"]
        case .week: ["\(due) >= \(today)", "\(due) <= \(today.adding(days: 7))", "\(running) = 1"]
        case .dueSoon:
            ["\(due) >= \(today)", "\(due) < \(today.adding(days: warning.longest))", "\(running) = 1"]
        case .likelyLate: ["\(due) >= \(today)", "\(due) < \(Day.never)", "\(running) = 1"]
        case .near: ["\(due) <= \(today.adding(days: 7))", "\(running) = 1"]
        case .undated: ["\(due) = \(Day.never)"]
        case .review: ["\(running) = 1"]
        case .doneInTime: ["\(running) = 0"]
        case .doneLate: ["\(running) = 2"]
        }
    }

    /// The day of review, which both say: empty or never where there is none.
    func review(_ column: SQL) -> [SQL] {
        word == .review ? ["\(column) > ''", "\(column) <= \(today)"] : []
    }

    /// What only the task can say.
    var ofTask: [SQL] {
        switch word {
        case .overdue, .week, .near, .undated, .review: []
        case .dueSoon: [ahead, soon]
        case .likelyLate: [ahead, "NOT \(soon)"] + behind
        case .doneInTime: [verified, "t.declared_on <= t.due", "t.declared_on < \(Day.never)"]
        case .doneLate: [verified]
        }
    }

    /// Somebody still works on it, so that today counts.
    private var ahead: SQL {
        "t.state IN ('issued', 'accepted', 'refused', 'in_progress', 'returned')"
    }

    /// No evidence, no green: nor any other colour of what is done.
    private var verified: SQL { "t.state IN ('verified', 'closed') AND t.has_evidence = 1" }

    private var left: SQL { "t.due_number - \(today.number)" }
    /// A task without a first day has no span: then the number is far below zero.
    private var span: SQL { "t.due_number - t.start_number" }

    /// The rules of a committee are looked up only where they make the difference.
    private var soon: SQL {
        guard warning.varies else { return "(\(left) < \(usual))" }
        return """
            (\(left) < \(warning.shortest) OR (\(left) < \(warning.longest) \
            AND \(left) < COALESCE((\(ofCommittee)), \(usual))))
            """
    }

    private var ofCommittee: SQL {
        """
        SELECT CASE WHEN \(isLong) THEN l.warn_days_long ELSE l.warn_days END FROM \(warning.regulations) LIMIT 1
        """
    }

    private var isLong: SQL { "\(span) > \(TaskSchedule.longestShort)" }

    private var usual: SQL {
        let rules = CommitteeRules.standard
        return """
            CASE WHEN \(isLong) THEN CAST(\(rules.warnDaysLong) AS BIGINT) ELSE CAST(\(rules.warnDays) AS BIGINT) END
            """
    }

    /// ``TaskSchedule/isLikelyLate(elapsed:of:percent:)``.
    private var behind: [SQL] {
        let elapsed: SQL = "(\(today.number) - t.start_number) * 100"
        return [
            "t.start_on < \(today)", "t.start_on < t.due", "t.percent < 100",
            "\(elapsed) >= \(TaskSchedule.earliest) * (\(span))",
            "\(elapsed) > (t.percent + \(TaskSchedule.lag)) * (\(span))",
        ]
    }
}

/// From how many days before its last day a task is due soon, over all regulations in force.
struct TaskWarningRange {
    /// Every task with fewer days left is due soon, none with so many as the longest is.
    let shortest: Int
    let longest: Int
    /// Some regulation warns otherwise than is usual.
    let varies: Bool
    /// Those that bind `task t`, the one that counts first.
    let regulations: SQL

    /// Each pair: for short tasks, for long ones.
    init(_ pairs: [(short: Int, long: Int)], regulations: SQL) {
        let usual = CommitteeRules.standard
        shortest = pairs.map { min($0.short, $0.long) }.reduce(usual.warnDays, min)
        longest = pairs.map { max($0.short, $0.long) }.reduce(usual.warnDaysLong, max)
        varies = pairs.contains { $0.short != usual.warnDays || $0.long != usual.warnDaysLong }
        self.regulations = regulations
    }
}

extension TaskStore {
    /// Nil when the calendar is not asked. One small statement where regulations count.
    func scheduleAsked(_ filter: TaskFilter) throws -> TaskScheduleAsked? {
        guard let word = filter.schedule else { return nil }
        let pairs = [.dueSoon, .likelyLate].contains(word) ? try warningDays() : []
        let warning = TaskWarningRange(pairs, regulations: regulations(on: "r.unit_id = t.assigning_unit_id"))
        return TaskScheduleAsked(word: word, today: today, warning: warning)
    }

    private func warningDays() throws -> [(short: Int, long: Int)] {
        try tx.all(
            """
            SELECT DISTINCT l.warn_days, l.warn_days_long FROM committee_paper q
            JOIN committee_rules l ON l.paper_id = q.id WHERE \(RegulationsInForce.condition(on: today))
            """
        ).map { (short: try $0.int(0), long: try $0.int(1)) }
    }
}
