import Testing

@testable import App

@Suite struct CSVReaderTests {
    private struct Outcome: Equatable {
        var rows: [CSVReader.Row] = []
        var problems: [Problem] = []
        var separator: CSVReader.Separator?
        var isBroken = false

        var cells: [[String]] { rows.map(\.cells) }
        var keys: [String] { problems.map(\.message.key) }
    }

    /// Reads in chunks of `size` bytes; whatever the size, the outcome must be the same.
    private func read(_ bytes: [UInt8], chunk size: Int, limits: CSVReader.Limits = .init()) -> Outcome {
        var reader = CSVReader(limits: limits)
        var rows: [CSVReader.Row] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.read(Array(bytes[start..<min(start + size, bytes.count)])) { rows.append($0) }
        }
        reader.finish { rows.append($0) }
        return Outcome(
            rows: rows, problems: reader.problems.shown, separator: reader.separator, isBroken: reader.isBroken)
    }

    private func read(_ bytes: [UInt8], limits: CSVReader.Limits = .init()) -> Outcome {
        let whole = read(bytes, chunk: max(bytes.count, 1), limits: limits)
        for size in [1, 2, 3, 7] where bytes.count < 5_000 {
            #expect(read(bytes, chunk: size, limits: limits) == whole, "in chunks of \(size)")
        }
        return whole
    }

    private func read(_ text: String) -> Outcome { read(Array(text.utf8)) }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyLineEndIsAccepted(_ end: String) {
        let outcome = read(["code,name", "1,Huế", "2,Vinh", ""].joined(separator: end))
        #expect(outcome.cells == [["code", "name"], ["1", "Huế"], ["2", "Vinh"]])
        #expect(outcome.rows.map(\.line) == [1, 2, 3])
        #expect(outcome.problems.isEmpty)
    }

    @Test func theLastLineNeedsNoEnd() {
        #expect(read("a,b\n1,2").cells == [["a", "b"], ["1", "2"]])
        #expect(read("a,b\n1,").cells == [["a", "b"], ["1", ""]])
        #expect(read("a,b\n1,\"\"").cells == [["a", "b"], ["1", ""]])
    }

    @Test(arguments: zip([",", ";", "\t"], CSVReader.Separator.allCases))
    func theSeparatorIsTakenFromTheHeader(_ mark: String, _ separator: CSVReader.Separator) {
        let outcome = read("a\(mark)b\(mark)c\n1\(mark)x;y,z\(mark)3\n".replacing("x;y,z", with: "\"x;y,z\""))
        #expect(outcome.separator == separator)
        #expect(outcome.cells.last == ["1", "x;y,z", "3"])
    }

    @Test func separatorsInsideQuotesOfTheHeaderDoNotCount() {
        #expect(read("\"a,b,c\";d\n1;2\n").separator == .semicolon)
    }

    @Test func aByteOrderMarkIsNotPartOfTheFirstName() {
        #expect(read("\u{FEFF}a,b\n1,2\n").cells.first == ["a", "b"])
    }

    @Test func quotesHoldSeparatorsLineEndsAndDoubledQuotes() {
        let outcome = read("a,b\n\"x,\"\"y\"\"\r\nz\",2\n3,4\n")
        #expect(outcome.cells == [["a", "b"], ["x,\"y\"\r\nz", "2"], ["3", "4"]])
        #expect(outcome.rows.map(\.line) == [1, 2, 4])
    }

    @Test func blankLinesAreNoRows() {
        let outcome = read("a,b\n\n1,2\n\n\n")
        #expect(outcome.cells == [["a", "b"], ["1", "2"]])
        #expect(outcome.rows.last?.line == 3)
    }

    @Test func anUnclosedQuoteNamesTheLineWhereItOpened() {
        let outcome = read("a,b\n1,2\n3,\"four\n5,6\n7,8\n")
        #expect(outcome.problems == [Problem("b", "csv.unclosed_quote", line: 3)])
        #expect(outcome.isBroken)
        #expect(outcome.cells.count == 2)
    }

    @Test func aStrayQuoteNamesItsPlaceAndTheRowIsUnsound() {
        let outcome = read("a,b\n1,Tổ \"3\n5,6\n")
        #expect(outcome.problems == [Problem("b", "csv.stray_quote", ["column": .number(6)], line: 2)])
        #expect(outcome.rows.map(\.isSound) == [true, false, true])
    }

    @Test func textAfterAClosingQuoteIsAProblem() {
        let outcome = read("a,b\n\"x\"y,2\n")
        #expect(outcome.problems == [Problem("a", "csv.text_after_quote", ["column": .number(4)], line: 2)])
    }

    @Test(arguments: ["a,b\n1\n", "a,b\n1,2,3\n"])
    func aRaggedRowSaysHowManyFieldsItHas(_ text: String) {
        let outcome = read(text)
        let found = text.hasSuffix("1\n") ? 1 : 3
        #expect(
            outcome.problems == [
                Problem("", "csv.ragged", ["expected": .number(2), "found": .number(found)], line: 2)
            ])
        #expect(outcome.rows.last?.isSound == false)
    }

    @Test func aNULIsAProblemOfItsRow() {
        let outcome = read("a,b\n1,x\0y\n3,4\n")
        #expect(outcome.problems == [Problem("b", "csv.nul", ["column": .number(4)], line: 2)])
        #expect(outcome.rows.map(\.isSound) == [true, false, true])
    }

    @Test func invalidUTF8NamesTheByteInTheFile() {
        let outcome = read(Array("a,b\n1,\"x\"\"".utf8) + [0xE1, 0xBA] + Array("\"\n".utf8))
        #expect(outcome.keys == ["csv.not_utf8"])
        #expect(outcome.problems.first?.message.arguments["offset"] == .number(10))
        #expect(outcome.problems.first?.line == 2)
    }

    @Test func theByteOrderMarkCountsAmongTheBytes() {
        let outcome = read([0xEF, 0xBB, 0xBF] + Array("a,b\n1,".utf8) + [0xFF] + Array("\n".utf8))
        #expect(outcome.problems.first?.message.arguments["offset"] == .number(9))
    }

    @Test func anOldEncodingIsGuessed() {
        // "Đà" in Windows-1258: 0xD0 0xE0, here with an ASCII letter after a lone high byte.
        let outcome = read(Array("a,b\n1,H".utf8) + [0xD2] + Array("a\n2,3\n".utf8))
        #expect(outcome.keys == ["csv.not_utf8_old"])
        #expect(outcome.problems.first?.message.arguments["byte"] == .text("d2"))
        #expect(outcome.rows.count == 3)
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x2C, 0x00]] as [[UInt8]])
    func utf16IsNamed(_ bytes: [UInt8]) {
        let outcome = read(bytes + [0x0A, 0x00])
        #expect(outcome.keys == ["csv.utf16"])
        #expect(outcome.isBroken)
    }

    @Test func anEmptyFileIsSaidToBeEmpty() {
        #expect(read("").keys == ["csv.empty"])
        #expect(read("\u{FEFF}\n\n").keys == ["csv.empty"])
    }

    @Test func aFieldOfTenMegabytesIsStoppedEarly() {
        let outcome = read(Array("a,b\n1,".utf8) + Array(repeating: 0x78, count: 10 << 20))
        #expect(outcome.problems == [Problem("b", "csv.field_too_long", ["limit": 64], line: 2)])
        #expect(outcome.isBroken)
    }

    @Test func aQuoteThatSwallowsTheFileIsNamedWhereItOpened() {
        let outcome = read(Array("a,b\n1,\"".utf8) + Array(repeating: 0x0A, count: 70_000))
        #expect(outcome.problems == [Problem("b", "csv.field_too_long_in_quote", ["limit": 64], line: 2)])
    }

    @Test func rowsAndFilesHaveCapsToo() {
        var limits = CSVReader.Limits()
        (limits.field, limits.row, limits.file) = (8, 12, 40)
        #expect(read(Array("a,b,c\n1234567,1234567,1\n".utf8), limits: limits).keys == ["csv.row_too_long"])
        #expect(read(Array("a,b,c\n".utf8), limits: limits).keys == [])
        let long = Array(String(repeating: "1,2,3\n", count: 9).utf8)
        #expect(read(long, chunk: 20, limits: limits).keys == ["csv.file_too_large"])
    }

    @Test func problemsAreCountedButNotAllKept() {
        var reader = CSVReader()
        reader.read(Array(("a,b\n" + String(repeating: "1\n", count: 1_000)).utf8)) { _ in }
        #expect(reader.problems.count == 1_000)
        #expect(reader.problems.shown.count == 200)
    }

    /// Any bytes at all: the reader ends, and what it says does not depend on where the chunks are cut.
    @Test func randomBytesNeverTrap() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x3B, 0x09, 0x00, 0xC3, 0xA1, 0xFF, 0xE1, 0xBB]
        for _ in 0..<500 {
            let length = Int.random(in: 0...60, using: &random)
            _ = read((0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 })
        }
    }
}
