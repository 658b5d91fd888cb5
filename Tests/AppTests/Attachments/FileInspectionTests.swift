import Foundation
import Testing

@testable import App

/// What a file is, whatever it is called.
@Suite struct FileInspectionTests {
    private func found(_ bytes: [UInt8]) throws -> FileInspection.Found {
        try TestFile.with(bytes) { try FileInspection.found($0) }
    }

    @Test func eachKindIsKnownByItsContent() throws {
        #expect(try found(TestFiles.pdf("x")) == .kind(.pdf))
        #expect(try found(TestFiles.docx(["x"]).bytes) == .kind(.docx))
        #expect(try found(TestWorkbook([["x"]]).zip.bytes) == .kind(.xlsx))
        #expect(try found(TestFiles.png) == .kind(.png))
        #expect(try found(TestFiles.jpeg) == .kind(.jpeg))
        #expect(try found(TestFiles.webp) == .kind(.webp))
        #expect(try found(Array("mã;tên\r\n1;Huế\r\n".utf8)) == .text)
        #expect(try found(Array("\u{FEFF}Nghị quyết".utf8)) == .text)
    }

    @Test(arguments: [
        ("<!DOCTYPE html><script>alert(1)</script>", "markup"), ("  \n<SVG onload=x>", "markup"),
        ("<?xml version=\"1.0\"?><a/>", "markup"), ("\u{FEFF}<html>", "markup"), ("#!/bin/sh\nrm -rf /", "program"),
        ("MZ\u{0}\u{1}", "program"), ("GIF89a", "gif"), ("{\\rtf1 x}", "rtf"), ("Rar!\u{1A}", "archive"),
        ("a\u{0}b", "unknown"), ("\u{0}\u{0}\u{0}\u{18}ftypheic", "heic"), ("\u{0}\u{0}\u{0}\u{18}ftypmif1", "heic"),
        ("\u{0}\u{0}\u{0}\u{18}ftypmp42", "unknown"), ("tab\u{7}bell", "unknown"), ("\u{1B}[31m", "unknown"),
    ])
    func whatIsNotTakenIsNamed(_ text: String, _ what: String) throws {
        #expect(try found(Array(text.utf8)) == .other(what))
    }

    @Test func bytesThatAreNoTextAreUnknown() throws {
        #expect(try found([0xFF, 0xFE, 0x41, 0]) == .other("utf-16"))
        #expect(try found([0x48, 0xD2, 0x61]) == .other("unknown"))
        #expect(try found([0xD0, 0xCF, 0x11, 0xE0]) == .other("old-office"))
        #expect(try found([0x1F, 0x8B, 8]) == .other("archive"))
        // Good for a long time, and then not.
        #expect(try found([UInt8](repeating: 65, count: 300_000) + [0xC3]) == .other("unknown"))
        #expect(
            try found([UInt8](repeating: 65, count: 4_095) + Array("ế".utf8) + [UInt8](repeating: 65, count: 70_000))
                == .text)
    }

    @Test func aZipFileIsOnlyWhatItHolds() throws {
        #expect(try found(TestZip(["a.txt": "x"]).bytes) == .other("archive"))
        #expect(try found(TestZip(["word/document.xml": "x"]).bytes) == .other("archive"))
        #expect(try found(TestFiles.docx(["x"], more: ["word/vbaProject.bin": "x"]).bytes) == .other("macros"))
        #expect(try found(TestFiles.docx(["x"], more: ["word/x.zip": "PK"]).bytes) == .other("archive-in-archive"))
        #expect(try found(Array(TestFiles.docx(["x"]).bytes.dropLast(30))) == .other("damaged-archive"))
        var bomb = TestFiles.docx(["x"])
        bomb.add("word/media/image.bin", [UInt8](repeating: 0, count: 30 << 20))
        #expect(try found(bomb.bytes) == .other("bomb"))
        var locked = TestFiles.docx(["x"])
        locked.add("word/secret.xml", [1], isEncrypted: true)
        #expect(try found(locked.bytes) == .other("locked-archive"))
    }

    @Test func everythingThatCanBeFoundHasWords() throws {
        let catalogue = try CatalogueTests.catalogue.get()
        var keys = [
            "old-office", "program", "gif", "heic", "rtf", "archive", "damaged-archive", "locked-archive",
            "archive-in-archive", "bomb", "macros", "markup", "utf-16", "unknown",
        ].map { "attachment.found.\($0)" }
        keys += FileKind.allCases.map { "attachment.kind.\($0.rawValue)" }
        keys += App.Attachment.TextState.allCases.map { "attachment.text.\($0.rawValue)" }
        keys += App.Attachment.TextNote.allCases.map { "attachment.note.\($0.rawValue)" }
        for key in keys { for language in Language.allCases { #expect(catalogue.has(key, language), "\(key)") } }
    }

    @Test func aCharacterCutInTwoIsStillText() {
        let bytes = Array("Nghị quyết số 57 😀 về đột phá".utf8)
        for cut in 0...bytes.count {
            var check = TextCheck()
            let first = check.read(Array(bytes[..<cut])), second = check.read(Array(bytes[cut...]))
            #expect(first && second && check.isWhole, "\(cut)")
        }
        var check = TextCheck()
        let begun = check.read([0xE1, 0xBB]), isWhole = check.isWhole, broken = check.read([0x41])
        #expect(begun && !isWhole && !broken)
    }
}
