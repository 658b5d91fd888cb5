/// What the calendar says of a task. Computed for a day, never stored.
public enum TaskSchedule: String, Sendable, CaseIterable {
    case draft
    case noDeadline = "no_deadline"
    case inTime = "in_time"
    case dueSoon = "due_soon"
    /// Not due soon, but far behind the time that has passed.
    case likelyLate = "likely_late"
    case overdue
    case doneInTime = "done_in_time"
    case doneLate = "done_late"
    case paused, cancelled

    /// A task of more days from start to due is long and is warned of earlier.
    public static let longestShort = 30
    /// A task is likely late when the share of its time that has passed exceeds its percent by more than these points…
    public static let lag = 20
    /// …and at least this share of its time has passed, in percent: before, a plan has hardly begun.
    public static let earliest = 25

    /// - The day of the declaration is the day of doing, but it counts only once somebody has verified it on evidence.
    /// - While that is awaited, the clock stands at that day: whoever declares in time is not made late by whoever
    ///   looks late. What is returned is measured by today again.
    /// - Due soon goes before likely late: the one is a fact, the other a guess.
    public init(_ times: TaskTimes, due: Day, today: Day, rules: CommitteeRules = .standard) {
        switch times.workflow.state {
        case .draft: self = .draft
        case .paused: self = .paused
        case .cancelled: self = .cancelled
        case .declared, .verified, .closed:
            self = TaskSchedule.handedIn(times, due: due, today: today)
        case .issued, .accepted, .refused, .inProgress, .returned:
            self = TaskSchedule.open(times, due: due, today: today, rules: rules)
        }
    }

    private static func handedIn(_ times: TaskTimes, due: Day, today: Day) -> TaskSchedule {
        guard let day = times.declaredOn else { return due == .never ? .noDeadline : due < today ? .overdue : .inTime }
        if times.workflow.state != .declared, times.hasEvidence { return day <= due ? .doneInTime : .doneLate }
        return due == .never ? .noDeadline : day <= due ? .inTime : .overdue
    }

    private static func open(_ times: TaskTimes, due: Day, today: Day, rules: CommitteeRules) -> TaskSchedule {
        if due == .never { return .noDeadline }
        if due < today { return .overdue }
        // Days have seven digits at most, so that none of these sums overflows.
        let span = due.number - times.start.number
        let warning = span <= longestShort ? rules.warnDays : rules.warnDaysLong
        if due.number - today.number < warning { return .dueSoon }
        let isLate = isLikelyLate(elapsed: today.number - times.start.number, of: span, percent: times.percent)
        return isLate ? .likelyLate : .inTime
    }

    /// Shares are compared as products, so that nothing is rounded. `elapsed`, `span`: whole days.
    static func isLikelyLate(elapsed: Int, of span: Int, percent: Int) -> Bool {
        guard span > 0, percent < 100 else { return false }
        return elapsed * 100 >= earliest * span && elapsed * 100 > (percent + lag) * span
    }

    /// In message keys: `task.schedule.…`.
    public var name: String { rawValue }
}
