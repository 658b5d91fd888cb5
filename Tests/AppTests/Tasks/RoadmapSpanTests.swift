import Testing

@testable import App

/// Where a day lies on a roadmap.
@Suite struct RoadmapSpanTests {
    private func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }

    @Test func aYearOfQuartersBeginsWithTheOneBeforeTodays() throws {
        let span = RoadmapSpan(.quarter, around: try day("2026-11-30"))
        #expect(span.periods.map(\.text) == ["2026Q3", "2026Q4", "2027Q1", "2027Q2"])
        #expect(span.firstDay.text == "2026-07-01" && span.lastDay.text == "2027-06-30")
        #expect(span.parts.count == 12 && span.parts.first?.text == "2026-07" && span.parts.last?.text == "2027-06")
        #expect(span.earlier.periods.first?.text == "2026Q1" && span.later.periods.first?.text == "2027Q1")
    }

    @Test func fiveYearsBeginWithTodays() throws {
        let span = RoadmapSpan(.year, around: try day("2026-11-30"))
        #expect(span.periods.map(\.text) == ["2026", "2027", "2028", "2029", "2030"])
        #expect(span.parts.count == 20 && span.parts.first?.text == "2026Q1" && span.parts.last?.text == "2030Q4")
        #expect(span.earlier.periods.first?.text == "2024" && span.later.periods.first?.text == "2028")
    }

    @Test func aDayLiesWhereItIsAndWhatIsOutsideAtTheEdge() throws {
        let span = RoadmapSpan(.year, from: try day("2026-05-05"))
        #expect(span.place(try day("2026-01-01")) == 0)
        #expect(span.end(try day("2030-12-31")) == 10_000)
        #expect(span.place(try day("1999-01-01")) == 0 && span.place(.beginning) == 0)
        #expect(span.place(.never) == 10_000 && span.end(.never) == 10_000)
        #expect(span.place(try day("2028-07-02")) == 5_000)
        #expect(span.contains(try day("2026-01-01")))
        #expect(!span.contains(try day("2031-01-01")))
    }

    /// Every day of the calendar can stand in an address.
    @Test(arguments: RoadmapSpan.Scale.allCases) func theEndsOfTheCalendarAreNoTrap(_ scale: RoadmapSpan.Scale) throws {
        for end in [Day.beginning, .never, try day("9999-10-01"), try day("0001-03-31")] {
            for span in [RoadmapSpan(scale, from: end), RoadmapSpan(scale, around: end)] {
                for moved in [span, span.earlier, span.later, span.earlier.earlier, span.later.later] {
                    #expect(!moved.periods.isEmpty && moved.firstDay <= moved.lastDay)
                    #expect(moved.place(moved.firstDay) == 0 && moved.end(moved.lastDay) <= 10_000)
                }
            }
        }
    }

    @Test func sharesAreWrittenShort() {
        #expect(RoadmapBar.share(0) == "0%" && RoadmapBar.share(1_250) == "12.5%" && RoadmapBar.share(10_000) == "100%")
    }
}
