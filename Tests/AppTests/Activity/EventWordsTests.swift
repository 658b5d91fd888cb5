import Testing

@testable import App

/// Fields of events in the reader's language.
@Suite struct EventWordsTests {
    @Test func aKindThatWasCountedHasTheWordOfItsUnits() throws {
        let page = try SamplePage.context(.vietnamese)
        #expect(EventWords.field("ward", of: .unit, page) == page.t("unit.kind.ward"))
        #expect(EventWords.field("rural-district", of: .unit, page) == page.t("unit.kind.rural-district"))
        #expect(EventWords.field("no-such-field", of: .unit, page) == "no-such-field")
    }

    @Test(arguments: [
        (Language.vietnamese, "Hạ tầng số / Digital infrastructure", "Hạ tầng số"),
        (.english, "Hạ tầng số / Digital infrastructure", "Digital infrastructure"), (.english, "Số hóa", "Số hóa"),
    ])
    func aNameInTwoLanguagesIsReadInOne(_ language: Language, _ kept: String, _ read: String) throws {
        let page = try SamplePage.context(language)
        #expect(EventWords.value(kept, of: "pillar", page) == read)
        #expect(EventWords.value(kept, of: "title", page) == kept)
    }

    /// The decision on an extension is a code, the one that made an office a text.
    @Test func aTextInAFieldOfCodesStaysAText() throws {
        let page = try SamplePage.context(.vietnamese)
        #expect(EventWords.value("granted", of: "decision", page) == page.t("task.extension.granted"))
        #expect(EventWords.value("15-QĐ/TU ngày 02/03/2026", of: "decision", page) == "15-QĐ/TU ngày 02/03/2026")
    }
}
