import Foundation
import Testing

@testable import App

@Suite struct XLSXReaderTests {
    private struct Outcome {
        var rows: [CSVReader.Row] = []
        var problems: [Problem] = []
        var isBroken = false
        var cells: [[String]] { rows.map(\.cells) }
        var keys: [String] { problems.map(\.message.key) }
    }

    private func read(_ zip: TestZip, _ limits: XLSXReader.Limits = .init()) throws -> Outcome {
        try zip.with { file in
            var reader = XLSXReader(limits: limits)
            var outcome = Outcome()
            try reader.read(file) { outcome.rows.append($0) }
            outcome.problems = reader.problems.shown
            outcome.isBroken = reader.isBroken
            return outcome
        }
    }

    private func read(_ book: TestWorkbook, _ limits: XLSXReader.Limits = .init()) throws -> Outcome {
        try read(book.zip, limits)
    }

    @Test func textsAreSharedInlineOrOfAFormula() throws {
        var book = TestWorkbook(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><f>A1</f><v>của</v></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>một</t></is></c><c r="C2" t="b"><v>1</v></c></row>
            """)
        book.texts = ["<t>Mã &amp; số</t>", "<r><t>Tên </t></r><r><rPr/><t>đơn vị</t></r><rPh><t>ten</t></rPh>"]
        let outcome = try read(book)
        #expect(outcome.cells == [["Mã & số", "Tên đơn vị", "của"], ["một", "", "TRUE"]])
        #expect(outcome.problems.isEmpty && !outcome.isBroken)
    }

    /// What is left out stands between; what is empty at the end is no cell; a row in which nothing stands is no row.
    @Test func cellsStandInTheirColumnsAndRowsOnTheirLines() throws {
        let book = TestWorkbook(
            """
            <row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c><c r="C3"><v>3</v></c><c r="D3"/></row>
            <row r="4"/><row r="5"><c r="B5" s="0"/></row>
            <row r="9"><c r="C9"><v>6</v></c><c r="E9"/></row>
            <row><c><v>7</v></c><c><v>8</v></c></row>
            """)
        let outcome = try read(book)
        #expect(outcome.cells == [["1", "2", "3"], ["", "", "6"], ["7", "8", ""]])
        #expect(outcome.rows.map(\.line) == [3, 9, 10])
    }

    @Test func aRowWiderThanTheHeaderIsToldAsInCSV() throws {
        let outcome = try read(TestWorkbook([["a", "b"], ["1", "2", "3"], ["4"]]))
        #expect(
            outcome.problems == [Problem("", "csv.ragged", ["expected": .number(2), "found": .number(3)], line: 2)])
        #expect(outcome.rows.map(\.isSound) == [true, false, true])
        #expect(outcome.cells.last == ["4", ""])
    }

    @Test func daysAndNumbersBecomeWhatAPersonWouldType() throws {
        var book = TestWorkbook(
            """
            <row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c><c r="D1"><v>1</v></c><c r="E1"><v>1</v></c></row>
            <row r="2"><c r="A2" s="1"><v>45839</v></c><c r="B2" s="2"><v>45839.5</v></c><c r="C2" s="3"><v>189</v></c>\
            <c r="D2"><v>0.30000000000000004</v></c><c r="E2" t="d"><v>2025-07-01T00:00:00</v></c></row>
            """)
        book.styles = [0, 14, 164, 165]
        book.formats = [164: "dd/mm/yyyy hh:mm", 165: "00000"]
        #expect(try read(book).cells.last == ["2025-07-01", "2025-07-01 12:00:00", "00189", "0.3", "2025-07-01"])
    }

    @Test func daysOfAnOldMacAreCountedFrom1904() throws {
        var book = TestWorkbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44377</v></c></row>")
        book.styles = [0, 14]
        book.isFrom1904 = true
        #expect(try read(book).cells == [["2025-07-01"]])
    }

    @Test func whatCannotBeAValueNamesItsCell() throws {
        var book = TestWorkbook(
            """
            <row r="1"><c r="A1" t="str"><v>code</v></c><c r="B1" t="str"><v>from</v></c></row>
            <row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>
            <row r="3"><c r="A3"><f>SUM(B1)</f></c></row>
            <row r="4"><c r="A4" t="s"><v>7</v></c></row>
            <row r="5"><c r="A5"><v>x</v></c></row>
            <row r="6"><c r="B6" s="1"><v>60</v></c></row>
            <row r="7"><c r="A7" t="str"><v>ok</v></c></row>
            """)
        book.styles = [0, 14]
        let outcome = try read(book)
        #expect(
            outcome.problems == [
                Problem("code", "xlsx.error_cell", ["cell": "A2", "value": "#N/A"], line: 2),
                Problem("code", "xlsx.formula_without_value", ["cell": "A3"], line: 3),
                Problem("code", "xlsx.damaged_cell", ["cell": "A4"], line: 4),
                Problem("code", "xlsx.damaged_cell", ["cell": "A5"], line: 5),
                Problem("from", "xlsx.no_such_day", ["cell": "B6", "value": "60"], line: 6),
            ])
        #expect(outcome.rows.map(\.isSound) == [true, false, false, false, false, false, true])
    }

    @Test func theFirstSheetThatIsNotHiddenIsRead() throws {
        var book = TestWorkbook([["a"], ["1"]])
        book.sheets = ["hidden", "*", ""]
        #expect(try read(book).cells == [["a"], ["1"]])
    }

    @Test func whatIsNoWorkbookIsNamed() throws {
        #expect(try read(TestZip(["word/document.xml": "<a/>"])).keys == ["xlsx.not_a_workbook"])
        var none = TestWorkbook([["a"]])
        none.sheets = []
        #expect(try read(none).keys == ["xlsx.no_sheet"])
        #expect(try read(TestWorkbook("")).keys == ["csv.empty"])
        #expect(try read(TestWorkbook("<row r=\"1\"><c></row>")).keys == ["xlsx.damaged"])
        var bomb = TestWorkbook([["a"]]).zip
        bomb.add("xl/media/a.bin", [UInt8](repeating: 0, count: 30 << 20))
        #expect(try read(bomb).keys == ["xlsx.too_large"])
    }

    @Test(arguments: [
        "<row r=\"2\"/><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"0\"/>", "<row r=\"9999999\"/>",
        "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
    ])
    func aSheetThatContradictsItselfIsDamaged(_ rows: String) throws {
        let outcome = try read(TestWorkbook(rows))
        #expect(outcome.keys == ["xlsx.damaged"])
        #expect(outcome.isBroken)
    }

    @Test func rowsColumnsCellsAndTextsHaveCaps() throws {
        let table = (0..<6).map { ["\($0)", "x", "y"] }
        var limits = XLSXReader.Limits()
        limits.rows = 5
        #expect(try read(TestWorkbook(table), limits).keys == ["xlsx.too_many_rows"])
        limits = .init()
        limits.columns = 2
        #expect(try read(TestWorkbook(table), limits).keys == ["xlsx.too_many_columns"])
        limits = .init()
        limits.cells = 17
        #expect(try read(TestWorkbook(table), limits).keys == ["xlsx.too_many_cells"])
        limits = .init()
        limits.field = 5
        #expect(try read(TestWorkbook([["a"], ["123456"]]), limits).keys == ["csv.field_too_long"])
        limits = .init()
        limits.file = 100
        #expect(try read(TestWorkbook(table), limits).keys == ["csv.file_too_large"])
        limits = .init()
        limits.texts = 20
        var book = TestWorkbook(table)
        book.texts = ["<t>một hai ba bốn năm</t>"]
        #expect(try read(book, limits).keys == ["xlsx.too_large"])
    }

    /// A cell that swallows the memory: kept is what is needed to say that it is too long.
    @Test func aCellOfManyMegabytesIsToldAndNotKept() throws {
        let noise = (0..<300_000).map { _ in String(UInt32.random(in: .min ... .max), radix: 36) }.joined(
            separator: " ")
        for cell in [
            "<c r=\"A2\" t=\"str\"><v>\(noise)</v></c>", "<c r=\"A2\" t=\"inlineStr\"><is><t>\(noise)</t></is></c>",
        ] {
            let outcome = try read(
                TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row><row r=\"2\">\(cell)</row>"))
            #expect(outcome.problems == [Problem("a", "csv.field_too_long", ["limit": 64, "cell": "A2"], line: 2)])
        }
        var text = XLSXText()
        for event in [XMLEvents.Event.start("t", [:])]
            + Array(repeating: .text(String(repeating: "x", count: 1 << 16)), count: 100)
        {
            text.take(event)
        }
        #expect(text.finish().utf8.count <= XLSXText.most + 1 << 16)
    }

    @Test func charactersThatXMLCannotCarryAreRead() {
        #expect(XLSXText.unescaped("a_x000A_b_x005F_x0041_") == "a\nb_x0041_")
        #expect(XLSXText.unescaped("a_xD800_") == "a_xD800_")
    }

    @Test func columnsAreReadAndNamed() {
        #expect(["A1", "Z9", "AA10", "XFD1"].map(XLSXRows.column) == [0, 25, 26, 16_383])
        #expect(["", "1", "XFE1", "AAAAAAAAAAAAAAAAAAAAAA1", "a1"].map(XLSXRows.column) == [nil, nil, nil, nil, nil])
        #expect([0, 25, 26, 16_383].map(XLSXRows.name) == ["A", "Z", "AA", "XFD"])
    }
}
