public import Foundation

/// A table of tasks that has been read, CSV or XLSX, with every problem that a row shows by itself.
public struct TaskImportFile: Sendable {
    public let name: String
    /// SHA-256 of the file, in hexadecimal digits.
    public let hash: String
    /// Rows, good and bad, header excepted.
    public let count: Int
    /// Those that cannot be taken too, when their cells can be told apart: all that is wrong with them is said at once.
    let rows: [TaskImportRow]
    /// Keys of rows whose cells cannot be told apart, with their lines: what hangs on them is told so.
    let badKeys: [String: Int]
    public let problems: ProblemList
    /// False when it could not be read to its end, has not the columns it needs, or has too many rows: nothing of it
    /// can be taken.
    public let isReadable: Bool

    /// Rows of one file: they stand in one transaction, for which all other writers wait.
    public static let limit = 2_000

    /// Problems of one file that are kept: all, but of a file that is no table of tasks at all.
    static let mostProblems = 80_000

    /// Reads a file from disk in pieces. Throws what the system says when it cannot be read.
    public static func read(
        _ url: URL, name: String? = nil, _ catalogue: Catalogue, progress: ImportProgress.Callback? = nil
    ) throws -> TaskImportFile {
        var rows = TaskImportRows(words: TaskImportWords(catalogue))
        let outcome = try TableReader(limits: TableReader.Limits(problems: TaskImportFile.mostProblems)).read(
            url, progress: { progress?(ImportProgress(.reading, done: $0, total: $1)) }
        ) { rows.take($0) }
        return rows.file(name ?? url.lastPathComponent, outcome)
    }

    /// Reads a file in memory.
    static func read(_ bytes: [UInt8], name: String, _ catalogue: Catalogue) throws -> TaskImportFile {
        var rows = TaskImportRows(words: TaskImportWords(catalogue))
        let outcome = try TableReader(limits: TableReader.Limits(problems: TaskImportFile.mostProblems)).read(bytes) {
            rows.take($0)
        }
        return rows.file(name, outcome)
    }
}

/// Rows as they come: the header first.
private struct TaskImportRows {
    let words: TaskImportWords
    private var header: CSVHeader?
    private var sawHeader = false
    private var rows: [TaskImportRow] = []
    private var badKeys: [String: Int] = [:]
    private var problems = ProblemList(cap: TaskImportFile.mostProblems)
    private var count = 0

    init(words: TaskImportWords) { self.words = words }

    mutating func take(_ row: CSVReader.Row) {
        guard sawHeader else {
            sawHeader = true
            let columns = TaskImportColumns.columns
            header = CSVHeader(
                row, required: columns.required, optional: columns.optional, words: words.columns, problems: &problems)
            return
        }
        guard let header else { return }
        count += 1
        // What is beyond the limit is counted, so that it can be said how many there are, and not kept.
        guard count <= TaskImportFile.limit else { return }
        var parser = TaskRowParser(header: header, row: row, words: words)
        let parsed = parser.parse()
        if row.isSound {
            rows.append(parsed)
        } else if !parser.key.isEmpty {
            badKeys[parser.key] = row.line
        }
        for problem in parser.problems { problems.add(problem) }
    }

    mutating func file(_ name: String, _ outcome: TableReader.Outcome) -> TaskImportFile {
        let isTooLong = count > TaskImportFile.limit
        if isTooLong {
            problems.add(
                "", "import.too_many_rows", ["max": .number(TaskImportFile.limit), "count": .number(count)])
        } else if count == 0, header != nil, !outcome.isBroken {
            problems.add("", "task-import.no_rows")
        }
        return TaskImportFile(
            name: name, hash: outcome.sha256, count: count, rows: rows, badKeys: badKeys,
            problems: outcome.problems.merging(problems),
            isReadable: header != nil && !outcome.isBroken && !isTooLong)
    }
}
