import Testing

@testable import App

/// A deadline is a value, even when it is none; and the day of empty cells is not one.
@Suite struct DeadlineTests {
    private static func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }
    private func day(_ text: String) throws -> Day { try DeadlineTests.day(text) }

    @Test(arguments: [
        ("30/9/2026", "day", "2026-09-30", "2026-09-30"), ("2026-09-30", "day", "2026-09-30", "2026-09-30"),
        ("1.7.2026", "day", "2026-07-01", "2026-07-01"), ("2026-09", "month", "2026-09-30", "2026-09"),
        ("9/2026", "month", "2026-09-30", "2026-09"), ("2/2028", "month", "2028-02-29", "2028-02"),
        ("2026Q3", "quarter", "2026-09-30", "2026Q3"), ("Q3/2026", "quarter", "2026-09-30", "2026Q3"),
        ("quý III/2026", "quarter", "2026-09-30", "2026Q3"), ("6 tháng đầu năm 2026", "half", "2026-06-30", "2026H1"),
        ("9 tháng năm 2026", "nine_months", "2026-09-30", "2026-9M"), ("năm 2026", "year", "2026-12-31", "2026"),
    ]) func whatAPersonTypesIsRead(_ typed: String, _ kind: String, _ due: String, _ text: String) throws {
        let deadline = try #require(Deadline(typed: typed))
        #expect(deadline.kind.rawValue == kind && deadline.due.text == due && deadline.text == text)
        #expect(deadline.review == nil && deadline.words == "")
        #expect(Deadline(typed: deadline.text) == deadline)
    }

    @Test(arguments: ["", "31/9/2026", "30/9", "sớm nhất", "2026-13", "quý V/2026", "30/9/26"])
    func whatIsNoDateIsNotGuessed(_ typed: String) { #expect(Deadline(typed: typed) == nil) }

    @Test func anEventAndNoneHaveNoDayButAReview() throws {
        let review = try day("2026-12-31")
        for deadline in [
            Deadline.event("Luật được thông qua", reviewOn: review), .undated(reason: "x", reviewOn: review),
        ] {
            #expect(deadline.due == .never && deadline.review == review && deadline.text == "")
            #expect(!deadline.kind.isDated)
        }
        #expect(Deadline.Kind.undated.rawValue == "none")
        // An optional deadline that is there is not taken for one that is not.
        let deadline: Deadline? = .undated(reason: "Thường xuyên", reviewOn: review)
        #expect(deadline != nil)
    }

    @Test func columnsComeBackAsTheyWent() throws {
        let review = try day("2026-12-31")
        var all: [Deadline] = [
            .day(try day("2026-09-30")), .day(review), .event("Sau khi có luật", reviewOn: review),
            .undated(reason: "Thường xuyên", reviewOn: review),
        ]
        for kind in Period.Kind.allCases {
            all += (1...kind.perYear).compactMap { Period(kind, $0, of: 2026).map(Deadline.period) }
        }
        #expect(all.count == 24)
        for deadline in all { #expect(Deadline(deadline.columns) == deadline, "\(deadline)") }
        #expect(Set(all.map(\.kind)) == Set(Deadline.Kind.allCases))
    }

    @Test(arguments: [
        ("day", "9999-12-31", "", "9999-12-31"), ("day", "1970-01-01", "", "9999-12-31"),
        ("day", "0001-01-01", "", "9999-12-31"), ("day", "2026-09-30", "vì", "9999-12-31"),
        ("day", "2026-09-30", "", "2026-12-31"), ("month", "2026-09-29", "", "9999-12-31"),
        ("quarter", "2026-05-31", "", "9999-12-31"), ("half", "2026-09-30", "", "9999-12-31"),
        ("nine_months", "2026-12-31", "", "9999-12-31"), ("year", "2026-06-30", "", "9999-12-31"),
        ("event", "9999-12-31", "", "2026-12-31"), ("event", "9999-12-31", "vì", "9999-12-31"),
        ("event", "2026-09-30", "vì", "2026-12-31"), ("none", "9999-12-31", "", "2026-12-31"),
        ("none", "9999-12-31", "vì", "1970-01-01"), ("none", "9999-12-31", "vì", "9999-12-31"),
        ("undated", "9999-12-31", "vì", "2026-12-31"), ("", "2026-09-30", "", "9999-12-31"),
        ("Day", "2026-09-30", "", "9999-12-31"),
    ]) func columnsThatContradictEachOtherAreNone(_ kind: String, _ due: String, _ words: String, _ review: String)
        throws
    {
        let columns = Deadline.Columns(kind: kind, due: try day(due), words: words, review: try day(review))
        #expect(Deadline(columns) == nil)
    }
}
