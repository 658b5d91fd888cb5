@testable import App

/// Writes workbooks for tests, as small as the format allows.
struct TestWorkbook {
    /// The inside of `<sheetData>`.
    var rows = ""
    var texts: [String] = []
    /// Inside `<numFmts>`, and the formats of the cell styles by number.
    var formats: [Int: String] = [:]
    var styles: [Int] = [0]
    var isFrom1904 = false
    /// Attributes of each sheet; the rows stand in the one marked `*`.
    var sheets = ["*"]

    init(_ rows: String = "") { self.rows = rows }

    /// Rows of texts, as inline strings.
    init(_ table: [[String]]) {
        for (line, cells) in table.enumerated() {
            let inside = cells.enumerated().map { column, text in
                let place = XLSXRows.name(ofColumn: column) + String(line + 1)
                return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(TestWorkbook.escaped(text))</t></is></c>"
            }
            rows += "<row r=\"\(line + 1)\">\(inside.joined())</row>"
        }
    }

    var zip: TestZip {
        let sheetList = sheets.enumerated().map { index, sheet in
            let state = sheet.contains("hidden") ? " state=\"hidden\"" : ""
            return "<sheet name=\"S\(index)\" sheetId=\"\(index + 9)\"\(state) r:id=\"rId\(index + 1)\"/>"
        }
        let relations = sheets.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"t\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
        }
        let formatList = formats.map {
            "<numFmt numFmtId=\"\($0.key)\" formatCode=\"\(TestWorkbook.escaped($0.value))\"/>"
        }
        let styleList = styles.map { "<xf numFmtId=\"\($0)\"/>" }
        var zip = TestZip([
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml":
                "<workbook xmlns:r=\"u\"><workbookPr date1904=\"\(isFrom1904 ? 1 : 0)\"/><sheets>\(sheetList.joined())</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": "<Relationships>\(relations.joined())</Relationships>",
            "xl/styles.xml":
                "<styleSheet><numFmts>\(formatList.joined())</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(styleList.joined())</cellXfs></styleSheet>",
            "xl/sharedStrings.xml": "<sst>\(texts.map { "<si>\($0)</si>" }.joined())</sst>",
        ])
        for (index, sheet) in sheets.enumerated() {
            let data = sheet.contains("*") ? rows : "<row r=\"1\"><c r=\"A1\"><v>999</v></c></row>"
            zip.add(
                "xl/worksheets/sheet\(index + 1).xml",
                Array("<worksheet><sheetData>\(data)</sheetData></worksheet>".utf8))
        }
        return zip
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
