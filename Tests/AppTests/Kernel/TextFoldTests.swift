import Foundation
import Testing

@testable import App

@Suite struct TextFoldTests {
    @Test(arguments: [
        ("Đắk Lắk", "dak lak"), ("ĐẮK LẮK", "dak lak"), ("Quy Nhơn", "quy nhon"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("Bà Rịa - Vũng Tàu", "ba ria vung tau"), ("  Thừa   Thiên  Huế ", "thua thien hue"),
        ("Phường 12", "phuong 12"),
        ("Ea H'leo", "ea h leo"), ("", ""), ("---", ""), ("Łódź", "łodz"), ("Ấp Đồn", "ap don"),
    ])
    func accentsCaseAndPunctuationGo(_ text: String, _ folded: String) { #expect(TextFold.fold(text) == folded) }

    @Test func composedAndDecomposedTextFoldAlike() {
        for name in ["Đắk Lắk", "Quảng Ngãi", "Cần Thơ", "Tuyên Quang", "Nghệ An"] {
            #expect(
                TextFold.fold(name.decomposedStringWithCanonicalMapping)
                    == TextFold.fold(name.precomposedStringWithCanonicalMapping))
        }
    }

    /// The table says of every scalar what the standard says, between letters and alone.
    @Test func theTableIsTheStandard() {
        for value in UInt32(0)..<0x2100 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["\(scalar)", "a\(scalar)b", "\(scalar) \(scalar)", "n\(scalar)\u{323}\(scalar)g"] {
                #expect(TextFold.fold(text) == TextFold.foldRare(text), "U+\(String(value, radix: 16))")
            }
        }
        for text in ["ぢ 한국 đường", "क़ानून", "\u{1100}\u{1161}", "𝔄bc é"] {
            #expect(TextFold.fold(text) == TextFold.foldRare(text))
        }
    }

    @Test func foldingTwiceChangesNothing() {
        for name in ["Đắk Lắk", "Ủy ban", "Straße", "İstanbul", "ПОЛЬША"] {
            #expect(TextFold.fold(TextFold.fold(name)) == TextFold.fold(name))
        }
    }

    @Test func aQueryHasFewWords() {
        #expect(TextFold.words("  Đắk, Lắk! ") == ["dak", "lak"])
        #expect(TextFold.words(String(repeating: "a ", count: 100)).count == 8)
        #expect(TextFold.words("%_\\") == [])
    }
}
