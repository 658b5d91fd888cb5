import Crypto
public import Foundation

/// First half of an import, without a database: bytes to rows, with every problem that a row shows by itself.
public struct UnitImportReading: Sendable {
    static let required = ["code", "kind", "name", "parent"]
    static let optional = [
        "latitude", "longitude", "area_km2", "from", "to", "scheme", "name_en", "hierarchy", "secrecy", "basis",
    ]
    static let columns = required + optional

    private let options: UnitImportOptions
    private var reader: CSVReader
    private var hasher = SHA256()
    private var header: CSVHeader?
    private var sawHeader = false
    private var problems = ProblemList()
    private var rows: [UnitImportRow] = []
    private var refused: [UnitCode: Int] = [:]
    private var count = 0

    public init(options: UnitImportOptions, limits: CSVReader.Limits = CSVReader.Limits()) {
        self.options = options
        reader = CSVReader(limits: limits)
    }

    /// Reads a file from disk in chunks. Throws what the system says when it cannot be read.
    public static func file(
        _ url: URL, options: UnitImportOptions, progress: UnitImportProgress.Callback? = nil
    ) throws -> UnitImportFile {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let total = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
        var reading = UnitImportReading(options: options)
        var done = 0
        while let chunk = try handle.read(upToCount: 64 * 1024), !chunk.isEmpty {
            reading.read(Array(chunk))
            done += chunk.count
            progress?(UnitImportProgress(.reading, done: done, total: max(total, done)))
        }
        return reading.finish(name: url.lastPathComponent)
    }

    public mutating func read(_ chunk: [UInt8]) {
        hasher.update(data: chunk)
        var found: [CSVReader.Row] = []
        reader.read(chunk) { found.append($0) }
        for row in found { take(row) }
    }

    public mutating func finish(name: String) -> UnitImportFile {
        var found: [CSVReader.Row] = []
        reader.finish { found.append($0) }
        for row in found { take(row) }
        return UnitImportFile(
            name: name, hash: hasher.finalize().flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined(),
            separator: reader.separator, isReadable: header != nil && !reader.isBroken, count: count, rows: rows,
            refused: refused, problems: reader.problems.merging(problems))
    }

    private mutating func take(_ row: CSVReader.Row) {
        guard sawHeader else {
            sawHeader = true
            let (required, optional) = (UnitImportReading.required, UnitImportReading.optional)
            header = CSVHeader(row, required: required, optional: optional, problems: &problems)
            return
        }
        guard let header else { return }
        count += 1
        var parser = UnitRowParser(header: header, row: row, options: options)
        if row.isSound, let parsed = parser.parse() {
            rows.append(parsed)
        } else if let code = parser.code {
            refused[code] = row.line
        }
        for problem in parser.problems { problems.add(problem) }
    }
}

/// A file of units that has been read.
public struct UnitImportFile: Sendable {
    public let name: String
    public let hash: String
    public let separator: CSVReader.Separator?
    /// False when it could not be read to its end, or has not the columns it needs: nothing of it can be taken.
    public let isReadable: Bool
    /// Rows, good and bad.
    public let count: Int
    public let rows: [UnitImportRow]
    /// Codes of bad rows and their lines: what stands below them is not told twice.
    let refused: [UnitCode: Int]
    public let problems: ProblemList
}
