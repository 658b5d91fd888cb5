import Crypto
public import Foundation

/// A table of documents that has been read, whatever it came from: a header and its rows, with what was wrong with it.
public struct DocumentImportFile: Sendable {
    static let required = ["sign", "type", "issuer", "title", "issued_on"]
    static let optional = DocumentExport.columns.filter { !required.contains($0) }

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
    public init(name: String, hash: String, rows: [CSVReader.Row], problems: ProblemList, isBroken: Bool) {
        self.name = name
        self.hash = hash
        var found = ProblemList()
        let header = rows.first.flatMap {
            CSVHeader(
                $0, required: DocumentImportFile.required, optional: DocumentImportFile.optional, problems: &found)
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
                cells[column] = CSVWriter.unguarded(header.cell(column, of: row))
            }
            lines.append(Line(line: row.line, cells: cells))
        }
    }

    /// Reads a CSV file from disk. Throws what the system says when it cannot be read.
    public static func csv(_ url: URL) throws -> DocumentImportFile {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var reader = CSVReader()
        var hasher = SHA256()
        var rows: [CSVReader.Row] = []
        while let chunk = try handle.read(upToCount: 64 * 1024), !chunk.isEmpty {
            hasher.update(data: chunk)
            reader.read(Array(chunk)) { rows.append($0) }
        }
        reader.finish { rows.append($0) }
        return DocumentImportFile(
            name: url.lastPathComponent, hash: hex(hasher.finalize()), rows: rows, problems: reader.problems,
            isBroken: reader.isBroken)
    }

    /// Reads CSV from memory.
    public static func csv(_ text: String, name: String) -> DocumentImportFile {
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        reader.read(Array(text.utf8)) { rows.append($0) }
        reader.finish { rows.append($0) }
        return DocumentImportFile(
            name: name, hash: hex(SHA256.hash(data: Array(text.utf8))), rows: rows, problems: reader.problems,
            isBroken: reader.isBroken)
    }

    private static func hex(_ digest: SHA256.Digest) -> String {
        digest.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
    }
}
