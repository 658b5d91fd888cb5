import Foundation
import Testing

@testable import App

@Suite struct CleanTextTests {
    @Test func aLineHasSingleBlanksAndNoneAtItsEnds() {
        #expect(CleanText.line("  Sở \t Khoa học\r\nvà\u{A0}Công nghệ ") == "Sở Khoa học và Công nghệ")
        #expect(CleanText.line("") == "")
        #expect(CleanText.line(" \n ") == "")
    }

    @Test func decomposedTextIsStoredComposed() {
        let clean = CleanText.line("Đắk Lắk".decomposedStringWithCanonicalMapping)
        #expect(clean.map { Array($0.utf8) } == Array("Đắk Lắk".precomposedStringWithCanonicalMapping.utf8))
        let text = CleanText.paragraphs("Huế".decomposedStringWithCanonicalMapping)
        #expect(text.map { Array($0.utf8) } == Array("Huế".precomposedStringWithCanonicalMapping.utf8))
    }

    @Test(arguments: ["a\u{0}b", "a\u{7}b", "\u{1B}[31m", "a\u{7F}b"])
    func controlCharactersAreRefused(_ text: String) {
        #expect(CleanText.line(text) == nil)
        #expect(CleanText.paragraphs(text) == nil)
    }

    @Test func paragraphsKeepTheirLines() {
        #expect(CleanText.paragraphs("một\r\nhai\rba\n\n bốn \n") == "một\nhai\nba\n\n bốn")
        #expect(CleanText.paragraphs("cột\tcột") == "cột\tcột")
    }
}
