public import Foundation

/// First half of an import, without a database: bytes to rows, with every problem that a row shows by itself.
public struct UnitImportReading: Sendable {
    static let required = ["code", "kind", "name", "parent"]
    static let optional = [
        "latitude", "longitude", "area_km2", "from", "to", "scheme", "name_en", "hierarchy", "secrecy", "basis",
    ]
    static let columns = required + optional

    /// A file to fill in, for whoever works on the command line: the header alone, in the names of the API.
    public static var template: String { CSVWriter.byteOrderMark + CSVWriter.line(columns) }

    private let options: UnitImportOptions
    private var header: CSVHeader?
    private var sawHeader = false
    private var problems = ProblemList()
    private var rows: [UnitImportRow] = []
    private var refused: [UnitCode: Int] = [:]
    private var count = 0

    private init(options: UnitImportOptions) { self.options = options }

    /// Reads a file from disk in chunks. Throws what the system says when it cannot be read.
    public static func file(
        _ url: URL, options: UnitImportOptions, progress: ImportProgress.Callback? = nil
    ) throws -> UnitImportFile {
        var reading = UnitImportReading(options: options)
        let outcome = try TableReader().read(
            url, progress: { done, total in progress?(ImportProgress(.reading, done: done, total: total)) },
            { reading.take($0) })
        return reading.finish(outcome, name: url.lastPathComponent)
    }

    /// Reads a file in memory.
    public static func bytes(_ bytes: [UInt8], name: String, options: UnitImportOptions) throws -> UnitImportFile {
        var reading = UnitImportReading(options: options)
        let outcome = try TableReader().read(bytes) { reading.take($0) }
        return reading.finish(outcome, name: name)
    }

    private func finish(_ outcome: TableReader.Outcome, name: String) -> UnitImportFile {
        UnitImportFile(
            name: name, hash: outcome.sha256, separator: outcome.separator,
            isReadable: header != nil && !outcome.isBroken, count: count, rows: rows, refused: refused,
            problems: outcome.problems.merging(problems))
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
