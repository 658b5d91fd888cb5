import Foundation
import Testing

@testable import App

/// What strangers pack is read under limits.
@Suite struct ZipArchiveTests {
    private func failure(_ zip: TestZip, _ limits: ZipArchive.Limits = .init()) throws -> ZipArchive.Failure? {
        try zip.with { file in
            do {
                let archive = try ZipArchive(file: file, limits: limits)
                for entry in archive.entries { _ = try archive.bytes(entry.name) }
                return nil
            } catch let failure as ZipArchive.Failure { return failure }
        }
    }

    @Test func whatWasPackedComesOut() throws {
        let large = String(repeating: "Nghị quyết 57. ", count: 20_000)
        try TestZip(["a.txt": "một", "word/b.xml": large, "empty": ""]).with { file in
            let archive = try ZipArchive(file: file)
            #expect(archive.entries.map(\.name) == ["a.txt", "word/b.xml", "empty"])
            #expect(try archive.bytes("a.txt") == Array("một".utf8))
            #expect(try archive.bytes("word/b.xml") == Array(large.utf8))
            #expect(try archive.bytes("empty") == [])
            #expect(try archive.bytes("A.TXT") == nil)
        }
    }

    @Test func aBombIsRefusedByWhatItSays() throws {
        var zip = TestZip()
        zip.add("word/document.xml", [UInt8](repeating: 65, count: 40 << 20))
        #expect(try failure(zip) == .tooLarge)
        var limits = ZipArchive.Limits()
        limits.ratio = .max
        limits.expanded = 39 << 20
        #expect(try failure(zip, limits) == .tooLarge)
    }

    @Test func manyThatAreTooLargeTogetherAreRefused() throws {
        var zip = TestZip()
        for number in 0..<5 { zip.add("\(number)", (0..<200_000).map { _ in UInt8.random(in: .min ... .max) }) }
        var limits = ZipArchive.Limits()
        #expect(try failure(zip, limits) == nil)
        limits.expanded = 900_000
        #expect(try failure(zip, limits) == .tooLarge)
    }

    /// The directory says ten bytes, in the file are a hundred thousand.
    @Test func aBombThatLiesAboutItsSizeIsStopped() throws {
        var zip = TestZip()
        zip.add("word/document.xml", [UInt8](repeating: 65, count: 100_000), size: 10)
        let failure = try failure(zip)
        #expect(failure == .tooLarge || failure == .damaged)
    }

    @Test func tooManyEntriesAreRefusedBeforeTheyAreRead() throws {
        var zip = TestZip(["a": "1", "b": "2", "c": "3"])
        var limits = ZipArchive.Limits()
        limits.entries = 2
        #expect(try failure(zip, limits) == .tooManyEntries)
        zip.count = 65_535
        #expect(try failure(zip) == .tooManyEntries)
    }

    @Test func aDirectoryBehindAnotherIsCountedToo() {
        func end(_ count: Int) -> [UInt8] {
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, UInt8(count & 255), UInt8(count >> 8)]
                + [UInt8](repeating: 0, count: 10)
        }
        #expect(ZipDirectory.entries(tail: end(3)) { _, _ in [] } == 3)
        #expect(ZipDirectory.entries(tail: end(40_000) + end(3)) { _, _ in [] } == 40_000)
        #expect(ZipDirectory.entries(tail: [1, 2, 3]) { _, _ in [] } == nil)
        // A 64-bit directory is announced at offset 77 and says 5,000,000.
        let locator: [UInt8] = [0x50, 0x4B, 6, 7, 0, 0, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
        var record: [UInt8] = [0x50, 0x4B, 6, 6] + [UInt8](repeating: 0, count: 52)
        record.replaceSubrange(32..<40, with: [0x40, 0x4B, 0x4C, 0, 0, 0, 0, 0])
        #expect(ZipDirectory.entries(tail: locator + end(3)) { $0 == 77 && $1 == 56 ? record : [] } == 5_000_000)
    }

    @Test func anArchiveInAnArchiveIsRefused() throws {
        #expect(try failure(TestZip(["word/document.xml": "x", "a/B.ZIP": "PK"])) == .nested("a/B.ZIP"))
        #expect(try failure(TestZip(["word/document.xml": "x", "word/embeddings/table.xlsx": "PK"])) == nil)
    }

    @Test func whatIsLockedSaysSo() throws {
        var zip = TestZip()
        zip.add("a", [1, 2, 3], isEncrypted: true)
        #expect(try failure(zip) == .encrypted)
    }

    @Test func twoEntriesOfOneNameAreRefused() throws {
        var zip = TestZip(["a": "1"])
        zip.add("a", [2])
        #expect(try failure(zip) == .damaged)
    }

    @Test func whatIsCutOffAtAnyPlaceIsRefused() throws {
        let whole = TestZip(["word/document.xml": "<a>Nghị quyết</a>", "b": "2"]).bytes
        for length in stride(from: 0, to: whole.count - 1, by: 3) {
            try TestFile.with(Array(whole.prefix(length))) { file in
                _ = #expect(throws: ZipArchive.Failure.self) { try ZipArchive(file: file) }
            }
        }
    }

    @Test func aChangedByteIsNoticed() throws {
        let content = (0..<5_000).map { _ in UInt8.random(in: .min ... .max) }
        var zip = TestZip()
        zip.add("a", content)
        var bytes = zip.bytes
        bytes[2_000] ^= 0xFF
        try TestFile.with(bytes) { file in
            let archive = try ZipArchive(file: file)
            #expect(throws: ZipArchive.Failure.damaged) { try archive.bytes("a") }
        }
    }

    @Test func randomBytesNeverTrap() throws {
        let whole = TestZip(["word/document.xml": "<a>Nghị quyết</a>", "b": "2"]).bytes
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8) {
                bytes[Int.random(in: bytes.indices)] = UInt8.random(in: .min ... .max)
            }
            try TestFile.with(bytes) { file in
                guard let archive = try? ZipArchive(file: file) else { return }
                for entry in archive.entries { _ = try? archive.bytes(entry.name) }
            }
        }
    }
}
