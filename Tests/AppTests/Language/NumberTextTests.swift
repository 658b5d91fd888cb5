import Testing

@testable import App

/// Numbers, days and the choice of a language.
@Suite struct NumberTextTests {
    @Test(arguments: [
        (0, "0", "0"), (999, "999", "999"), (1_000, "1.000", "1,000"), (3_321, "3.321", "3,321"),
        (-1_234_567, "−1.234.567", "−1,234,567"), (Int.min, "−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808"),
    ]) func wholeNumbersAreGrouped(_ number: Int, _ vietnamese: String, _ english: String) {
        #expect(NumberText.whole(number, .vietnamese) == vietnamese)
        #expect(NumberText.whole(number, .english) == english)
    }

    @Test func scaledNumbersKeepTheirPlaces() {
        #expect(NumberText.scaled(297, decimals: 2, .vietnamese) == "2,97")
        #expect(NumberText.scaled(-5, decimals: 3, .english) == "−0.005")
        #expect(NumberText.scaled(1_234_500, decimals: 2, .vietnamese) == "12.345,00")
        #expect(NumberText.scaled(Int64.min, decimals: 0, .english) == "−9,223,372,036,854,775,808")
        #expect(NumberText.scaled(Int64.min, decimals: 17, .english).hasPrefix("−92."))
    }

    @Test func daysAreWrittenAsTheLanguageDoes() throws {
        let day = try #require(Day(year: 2025, month: 7, day: 1))
        #expect(DayText.short(day, .vietnamese) == "01/07/2025")
        #expect(DayText.short(day, .english) == "1\u{A0}Jul\u{A0}2025")
        #expect(DayText.short(.never, .vietnamese) == "—")
        #expect(DayText.short(.beginning, .english) == "—")
    }

    @Test func whatADayShowsCanBeTypedBack() throws {
        let day = try #require(Day(year: 2024, month: 2, day: 29))
        #expect(Day(typed: DayText.short(day, .vietnamese)) == day)
    }

    @Test(arguments: [
        ("vi", Language.vietnamese), ("en-US,en;q=0.9", .english), ("fr, vi;q=0.3, en;q=0.5", .english),
        ("EN-gb", .english), ("en;q=0, vi;q=0.1", .vietnamese), ("vi-VN ; q=0.8, en ; q=0.7", .vietnamese),
    ]) func theBestLanguageOfAHeaderIsTaken(_ header: String, _ language: Language) {
        #expect(Language.accepted(by: header) == language)
    }

    @Test(arguments: ["", "fr", "*", ";;;,,q=1", "en;q=0", "vix"]) func aHeaderWithoutOursGivesNone(_ header: String) {
        #expect(Language.accepted(by: header) == nil)
    }

    @Test func onlyEnglishTellsOneFromMany() {
        #expect([0, 1, 2].map(Language.english.pluralForm) == ["other", "one", "other"])
        #expect([0, 1, 2].map(Language.vietnamese.pluralForm) == ["other", "other", "other"])
    }
}
