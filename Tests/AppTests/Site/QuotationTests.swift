import Foundation
import Testing

@testable import App

/// A quote in another language says which one, and a reader's own is left as it is.
@Suite struct QuotationTests {
    @Test(arguments: [
        ("развивать полупроводниковые технологии", "ru"), ("w duchu „5 jasnych” – zadań", "pl"), ("गियांग प्रांत", "hi"),
        ("لجنة التوجيه", "ar"), ("trích nguyên văn", nil), ("in the words of the report", nil), ("", nil),
        ("розвиток їхніх технологій", nil), ("Ông Wałęsa thăm Hà Nội, nói về đổi mới", nil), ("گزارش", nil),
        ("Приказ về قانون", nil),
    ])
    func lettersTellTheLanguageOrNothingIsClaimed(_ words: String, _ tag: String?) {
        #expect(QuotedLanguage(of: words)?.rawValue == tag)
    }

    @Test func aFileInTheSourceTellsWhatLettersDoNot() {
        let words = "Dyrektor Departamentu Nauki i Technologii"
        #expect(QuotedLanguage(of: words) == nil)
        #expect(QuotedLanguage(of: words, from: "baohagiang.vn (ha-giang-2025-04-25.pl.txt)") == .polish)
        #expect(QuotedLanguage(of: words, from: "https://baohagiang.vn/a") == nil)
        #expect(QuotedLanguage(of: words, from: "a.pl.txt, b.ru.txt") == nil)
    }

    @Test(arguments: Language.allCases) func theReaderIsToldTheLanguage(_ language: Language) throws {
        let page = try SamplePage.context(language)
        for quoted in QuotedLanguage.allCases {
            let key = "site.quote.\(quoted.rawValue)"
            #expect(page.catalogue.has(key, language))
        }
        let html = quoted("в духе «пяти ясностей»", from: "", page).text
        #expect(html.hasPrefix("<q lang=\"ru\" dir=\"auto\">в духе") && html.contains(page.t("site.quote.ru")))
        #expect(quoted("đúng như vậy", from: "", page).text == "<q>đúng như vậy</q>")
    }

    @Test func quotesInsideATextAreMarkedAndNothingIsLost() {
        let line = "Nguồn: “w duchu „5 jasnych” zadań” và “tiếng Việt”, “в духе” & “chưa đóng"
        let html = textLines("Đầu\n" + line).text
        #expect(html.contains("<span lang=\"pl\" dir=\"auto\">“w duchu „5 jasnych” zadań”</span> và “tiếng Việt”"))
        #expect(html.contains("<span lang=\"ru\" dir=\"auto\">“в духе”</span> &amp; “chưa đóng"))
        #expect(html.hasPrefix("Đầu<br>Nguồn: "))
    }

    /// Each of the articles is there in one language only: its quotes say which.
    @Test func everyQuoteOfTheDemonstrationSaysItsLanguage() throws {
        var count = 0
        for file in DemoSources.files {
            for mark in try DemoSources.marks(in: file) {
                guard let name = mark["article"] as? String, let quote = mark["quote"] as? String else { continue }
                let place = try #require(DemoMark.articles[name])
                let tag = name.split(separator: ".").dropLast().last.map(String.init)
                #expect(QuotedLanguage(of: quote, from: place)?.rawValue == tag, "\(name): \(quote)")
                count += 1
            }
        }
        #expect(count > 250)
    }
}
