public import Storage

/// A civil day of the Gregorian calendar, from 0001-01-01 to 9999-12-31, stored as `yyyy-MM-dd`.
///
/// ``Day/beginning`` says "since before our records", ``Day/never`` is the open end of a period `[from, to)`.
public struct Day: Sendable, Hashable, Comparable, SQLBindable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    public static let beginning = Day(unchecked: -719_162)
    public static let never = Day(unchecked: 2_932_896)

    private init(unchecked number: Int) { self.number = number }

    /// Nil outside the years 1 to 9999.
    public init?(number: Int) {
        guard number >= -719_162, number <= 2_932_896 else { return nil }
        self.number = number
    }

    /// Nil when there is no such day, as on 31 February.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(of: month, in: year)
        else { return nil }
        number = Day.number(year, month, day)
    }

    /// Reads exactly `yyyy-MM-dd`.
    public init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Day.digits(bytes[0..<4]), let month = Day.digits(bytes[5..<7]),
            let day = Day.digits(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads what a person types: `1/7/2025`, `01-07-2025`, `1.7.2025` (day first), or `2025-07-01`.
    public init?(typed text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        let trimmed = words.joined()
        if let day = Day(parsing: trimmed) ?? Day(words: words) {
            self = day
            return
        }
        let parts = trimmed.split(whereSeparator: { "/-.".contains($0) })
        guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2, parts[1].utf8.count <= 2,
            let day = Day.digits(Array(parts[0].utf8)[...]), let month = Day.digits(Array(parts[1].utf8)[...]),
            let year = Day.digits(Array(parts[2].utf8)[...])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `1 Jul 2025`, as English pages write it.
    private init?(words: [Substring]) {
        guard words.count == 3, let day = Day.digits(Array(words[0].utf8)[...]), words[2].utf8.count == 4,
            let year = Day.digits(Array(words[2].utf8)[...]),
            let month = Day.englishMonths.firstIndex(of: String(words[1].prefix(3)).lowercased())
        else { return nil }
        self.init(year: year, month: month + 1, day: day)
    }

    private static let englishMonths = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Year, month and day of the month.
    public var parts: (year: Int, month: Int, day: Int) {
        // Days are counted from 1 March of year 0, so that the leap day ends a year.
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// `yyyy-MM-dd`.
    public var text: String {
        let (year, month, day) = parts
        return Day.padded(year, 4) + "-" + Day.padded(month, 2) + "-" + Day.padded(day, 2)
    }

    /// Moves by whole days and stops at the ends of the calendar.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = number.addingReportingOverflow(days)
        if overflow { return days > 0 ? .never : .beginning }
        return Day(number: sum) ?? (sum > 0 ? .never : .beginning)
    }

    public var description: String { text }
    public var sqlValue: SQLValue { .text(text) }
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
        var value = 0
        for byte in bytes {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension Row {
    public func day(_ index: Int) throws(StorageError) -> Day {
        guard let day = Day(parsing: try text(index)) else { throw .decoding("column \(index) is not a day") }
        return day
    }
}
