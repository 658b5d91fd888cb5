import Testing

@testable import App

/// What is wrong with a deadline is told by field, and all of it at once.
@Suite struct DeadlineDraftTests {
    private func read(_ draft: DeadlineDraft, start: String? = nil) -> (Deadline?, [String]) {
        var found = Validation()
        let deadline = draft.read(start: start.flatMap { Day(parsing: $0) }, &found)
        return (deadline, found.problems.map { "\($0.field) \($0.message.key)" })
    }

    @Test(arguments: [
        ("", "deadline.error.missing"), ("  ", "deadline.error.missing"), ("sớm", "deadline.error.unreadable"),
        ("31/6/2026", "deadline.error.unreadable"), ("01/01/1970", "deadline.error.epoch"),
        ("1970-01-01", "deadline.error.epoch"), ("2/1/1970", "deadline.error.year"), ("1/1999", "deadline.error.year"),
        ("1999", "deadline.error.year"), ("1/1/2101", "deadline.error.year"), ("Q1/2101", "deadline.error.year"),
        ("31/12/9999", "deadline.error.year"), ("30/6/2026", "deadline.error.before_start"),
        ("6/2026", "deadline.error.before_start"), ("quý II/2026", "deadline.error.before_start"),
    ]) func aDateThatCannotStandIsRefused(_ typed: String, _ key: String) {
        let (deadline, problems) = read(DeadlineDraft(.date, date: typed), start: "2026-07-01")
        #expect(deadline == nil)
        #expect(problems == ["deadline \(key)"])
    }

    @Test(arguments: [
        ("1/7/2026", "2026-07-01"), ("2/7/2026", "2026-07-02"), ("7/2026", "2026-07-31"), ("2026", "2026-12-31"),
        ("31/12/2100", "2100-12-31"),
    ]) func aDateFromTheStartOnIsTaken(_ typed: String, _ due: String) {
        let (deadline, problems) = read(DeadlineDraft(.date, date: typed), start: "2026-07-01")
        #expect(deadline?.due.text == due && problems.isEmpty)
    }

    @Test func theFirstDayOfTheYearsIsTaken() {
        #expect(read(DeadlineDraft(.date, date: "1/1/2000")).0?.due.text == "2000-01-01")
    }

    @Test(arguments: [(DeadlineDraft.Choice.event, "event"), (.undated, "reason")])
    func withoutADayWordsAndAReviewAreWanted(_ choice: DeadlineDraft.Choice, _ name: String) {
        let words = "deadline_words deadline.error.\(name)_missing"
        let review = "review_on deadline.error.review_missing"
        #expect(read(DeadlineDraft(choice)).1 == [words, review])
        #expect(read(DeadlineDraft(choice, words: "Sau khi có luật")).1 == [review])
        let day = Day(parsing: "2026-12-31")
        #expect(read(DeadlineDraft(choice, words: " \n", reviewOn: day)).1 == [words])
        let whole = DeadlineDraft(choice, words: "Sau khi có luật", reviewOn: day)
        #expect(read(whole, start: "2026-12-31").1 == [])
        #expect(read(whole, start: "2026-12-31").0?.kind.rawValue == choice.rawValue)
        #expect(read(whole, start: "2027-01-01").1 == ["review_on deadline.error.review_before_start"])
        let never = DeadlineDraft(choice, words: "Sau khi có luật", reviewOn: .never)
        #expect(read(never).1 == ["review_on deadline.error.year"])
        let epoch = DeadlineDraft(choice, words: "", reviewOn: Day(number: 0))
        #expect(read(epoch).1 == [words, "review_on deadline.error.epoch"])
    }

    /// What stands in the boxes of the other choices does not count.
    @Test func onlyTheChosenFieldsAreRead() {
        let dated = DeadlineDraft(.date, date: "2026Q3", words: "cũ", reviewOn: Day(parsing: "2026-12-31"))
        #expect(read(dated).0 == Deadline(typed: "2026Q3"))
        let undated = DeadlineDraft(
            .undated, date: "vớ vẩn", words: "Thường xuyên", reviewOn: Day(parsing: "2026-12-31"))
        #expect(read(undated).0?.kind == .undated)
    }

    @Test func theFormOfAStoredDeadlineReadsTheSame() throws {
        let review = try #require(Day(parsing: "2026-12-31"))
        let all = ["30/9/2026", "9/2026", "2026Q3", "2026"].compactMap { Deadline(typed: $0) }
        for deadline in all + [.event("Có luật", reviewOn: review), .undated(reason: "Thường xuyên", reviewOn: review)]
        {
            #expect(read(DeadlineDraft(deadline)).0 == deadline)
        }
    }

    @Test func whatIsAlreadyFoundStays() {
        var found = Validation()
        found.add("title", "field.missing")
        #expect(DeadlineDraft(.date, date: "9/2026").read(start: nil, &found) != nil)
        #expect(found.problems.count == 1)
    }
}
