import Foundation
import Testing

@testable import App

/// One front for both: the same rows, the same problems.
@Suite struct TableReaderTests {
    private func read(_ bytes: [UInt8]) throws -> (TableReader.Outcome, [CSVReader.Row]) {
        var rows: [CSVReader.Row] = []
        let outcome = try TableReader().read(bytes) { rows.append($0) }
        return (outcome, rows)
    }

    @Test func csvAndXLSXHandOverTheSameRows() throws {
        let table = [["code", "tên"], ["1", "Huế"], ["2", "Vinh"]]
        let text = table.map { $0.joined(separator: ";") }.joined(separator: "\r\n")
        let (csv, rows) = try read(Array(text.utf8))
        let (xlsx, others) = try read(TestWorkbook(table).zip.bytes)
        #expect(csv.format == .csv && csv.separator == .semicolon)
        #expect(xlsx.format == .xlsx && xlsx.separator == nil)
        #expect(rows == others)
        #expect(rows.map(\.cells) == table)
        #expect(csv.bytes == text.utf8.count)
    }

    @Test func theHashIsOfTheWholeFile() throws {
        let (outcome, _) = try read(Array("abc".utf8))
        #expect(outcome.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let book = TestWorkbook([["a"]]).zip.bytes
        let (second, _) = try read(book)
        #expect(second.bytes == book.count && second.sha256.count == 64)
    }

    @Test(
        arguments: [
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "table.old_excel"), (Array("%PDF-1.7".utf8), "table.pdf"),
            ([0x50, 0x4B, 0x03, 0x04, 1, 2], "xlsx.damaged"), ([], "csv.empty"),
        ] as [([UInt8], String)])
    func whatIsNoTableIsNamed(_ bytes: [UInt8], _ key: String) throws {
        let (outcome, rows) = try read(bytes)
        #expect(outcome.problems.shown.map(\.message.key) == [key])
        #expect(outcome.isBroken && rows.isEmpty)
    }

    @Test func progressGoesToTheEnd() throws {
        let text = "a,b\n" + String(repeating: "1,2\n", count: 50_000)
        try TestFile.with(Array(text.utf8)) { file in
            var seen: [Int] = []
            var rows = 0
            let outcome = try TableReader().read(
                file,
                progress: { done, total in
                    seen.append(done)
                    #expect(total == text.utf8.count)
                }
            ) { _ in rows += 1 }
            #expect(seen.last == text.utf8.count && seen == seen.sorted() && seen.count > 2)
            #expect(rows == 50_001 && outcome.problems.isEmpty)
        }
    }

    @Test func aFileThatIsNotThereThrows() {
        #expect(throws: (any Error).self) { try TableReader().read(URL(filePath: "/nowhere/at/all")) { _ in } }
    }

    @Test func whatTheReaderOfRowsThrowsComesOut() {
        for bytes in [Array("a\n1\n".utf8), TestWorkbook([["a"], ["1"]]).zip.bytes] {
            #expect(throws: AppError.notFound) { try TableReader().read(bytes) { _ in throw AppError.notFound } }
        }
    }

    /// The import of units takes a workbook as it takes a CSV file.
    @Test func unitsAreReadFromAWorkbook() throws {
        let table = [
            ["code", "kind", "name", "parent"], ["VN", "country", "Việt Nam", ""],
            ["52", "province", "Tỉnh Gia Lai", "VN"],
        ]
        let file = try UnitImportReading.bytes(TestWorkbook(table).zip.bytes, name: "units.xlsx", options: .init())
        #expect(file.isReadable && file.problems.isEmpty)
        #expect(file.rows.map(\.name) == ["Việt Nam", "Tỉnh Gia Lai"])
        #expect(file.rows.map(\.line) == [2, 3])
    }
}
