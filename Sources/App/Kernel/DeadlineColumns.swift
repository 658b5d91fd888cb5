extension Deadline {
    /// A deadline as a table holds it. Nothing is NULL, so that lists run along `due` and along `review`.
    public struct Columns: Sendable, Hashable {
        /// ``Kind``.
        public var kind: String
        /// ``Day/never`` for an event or none.
        public var due: Day
        /// The event or the reason.
        public var words: String
        /// ``Day/never`` when there is a day.
        public var review: Day

        public init(kind: String, due: Day, words: String, review: Day) {
            self.kind = kind
            self.due = due
            self.words = words
            self.review = review
        }
    }

    public var columns: Columns { Columns(kind: kind.rawValue, due: due, words: words, review: review ?? .never) }

    /// Nil when the columns contradict each other, as a quarter that ends in May.
    public init?(_ columns: Columns) {
        guard let kind = Kind(rawValue: columns.kind) else { return nil }
        if kind.isDated {
            guard columns.words.isEmpty, columns.review == .never, Deadline.mayBe(columns.due) else { return nil }
        } else {
            guard columns.due == .never, !columns.words.isEmpty, Deadline.mayBe(columns.review) else { return nil }
        }
        switch (kind, kind.period) {
        case (.event, _): self = .event(columns.words, reviewOn: columns.review)
        case (.undated, _): self = .undated(reason: columns.words, reviewOn: columns.review)
        case (_, let period?):
            guard let period = Period(period, containing: columns.due), period.lastDay == columns.due else {
                return nil
            }
            self = .period(period)
        default: self = .day(columns.due)
        }
    }

    /// The day that spreadsheets and programs write when they have none.
    static let epoch = Day(number: 0)
    /// A deadline outside is a slip of the hand.
    static let years = 2000...2100

    static func mayBe(_ day: Day) -> Bool { years.contains(day.parts.year) }

    /// Why a day cannot be meant, be it a deadline or the day on which work begins; nil when it can.
    static func impossible(_ day: Day) -> Message? {
        if day == epoch { return Message("deadline.error.epoch_day", ["day": .day(day)]) }
        if mayBe(day) { return nil }
        // As text: a year is not grouped by thousands.
        return Message(
            "deadline.error.year", ["from": .text(String(years.lowerBound)), "to": .text(String(years.upperBound))])
    }
}
