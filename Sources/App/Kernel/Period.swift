public import Storage

/// A span of the calendar that plans and deadlines speak of, from the first to the last day of a month or of several.
///
/// Stored as `2025-07`, `2025Q3`, `2025H1`, `2025-9M`, `2025`. The months of reports that run from the 15th to the
/// 14th are not among them: see ``ReportingCalendar``.
public struct Period: Sendable, Hashable, SQLBindable, CustomStringConvertible {
    public let kind: Kind
    public let year: Int
    /// Which of its kind in the year, counted from 1.
    public let number: Int
    public let firstDay: Day
    public let lastDay: Day

    public enum Kind: String, Sendable, CaseIterable {
        case month, quarter, half
        /// January to September, over which the year is judged before its budget closes.
        case nineMonths = "nine_months"
        case year

        /// How many of them begin in a year.
        public var perYear: Int {
            switch self {
            case .month: 12
            case .quarter: 4
            case .half: 2
            case .nineMonths, .year: 1
            }
        }

        fileprivate var months: Int { self == .nineMonths ? 9 : 12 / perYear }
    }

    /// Nil outside the years 1 to 9999, or when a year has no such period.
    public init?(_ kind: Kind, _ number: Int = 1, of year: Int) {
        guard (1...kind.perYear).contains(number) else { return nil }
        let first = (number - 1) * kind.months + 1
        let after = first + kind.months
        guard let firstDay = Day(year: year, month: first, day: 1) else { return nil }
        // The calendar ends with a year, so that its last month is followed by nothing.
        let next = after > 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: after, day: 1)
        self.kind = kind
        self.year = year
        self.number = number
        self.firstDay = firstDay
        self.lastDay = next?.adding(days: -1) ?? .never
    }

    /// The one of its kind that the day lies in; nil in the last three months of a year for nine months.
    public init?(_ kind: Kind, containing day: Day) {
        let (year, month, _) = day.parts
        self.init(kind, (month - 1) / kind.months + 1, of: year)
    }

    /// Reads exactly what ``text`` writes.
    public init?(parsing text: some StringProtocol) {
        let text = String(text)
        guard let year = Period.digits(text.prefix(4), 4) else { return nil }
        let rest = text.dropFirst(4), tail = rest.dropFirst()
        switch rest.first {
        case nil: self.init(.year, of: year)
        case "-" where tail == "9M": self.init(.nineMonths, of: year)
        case "-": self.init(.month, Period.digits(tail, 2) ?? 0, of: year)
        case "Q": self.init(.quarter, Period.digits(tail, 1) ?? 0, of: year)
        case "H": self.init(.half, Period.digits(tail, 1) ?? 0, of: year)
        default: return nil
        }
    }

    public var text: String {
        let year = Period.padded(year, 4)
        return switch kind {
        case .month: "\(year)-\(Period.padded(number, 2))"
        case .quarter: "\(year)Q\(number)"
        case .half: "\(year)H\(number)"
        case .nineMonths: "\(year)-9M"
        case .year: year
        }
    }

    /// The following one of its kind: the nine months of the next year follow those of this. Nil after the year 9999.
    public var next: Period? {
        number < kind.perYear ? Period(kind, number + 1, of: year) : Period(kind, 1, of: year + 1)
    }

    public func contains(_ day: Day) -> Bool { firstDay <= day && day <= lastDay }

    public var description: String { text }
    public var sqlValue: SQLValue { .text(text) }

    private static func digits(_ text: Substring, _ count: Int) -> Int? {
        text.utf8.count == count && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(text) : nil
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
