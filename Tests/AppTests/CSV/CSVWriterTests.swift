import Testing

@testable import App

@Suite struct CSVWriterTests {
    @Test func textIsQuotedOnlyWhereItMustBe() {
        #expect(
            CSVWriter.line([.text("Huế"), .text("a,b"), .text("\"x\""), .text("1\n2"), .empty])
                == "Huế,\"a,b\",\"\"\"x\"\"\",\"1\n2\",\r\n")
    }

    @Test(arguments: ["=1+1", "+84", "-5", "@SUM(A1)", "\tx", "\rx"])
    func whatASpreadsheetWouldRunIsGuarded(_ text: String) {
        let line = CSVWriter.line([.text(text)])
        #expect(line.hasPrefix("'") || line.hasPrefix("\"'"))
    }

    @Test func numbersAreNotGuarded() {
        #expect(CSVWriter.line([.number("-12.5")]) == "-12.5\r\n")
    }

    @Test(arguments: ["=1", "'=1", "''@x", "'a", "a", "", "'", "-", "M'Drắk", "=\u{338}x"])
    func guardedTextReadsBackAsItWas(_ text: String) {
        var reader = CSVReader()
        var rows: [[String]] = []
        reader.read(Array(("name,x\r\n" + CSVWriter.line([text, "y"])).utf8)) { rows.append($0.cells) }
        #expect(reader.problems.isEmpty)
        #expect(rows.last?.first.map(CSVWriter.unguarded) == text)
    }
}
