import Foundation
import Testing

@testable import App

@Suite struct PeriodTests {
    private func period(_ text: String) throws -> Period { try #require(Period(parsing: text)) }

    @Test(arguments: [
        ("2025-07", "2025-07-01", "2025-07-31", "2025-08"), ("2025-12", "2025-12-01", "2025-12-31", "2026-01"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-03"), ("2025Q1", "2025-01-01", "2025-03-31", "2025Q2"),
        ("2025Q3", "2025-07-01", "2025-09-30", "2025Q4"), ("2025Q4", "2025-10-01", "2025-12-31", "2026Q1"),
        ("2025H1", "2025-01-01", "2025-06-30", "2025H2"), ("2025H2", "2025-07-01", "2025-12-31", "2026H1"),
        ("2025-9M", "2025-01-01", "2025-09-30", "2026-9M"), ("2025", "2025-01-01", "2025-12-31", "2026"),
        ("0001-01", "0001-01-01", "0001-01-31", "0001-02"),
    ]) func aPeriodHasItsDaysAndItsNext(_ text: String, _ first: String, _ last: String, _ next: String) throws {
        let period = try period(text)
        #expect(period.text == text)
        #expect(period.firstDay.text == first && period.lastDay.text == last)
        #expect(period.next?.text == next)
    }

    @Test func theCalendarEndsAndNothingTraps() throws {
        #expect(try period("9999").lastDay == .never && period("9999-12").next == nil)
        #expect(Period(.year, of: .max) == nil && Period(.month, 12, of: .max) == nil)
        #expect(Period(.month, .max, of: 2025) == nil && Period(.month, .min, of: 2025) == nil)
        #expect(Period(.half, 2, of: .min) == nil && Period(.year, of: 0) == nil)
    }

    @Test(arguments: [
        "", "2025-13", "2025-00", "2025-7", "2025Q0", "2025Q5", "2025Q", "2025H3", "2025H", "2025-9m", "2025-12M", "25",
        "20255", "2025q3", " 2025", "2025-07-01", "0000", "٢٠٢٥", "2025-٠٧", "Q32025", "2025Q3 ", "abcd", "-999",
    ]) func whatIsNoPeriodIsRefused(_ text: String) { #expect(Period(parsing: text) == nil) }

    /// Every kind over some years: it reads what it writes, and the next begins on the day after.
    @Test(arguments: Period.Kind.allCases) func periodsFollowEachOther(_ kind: Period.Kind) throws {
        var current = try #require(Period(kind, 1, of: 1999))
        for _ in 0..<150 {
            #expect(Period(parsing: current.text) == current)
            #expect(Period(kind, containing: current.firstDay) == current)
            #expect(Period(kind, containing: current.lastDay) == current)
            #expect(current.contains(current.lastDay) && !current.contains(current.firstDay.adding(days: -1)))
            let next = try #require(current.next)
            if kind != .nineMonths { #expect(next.firstDay == current.lastDay.adding(days: 1)) }
            #expect(next.number == current.number % kind.perYear + 1)
            current = next
        }
    }

    @Test func theLastMonthsAreInNoNineMonths() throws {
        let day = try #require(Day(parsing: "2025-10-01"))
        #expect(Period(.nineMonths, containing: day) == nil)
        #expect(Period(.quarter, containing: day)?.text == "2025Q4")
    }

    @Test(arguments: [
        ("2026-09", "2026-09"), ("9/2026", "2026-09"), ("09/2026", "2026-09"), ("9 / 2026", "2026-09"),
        ("9-2026", "2026-09"), ("2026/9", "2026-09"), ("tháng 9/2026", "2026-09"), ("Tháng 9 năm 2026", "2026-09"),
        ("2026Q3", "2026Q3"), ("Q3/2026", "2026Q3"), ("q3 2026", "2026Q3"), ("2026q3", "2026Q3"),
        ("quý III/2026", "2026Q3"), ("Quý 3 năm 2026", "2026Q3"), ("QUÝ IV/2026", "2026Q4"), ("quý I/2026", "2026Q1"),
        ("Q.II/2026", "2026Q2"), ("quarter 2 2026", "2026Q2"), ("trong quý III/2026", "2026Q3"),
        ("6 tháng đầu năm 2026", "2026H1"), ("6 tháng cuối năm 2026", "2026H2"), ("2026h2", "2026H2"),
        ("9 tháng năm 2026", "2026-9M"), ("9 tháng đầu năm 2026", "2026-9M"), ("2026-9M", "2026-9M"),
        ("năm 2026", "2026"), ("2026", "2026"), ("hết năm 2026", "2026"), ("first half of 2026", "2026H1"),
        ("Second half 2026", "2026H2"), ("9 months of 2026", "2026-9M"),
    ]) func whatAPersonTypesIsRead(_ typed: String, _ text: String) {
        #expect(Period(typed: typed)?.text == text)
        // As some keyboards send Vietnamese: letters and marks apart.
        #expect(Period(typed: typed.decomposedStringWithCanonicalMapping)?.text == text)
    }

    @Test(arguments: [
        "", "quý", "quý V/2026", "quý 0/2026", "tháng 13/2026", "0/2026", "13/2026", "9/26", "Q5/2026", "quý III",
        "sớm", "tháng 9", "9 tháng cuối năm 2026", "5 tháng đầu năm 2026", "ngày 30/9/2026", "9/2026/1",
        "999999999999999999999/2026", "quý III/20266", "sau quý III/2026", "2026 2027",
        "third half of 2026", "6 months of 2026", "half of 2026",
    ]) func whatIsNoneIsNotGuessed(_ typed: String) {
        #expect(Period(typed: typed) == nil)
    }

    @Test func aLongTextIsNotRead() {
        #expect(Period(typed: String(repeating: "năm ", count: 100_000) + "2026") == nil)
    }
}
