import Foundation
import Testing

@testable import App

@Suite struct SafeFileNameTests {
    @Test(arguments: [
        ("Báo cáo quý III.pdf", "Báo cáo quý III.pdf"), ("../../x", "x.pdf"), ("/etc/passwd", "passwd.pdf"),
        ("C:\\Users\\an\\kế hoạch.PDF", "kế hoạch.PDF"), ("", "file.pdf"), ("..", "file.pdf"), (".pdf", "file.pdf"),
        ("...x.pdf", "x.pdf"), ("a\u{0}b\r\nc\u{7}.pdf", "abc.pdf"), ("báo cáo\u{202E}fdp.pdf", "báo cáofdp.pdf"),
        ("  a \t b  .pdf", "a b.pdf"), ("a<b>:\"|?*.pdf", "a_b______.pdf"), ("con.pdf", "_con.pdf"),
        ("COM1.tar.pdf", "_COM1.tar.pdf"), ("console.pdf", "console.pdf"), ("nul", "_nul.pdf"),
        ("a.b. .pdf", "a.b.pdf"),
        ("Quyết định 12.2025", "Quyết định 12.2025"), ("số 57-NQ/TW.pdf", "TW.pdf"), ("a.", "a.pdf"), ("x/", "x.pdf"),
        ("bản cuối.bản ký", "bản cuối.bản ký.pdf"),
    ])
    func aNameIsMadeSafe(_ given: String, _ safe: String) {
        #expect(SafeFileName.of(given, ending: "pdf") == safe)
    }

    @Test func aLongNameKeepsItsEndingAndItsCharactersWhole() {
        let name = SafeFileName.of(String(repeating: "ế", count: 300) + ".docx", ending: "docx")
        #expect(name.utf8.count <= SafeFileName.length && name.utf8.count > SafeFileName.length - 4)
        #expect(name.hasSuffix("ế.docx"))
        #expect(SafeFileName.of(String(repeating: "a", count: 300), ending: "pdf").utf8.count == SafeFileName.length)
    }

    @Test func accentsAreStoredInOneForm() {
        #expect(SafeFileName.of("Huê\u{301}.pdf", ending: "pdf") == "Huế.pdf".precomposedStringWithCanonicalMapping)
    }

    @Test func anEndingIsShortAndPlain() {
        #expect(SafeFileName.ending(of: "a.PDF") == "pdf")
        #expect(
            ["a", "a.", "a.b c", "a.ký", "a.waytoolong", ".."].map(SafeFileName.ending) == ["", "", "", "", "", ""])
    }

    /// Whatever is given, it is a name, and a name of a name is itself.
    @Test func randomNamesAreMadeSafeOnce() {
        let alphabet = ["a", ".", "/", "\\", " ", "\u{0}", "\u{202E}", "ế", ":", "\n", "CON", "😀", "\u{E000}"]
        for _ in 0..<500 {
            let given = (0..<Int.random(in: 0...12)).map { _ in alphabet.randomElement() ?? "" }.joined()
            let name = SafeFileName.of(given, ending: "txt")
            #expect(!name.isEmpty && !name.contains("/") && !name.contains("\\") && !name.hasPrefix("."), "\(given)")
            #expect(!name.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
            #expect(SafeFileName.of(name, ending: "txt") == name, "\(given)")
        }
    }
}
