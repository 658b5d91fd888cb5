public import Foundation

/// A table of documents that has been read, whatever it came from: a header and its rows, with what was wrong with it.
public struct DocumentImportFile: Sendable {
    static let columns = ImportColumns(
        family: "document-import", all: DocumentExport.columns,
        required: ["sign", "type", "issuer", "title", "issued_on"])

    /// A file to fill in, for whoever works on the command line: the header alone, in the names of the API.
    public static var template: String { CSVWriter.byteOrderMark + CSVWriter.line(columns.all) }

    /// One document: its cells by column, cleaned of the apostrophe that guards against formulas.
    struct Line: Sendable {
        let line: Int
        let cells: [String: String]
    }

    public let name: String
    /// SHA-256 of the file, in hexadecimal digits.
    public let hash: String
    /// Rows, good and bad.
    public private(set) var count = 0
    private(set) var lines: [Line] = []
    public private(set) var problems: ProblemList
    /// False when it could not be read to its end, or has not the columns it needs: nothing of it can be taken.
    private(set) var isReadable = true

    /// Makes it from rows, the first of which is the header.
    public init(
        name: String, hash: String, rows: [CSVReader.Row], problems: ProblemList, isBroken: Bool,
        words: DocumentImportWords = DocumentImportWords()
    ) {
        self.name = name
        self.hash = hash
        var found = ProblemList()
        let header = rows.first.flatMap {
            CSVHeader(
                $0, required: DocumentImportFile.columns.required, optional: DocumentImportFile.columns.optional,
                words: words.columns, problems: &found)
        }
        self.problems = problems.merging(found)
        guard let header, !isBroken else {
            isReadable = false
            return
        }
        for row in rows.dropFirst() {
            count += 1
            guard row.isSound else { continue }
            var cells: [String: String] = [:]
            for column in DocumentExport.columns {
                cells[column] = words.word(column, CSVWriter.unguarded(header.cell(column, of: row)))
            }
            lines.append(Line(line: row.line, cells: cells))
        }
    }

    /// Reads CSV or XLSX from disk, told apart by content. Throws what the system says when it cannot be read.
    public static func read(
        _ url: URL, name: String? = nil, words: DocumentImportWords = DocumentImportWords()
    ) throws -> DocumentImportFile {
        var rows: [CSVReader.Row] = []
        let outcome = try TableReader().read(url) { rows.append($0) }
        return DocumentImportFile(name ?? url.lastPathComponent, rows, outcome, words)
    }

    /// Reads a table from memory.
    public static func read(
        _ bytes: [UInt8], name: String, words: DocumentImportWords = DocumentImportWords()
    ) throws -> DocumentImportFile {
        var rows: [CSVReader.Row] = []
        let outcome = try TableReader().read(bytes) { rows.append($0) }
        return DocumentImportFile(name, rows, outcome, words)
    }

    private init(
        _ name: String, _ rows: [CSVReader.Row], _ outcome: TableReader.Outcome, _ words: DocumentImportWords
    ) {
        self.init(
            name: name, hash: outcome.sha256, rows: rows, problems: outcome.problems, isBroken: outcome.isBroken,
            words: words)
    }
}

extension DocumentImportFile {
    /// Bytes of a file that is sent.
    static let limit = 8 * 1024 * 1024
    /// Rows of one: while they are registered nobody else registers anything.
    static let longest = 2_000

    /// Reads what was sent in a form. Throws ``AppError/invalid(_:)`` for more rows than are taken at once.
    static func sent(_ sent: ReceivedFile, words: DocumentImportWords) async throws -> DocumentImportFile {
        let (url, name) = (sent.url, CleanText.line(sent.name) ?? "")
        // Reading a file blocks, so it stands on a thread that may.
        let file = try await FileStore.run { try read(url, name: name, words: words) }
        guard file.count <= longest else {
            throw AppError.invalid([
                Problem("file", "import.too_many_rows", ["max": .number(longest), "count": .number(file.count)])
            ])
        }
        return file
    }
}
