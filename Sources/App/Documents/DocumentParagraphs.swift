import Foundation
import Storage

/// A piece of a document that can be cited: `III.2`, `đoạn 7`.
public struct DocumentParagraph: Sendable, Equatable {
    public let label: String
    public let text: String

    public init(label: String, text: String) {
        self.label = label
        self.text = text
    }

    static let count = 1_000
    /// What a page carries.
    static let perPage = 100
    static let bytesPerPage = 40_000
    static let length = 20_000

    /// The same for every spelling: `Đoạn 7`, `doan-7`.
    static func key(_ label: String) -> String { TextFold.fold(label) }

    /// Where it stands on the page.
    public var anchor: String { "p-" + DocumentParagraph.key(label).replacing(" ", with: "-") }

    /// Reads a text in which a line that begins with `[III.2]` begins a paragraph of that label.
    static func parse(_ text: String, _ found: inout Validation) -> [DocumentParagraph] {
        var paragraphs: [(label: String, lines: [Substring])] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let (label, rest) = labelled(line) {
                paragraphs.append((label, rest.isEmpty ? [] : [rest]))
            } else if !paragraphs.isEmpty {
                paragraphs[paragraphs.count - 1].lines.append(line)
            } else if !line.allSatisfy(\.isWhitespace) {
                found.add("text", "document.error.label_missing", ["line": .number(index + 1)])
                return []
            }
        }
        let read = paragraphs.map { paragraph in
            DocumentParagraph(
                label: paragraph.label,
                text: paragraph.lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines))
        }
        check(read, &found)
        return read
    }

    private static func labelled(_ line: Substring) -> (label: String, rest: Substring)? {
        guard line.first == "[", let end = line.firstIndex(of: "]") else { return nil }
        let label = line[line.index(after: line.startIndex)..<end].trimmingCharacters(in: .whitespaces)
        guard !label.isEmpty, label.count <= 60 else { return nil }
        return (label, line[line.index(after: end)...].drop(while: \.isWhitespace))
    }

    private static func check(_ paragraphs: [DocumentParagraph], _ found: inout Validation) {
        if paragraphs.count > count { found.add("text", "document.error.paragraphs", ["max": .number(count)]) }
        var known: Set<String> = []
        for paragraph in paragraphs {
            let label: [String: Message.Argument] = ["label": .text(paragraph.label)]
            if key(paragraph.label).isEmpty {
                found.add("text", "document.error.label", label)
            } else if !known.insert(key(paragraph.label)).inserted {
                found.add("text", "document.error.label_doubled", label)
            }
            if paragraph.text.count > length {
                found.add("text", "document.error.paragraph_long", label.merging(["max": .number(length)]) { $1 })
            }
        }
    }

    /// As ``parse(_:_:)`` reads it.
    static func text(_ paragraphs: [DocumentParagraph]) -> String {
        paragraphs.map { "[\($0.label)] \($0.text)" }.joined(separator: "\n\n")
    }
}

extension DocumentStore {
    /// Puts these paragraphs in place of those that the document had.
    @discardableResult
    public func write(
        _ uid: UID, _ paragraphs: [DocumentParagraph], seen: Int?, at now: Instant
    ) throws -> DocumentRow {
        let row = try find(uid, may: \.mayWrite)
        try bump(row, seen: seen)
        let id = row.document.id
        let before = try tx.all("SELECT 1 FROM document_paragraph WHERE document_id = \(id)").count
        try tx.run("DELETE FROM document_paragraph WHERE document_id = \(id)")
        for (position, paragraph) in paragraphs.enumerated() {
            try tx.run(
                """
                INSERT INTO document_paragraph (document_id, position, label, label_key, text)
                VALUES (\(id), \(position), \(paragraph.label), \(DocumentParagraph.key(paragraph.label)),
                    \(paragraph.text))
                """)
        }
        try SearchMap(tx: tx).refresh(.document, [id.value])
        try record(
            .changed, row.document, before: ["paragraphs": String(before)],
            after: ["paragraphs": String(paragraphs.count)], at: now)
        return try find(uid)
    }

    func paragraphs(of id: ID<Document>) throws -> [DocumentParagraph] {
        try tx.all("SELECT label, text FROM document_paragraph WHERE document_id = \(id) ORDER BY position, id")
            .map { DocumentParagraph(label: try $0.text(0), text: try $0.text(1)) }
    }

    /// The paragraphs behind one, or from the first, until they are as much as a page carries.
    func paragraphs(of id: ID<Document>, after cursor: Cursor?) throws -> Page<DocumentParagraph> {
        let last = cursor?.parts.first.flatMap { Int($0) } ?? -1
        var items: [DocumentParagraph] = []
        var length = 0
        var next: Cursor?
        let rows = try tx.all(
            """
            SELECT label, text, position FROM document_paragraph WHERE document_id = \(id) AND position > \(last)
            ORDER BY position, id LIMIT \(DocumentParagraph.perPage + 1)
            """)
        for row in rows {
            let paragraph = DocumentParagraph(label: try row.text(0), text: try row.text(1))
            length += paragraph.text.utf8.count
            let isFull = items.count == DocumentParagraph.perPage || length > DocumentParagraph.bytesPerPage
            if isFull, !items.isEmpty {
                next = Cursor([String(try row.int(2) - 1)])
                break
            }
            items.append(paragraph)
        }
        let total = try tx.first("SELECT COUNT(*) FROM document_paragraph WHERE document_id = \(id)")?.int(0) ?? 0
        return Page(items: items, next: next, total: total)
    }

    /// One paragraph by its label in any spelling. ``AppError/notFound`` when the document has none of that label.
    public func paragraph(_ uid: UID, _ label: String) throws -> (row: DocumentRow, paragraph: DocumentParagraph) {
        let row = try find(uid)
        let found = try tx.first(
            """
            SELECT label, text FROM document_paragraph WHERE document_id = \(row.document.id)
            AND label_key = \(DocumentParagraph.key(label))
            """)
        guard let found else { throw AppError.notFound }
        return (row, DocumentParagraph(label: try found.text(0), text: try found.text(1)))
    }
}
