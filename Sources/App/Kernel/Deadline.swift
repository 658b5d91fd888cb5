/// By when something is to be done. Always a value: what has no day says why not, and when that is looked at again.
public enum Deadline: Sendable, Hashable {
    case day(Day)
    /// The last day of a month, a quarter …; remembered as it was set.
    case period(Period)
    /// When something happens whose day is not known, as "after the National Assembly has passed the law".
    case event(String, reviewOn: Day)
    /// Not at all, for a reason. Not called `none`, which an optional deadline would take for its own.
    case undated(reason: String, reviewOn: Day)

    /// The word in tables, forms and JSON.
    public enum Kind: String, Sendable, CaseIterable {
        case day, month, quarter, half
        case nineMonths = "nine_months"
        case year, event
        case undated = "none"

        init(_ period: Period.Kind) {
            switch period {
            case .month: self = .month
            case .quarter: self = .quarter
            case .half: self = .half
            case .nineMonths: self = .nineMonths
            case .year: self = .year
            }
        }

        /// Nil for what is no period.
        public var period: Period.Kind? { Period.Kind(rawValue: rawValue) }
        /// The other kinds have a reason or an event, and a day of review.
        public var isDated: Bool { self != .event && self != .undated }
    }

    public var kind: Kind {
        switch self {
        case .day: .day
        case .period(let period): Kind(period.kind)
        case .event: .event
        case .undated: .undated
        }
    }

    /// The last day that counts as on time; ``Day/never`` without one.
    public var due: Day {
        switch self {
        case .day(let day): day
        case .period(let period): period.lastDay
        case .event, .undated: .never
        }
    }

    /// On which it is asked again whether a day can be set.
    public var review: Day? {
        switch self {
        case .day, .period: nil
        case .event(_, let day), .undated(_, let day): day
        }
    }

    /// The event or the reason; empty when there is a day.
    public var words: String {
        switch self {
        case .day, .period: ""
        case .event(let words, _), .undated(let words, _): words
        }
    }

    /// The day or the period as it can be typed again, `2026-09-30` or `2026Q3`; empty without one.
    public var text: String {
        switch self {
        case .day(let day): day.text
        case .period(let period): period.text
        case .event, .undated: ""
        }
    }
}
