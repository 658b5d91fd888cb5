import Foundation

/// What a sheet's cells refer to: shared texts, number formats, the calendar; and which sheet is meant.
struct XLSXBook {
    enum Failure: Error {
        /// A zip file, but no workbook in it.
        case notABook
        case noSheet
        case tooLarge
    }

    private(set) var texts: [String] = []
    /// By the `s` of a cell.
    private(set) var styles: [XLSXNumber.Style] = []
    /// Days are counted from 1 January 1904, as on old Macs.
    private(set) var isFrom1904 = false
    /// The first sheet that is not hidden.
    private(set) var sheet: ZipArchive.Entry

    init(_ archive: ZipArchive, textLimit: Int) throws {
        guard let book = archive.entry("xl/workbook.xml") else { throw Failure.notABook }
        var sheets: [(relation: String, isHidden: Bool)] = []
        var is1904 = false
        try XMLEvents.read(archive, book, limit: 16 << 20) { event in
            guard case .start(let name, let attributes) = event else { return true }
            if name == "workbookPr" { is1904 = ["1", "true"].contains(attributes.attribute("date1904") ?? "") }
            if name == "sheet", let relation = XLSXBook.relation(attributes) {
                sheets.append((relation, attributes.attribute("state").map { $0 != "visible" } ?? false))
            }
            return sheets.count < 1_000
        }
        let targets = try XLSXBook.targets(archive)
        let chosen = sheets.first { !$0.isHidden } ?? sheets.first
        guard let chosen, let target = targets[chosen.relation], let sheet = archive.entry(target) else {
            throw Failure.noSheet
        }
        self.sheet = sheet
        isFrom1904 = is1904
        styles = try XLSXStyles.read(archive)
        texts = try XLSXBook.sharedTexts(archive, limit: textLimit)
    }

    /// Every sheet in the order of the archive, for the search in files.
    static func sheets(_ archive: ZipArchive) -> [ZipArchive.Entry] {
        archive.entries.filter { $0.name.hasPrefix("xl/worksheets/") && $0.name.hasSuffix(".xml") }
    }

    /// `r:id`; `sheetId` is something else.
    private static func relation(_ attributes: [String: String]) -> String? {
        attributes.first { $0.key.hasSuffix(":id") }?.value ?? attributes["id"]
    }

    /// Entry names by relation.
    private static func targets(_ archive: ZipArchive) throws -> [String: String] {
        guard let entry = archive.entry("xl/_rels/workbook.xml.rels") else { throw Failure.notABook }
        var targets: [String: String] = [:]
        try XMLEvents.read(archive, entry, limit: 16 << 20) { event in
            if case .start("Relationship", let attributes) = event, let id = attributes["Id"],
                let target = attributes["Target"]
            {
                targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            }
            return targets.count < 10_000
        }
        return targets
    }

    static func sharedTexts(_ archive: ZipArchive, limit: Int) throws -> [String] {
        guard let entry = archive.entry("xl/sharedStrings.xml") else { return [] }
        var texts: [String] = []
        var text = XLSXText()
        var size = 0
        try XMLEvents.read(archive, entry) { event in
            text.take(event)
            if case .end("si") = event {
                let whole = text.finish()
                size += whole.utf8.count + 16
                if size > limit { throw Failure.tooLarge }
                texts.append(whole)
            }
            return true
        }
        return texts
    }
}

/// The text between `<t>` and `</t>`: of a shared text or of a cell, in one piece or in several that are formatted
/// each its own way. How a Japanese text is spoken (`rPh`) is no part of it.
struct XLSXText {
    /// Bytes kept of one text; what is longer is no cell of anybody's, and only its length matters.
    static let most = 1 << 20

    private var text = ""
    private var isText = false
    private var spoken = 0

    mutating func take(_ event: XMLEvents.Event) {
        switch event {
        case .start("rPh", _): spoken += 1
        case .end("rPh"): spoken -= 1
        case .start("t", _): isText = spoken == 0
        case .end("t"): isText = false
        case .text(let more): if isText, text.utf8.count < XLSXText.most { text += more }
        default: break
        }
    }

    /// The text so far; the next one begins.
    mutating func finish() -> String {
        defer { text = "" }
        return text.utf8.contains(UInt8(ascii: "_")) ? XLSXText.unescaped(text) : text
    }

    /// `_x000A_` is a character that XML cannot carry.
    static func unescaped(_ text: String) -> String {
        text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
            guard let code = UInt32(match.output.1, radix: 16), let scalar = Unicode.Scalar(code) else {
                return String(match.output.0)
            }
            return String(Character(scalar))
        }
    }
}
