/// How many days before its last day a task is warned of. Pure.
enum TaskWarning {
    /// Where no working regulation says anything.
    static let usual = [7, 3, 1]

    /// The regulation in force says from how many days before, for short tasks and for long ones; then come the usual
    /// ones that are nearer. `span`: days from start to last day.
    static func days(span: Int, _ rules: RulesInForce) -> [Int] {
        guard !rules.isStandard else { return usual }
        let first = span <= TaskSchedule.longestShort ? rules.rules.warnDays : rules.rules.warnDaysLong
        return [first] + usual.filter { $0 < first }
    }

    /// Which warning holds with so many days left: one alone, also when others were missed. Nil while there is time.
    static func warning(left: Int, of days: [Int]) -> Int? { days.filter { left <= $0 && $0 > 0 }.min() }

    /// What is told of a task on a day, and what tells it from other occasions. A deadline that moves is another one.
    static func told(due: Day, start: Day, today: Day, _ rules: RulesInForce) -> (kind: Notice.Kind, occasion: String)?
    {
        if due == .never { return nil }
        // Days have seven digits at most, so that none of these differences overflows.
        let left = due.number - today.number
        if left < 0 { return (.overdue, due.text) }
        let span = start == .never ? 0 : due.number - start.number
        return warning(left: left, of: days(span: span, rules)).map { (.dueSoon, "\(due.text)/\($0)") }
    }
}
