import Foundation
import Testing

@testable import App

@Suite struct TextExtractionTests {
    private func read(
        _ bytes: [UInt8], _ kind: FileKind, _ extraction: TextExtraction = TextExtraction()
    ) throws -> TextExtraction.Outcome {
        try TestFile.with(bytes) { try extraction.read($0, kind) }
    }

    @Test func thePagesOfAPDFAreRead() throws {
        #expect(
            try read(TestFiles.pdf("Nghi quyet 57-NQ/TW"), .pdf) == .init(state: .done, pieces: ["nghi quyet 57 nq tw"])
        )
    }

    @Test func aPDFWithoutTextSaysSo() throws {
        #expect(try read(TestFiles.pdf(nil), .pdf) == .init(state: .none))
    }

    @Test func aPDFThatIsLockedOrDamagedSaysSo() throws {
        #expect(try read(TestFiles.pdf("x", isLocked: true), .pdf) == .init(state: .failed, note: .encrypted))
        #expect(try read(Array("%PDF-1.7 and nothing more".utf8), .pdf) == .init(state: .failed, note: .damaged))
    }

    @Test func aProgramThatIsMissingIsNotTheFilesFault() {
        var extraction = TextExtraction()
        extraction.program = BoundedProgram(name: "no-such-program", package: "poppler-utils")
        #expect(throws: BoundedProgram.Failure.missing("poppler-utils")) {
            try read(TestFiles.pdf("x"), .pdf, extraction)
        }
    }

    @Test func aDocumentIsReadByParagraphsWithItsNotes() throws {
        let zip = TestFiles.docx(
            ["Nghị quyết", "Điều 1"],
            more: [
                "word/footnotes.xml": "<w:f xmlns:w=\"u\"><w:p><w:t>Chú thích</w:t></w:p></w:f>",
                "word/header1.xml":
                    "<w:h xmlns:w=\"u\"><w:p><w:t>Đầu</w:t><w:tab/><w:t>trang</w:t><w:delText>bỏ</w:delText></w:p></w:h>",
            ])
        #expect(try read(zip.bytes, .docx).pieces == ["nghi quyet dieu 1 chu thich dau trang"])
        #expect(try read(TestFiles.docx([""]).bytes, .docx) == .init(state: .none))
    }

    @Test func aWorkbookIsReadInAllItsSheets() throws {
        var book = TestWorkbook(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Huế</t></is></c></row>")
        book.texts = ["<t>Đà Nẵng</t>"]
        book.sheets = ["*", ""]
        #expect(try read(book.zip.bytes, .xlsx).pieces == ["da nang hue 999"])
    }

    @Test func plainTextIsReadByLines() throws {
        #expect(try read(Array("\u{FEFF}Mã;Tên\r\n1;\"Đắk Lắk\"\r\n".utf8), .csv).pieces == ["ma ten 1 dak lak"])
        #expect(try read(Array("... !!!\n".utf8), .txt) == .init(state: .none))
        #expect(try read(TestFiles.png, .png) == .init(state: .none))
    }

    @Test func aPartBeyondTheLimitIsRefusedUnread() throws {
        var extraction = TextExtraction()
        extraction.part = 1_000
        let large = TestFiles.docx([String(repeating: "dài ", count: 1_000)])
        #expect(try read(large.bytes, .docx, extraction) == .init(state: .failed, note: .large))
        #expect(try read([1, 2, 3], .docx) == .init(state: .failed, note: .damaged))
        #expect(try read(TestFiles.docx(["x"], more: ["word/footnotes.xml": "<a>"]).bytes, .docx).note == .damaged)
    }

    @Test func bytesThatAreGoneAreNamed() throws {
        let gone = try TextExtraction().read(URL(filePath: "/nowhere"), .txt)
        #expect(gone == .init(state: .failed, note: .missing))
    }

    @Test func onlyTheBeginningOfALongTextIsKept() throws {
        let line = String(repeating: "nghị quyết ", count: 100) + "\n"
        let outcome = try read(Array(String(repeating: line, count: 4_000).utf8), .txt)
        #expect(outcome.state == .done && outcome.note == .cut)
        let size = outcome.pieces.reduce(0) { $0 + $1.utf8.count }
        #expect(size <= TextPieces.most && size > TextPieces.most - 20_000)
        #expect(
            outcome.pieces.allSatisfy {
                $0.utf8.count <= TextPieces.length && $0.hasSuffix("quyet") || $0.hasSuffix("nghi")
            })
    }

    @Test func aParagraphOfManyPagesIsTakenInPieces() throws {
        let text = (0..<150_000).map { "từ\($0)" }.joined(separator: " ")
        let outcome = try read(TestFiles.docx([text]).bytes, .docx)
        #expect(outcome.state == .done && outcome.note == nil)
        let words = outcome.pieces.flatMap { $0.split(separator: " ") }
        #expect(words.count >= 150_000 && words.count < 150_050)
    }

    @Test func whatIsLongerThanAnyWordIsNone() {
        var pieces = TextPieces()
        _ = pieces.add("ngắn \(String(repeating: "x", count: 101)) gọn")
        let kept = pieces.finish()
        #expect(kept == ["ngan gon"])
    }
}
