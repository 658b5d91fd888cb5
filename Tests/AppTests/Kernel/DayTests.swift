import Foundation
import Testing

@testable import App

@Suite struct DayTests {
    private func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }

    /// Against Foundation's calendar over four centuries, stepping so that every month and weekday comes up.
    @Test func everyDayIsTheCalendars() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for number in stride(from: -80_000, through: 90_000, by: 13) {
            let day = try #require(Day(number: number))
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            #expect(day.parts.year == parts.year && day.parts.month == parts.month && day.parts.day == parts.day)
            #expect(Day(year: day.parts.year, month: day.parts.month, day: day.parts.day) == day)
            #expect(Day(parsing: day.text) == day)
        }
    }

    @Test(arguments: [
        "2025-02-31", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "2025-07-1", "25-07-01",
        "02025-07-01", "2025/07/01", "", "abcd-ef-gh", "2025-07-01 ", "٢٠٢٥-٠٧-٠١", "0000-01-01", "2025-07-00",
    ])
    func whatIsNoDayIsRefused(_ text: String) { #expect(Day(parsing: text) == nil) }

    @Test func leapDaysAreDays() {
        #expect(Day(parsing: "2024-02-29") != nil)
        #expect(Day(parsing: "2000-02-29") != nil)
    }

    @Test(arguments: ["1/7/2025", "01/07/2025", "1.7.2025", "01-07-2025", " 1 / 7 / 2025 ", "2025-07-01"])
    func peopleTypeDaysInManyForms(_ typed: String) { #expect(Day(typed: typed)?.text == "2025-07-01") }

    @Test(arguments: [
        "31/2/2025", "1/7/25", "1/7", "2025", "7/2025", "32/1/2025", "1//7/2025/", "a/b/cccc", "/", "1-7-99999",
    ])
    func whatIsTypedWronglyIsNoDay(_ typed: String) {
        // A doubled separator is forgiven; everything else is not.
        let isForgiven = typed == "1//7/2025/"
        #expect((Day(typed: typed) != nil) == isForgiven)
    }

    @Test func addingStopsAtTheEndsOfTheCalendar() throws {
        #expect(try day("2025-12-31").adding(days: 1) == day("2026-01-01"))
        #expect(try day("2025-03-01").adding(days: -1) == day("2025-02-28"))
        #expect(Day.never.adding(days: 1) == .never)
        #expect(Day.beginning.adding(days: -1) == .beginning)
        #expect(Day.never.adding(days: .max) == .never)
        #expect(Day.beginning.adding(days: .min) == .beginning)
        #expect(Day.never.text == "9999-12-31")
        #expect(Day.beginning.text == "0001-01-01")
        #expect(Day(number: .max) == nil && Day(number: .min) == nil)
    }

    @Test func theOrderOfTextIsTheOrderOfTime() throws {
        let days = try (0..<400).map { try #require(Day(number: -719_162 + $0 * 9_131)) }
        #expect(days.map(\.text).sorted() == days.sorted().map(\.text))
    }

    @Test func aDayEndsAtMidnightInTheConfiguredZone() throws {
        let zone = try #require(TimeZone(identifier: "Asia/Ho_Chi_Minh"))
        let clock = WallClock(zone: zone) { Instant(milliseconds: 0) }
        let lastMillisecond = Instant(milliseconds: 1_795_280_399_999)  // 2026-11-21 23:59:59.999 +07
        #expect(clock.day(of: lastMillisecond).text == "2026-11-21")
        #expect(clock.day(of: lastMillisecond.adding(.milliseconds(1))).text == "2026-11-22")
        #expect(clock.local(lastMillisecond).minutes == 23 * 60 + 59)
        #expect(clock.day(of: Instant(milliseconds: .max)) == .never)
        #expect(clock.day(of: Instant(milliseconds: -100_000_000_000_000)) == .beginning)
        #expect(clock.day(of: Instant(milliseconds: 300_000_000_000_000)) == .never)
    }
}
