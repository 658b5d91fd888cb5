extension Deadline {
    /// Where a problem of a deadline is told.
    public enum Field {
        public static let choice = "deadline_kind"
        public static let date = "deadline"
        public static let words = "deadline_words"
        public static let review = "review_on"
    }

    /// Reads what a person types: `30/9/2026`, `2026-09`, `9/2026`, `Q3/2026`, `quý III/2026`, `năm 2026`.
    public init?(typed text: String) {
        if let day = Day(typed: text) {
            self = .day(day)
        } else if let period = Period(typed: text) {
            self = .period(period)
        } else {
            return nil
        }
    }

    /// Finds what cannot stand: no day, a day of nowhere, an end before the beginning, no reason.
    /// `start`: nil while nobody has said from when.
    public func validate(start: Day?, _ found: inout Validation) {
        guard let review else { return check(due, Field.date, after: start, "deadline.error.before_start", &found) }
        Deadline.checkWords(words, isEvent: kind == .event, &found)
        check(review, Field.review, after: start, "deadline.error.review_before_start", &found)
    }

    /// A day by which somebody owes something is not one of nowhere.
    @discardableResult
    static func check(_ day: Day, _ field: String, _ found: inout Validation) -> Bool {
        guard let refusal = impossible(day) else { return true }
        if day == epoch {
            found.add(field, "deadline.error.epoch", ["day": .day(day)])
        } else {
            found.add(Problem(field, refusal))
        }
        return false
    }

    static func checkWords(_ words: String, isEvent: Bool, _ found: inout Validation) {
        guard words.allSatisfy(\.isWhitespace) else { return }
        found.add(Field.words, isEvent ? "deadline.error.event_missing" : "deadline.error.reason_missing")
    }

    private func check(_ day: Day, _ field: String, after start: Day?, _ order: String, _ found: inout Validation) {
        guard Deadline.check(day, field, &found) else { return }
        if let start, day < start { found.add(field, order, ["start": .day(start)]) }
    }
}
