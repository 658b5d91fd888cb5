public import Foundation

/// First half of an import, without a database: a CSV or XLSX file to rows, with every problem that a row shows by
/// itself.
public enum PersonImportReading {
    /// A file to fill in, for whoever works on the command line: the header alone, in the names of the API.
    public static var template: String { CSVWriter.byteOrderMark + CSVWriter.line(PersonRowParser.columns.all) }

    /// Reads a file from disk in pieces. Throws what the system says when it cannot be read.
    public static func file(
        _ url: URL, name: String? = nil, words: PersonImportWords = PersonImportWords(),
        limits: TableReader.Limits = TableReader.Limits(), progress: ImportProgress.Callback? = nil
    ) throws -> PersonImportFile {
        var rows = PersonImportRows(words: words)
        let outcome = try TableReader(limits: limits).read(
            url, progress: { progress?(ImportProgress(.reading, done: $0, total: $1)) }
        ) { row in rows.take(row) }
        return rows.file(name ?? url.lastPathComponent, outcome)
    }

    /// Reads a file in memory.
    static func bytes(
        _ bytes: [UInt8], name: String, words: PersonImportWords = PersonImportWords()
    ) throws -> PersonImportFile {
        var rows = PersonImportRows(words: words)
        let outcome = try TableReader().read(bytes) { row in rows.take(row) }
        return rows.file(name, outcome)
    }
}

/// Rows as they come: the header first.
private struct PersonImportRows {
    let words: PersonImportWords
    private var header: CSVHeader?
    private var sawHeader = false
    private var rows: [PersonImportRow] = []
    private var problems = ProblemList()
    private var count = 0

    init(words: PersonImportWords) { self.words = words }

    mutating func take(_ row: CSVReader.Row) {
        guard sawHeader else {
            sawHeader = true
            let columns = PersonRowParser.columns
            header = CSVHeader(
                row, required: columns.required, optional: columns.optional, words: words.columns, problems: &problems)
            return
        }
        guard let header else { return }
        count += 1
        var parser = PersonRowParser(header: header, row: row, words: words)
        let parsed = parser.parse()
        if row.isSound { rows.append(parsed) }
        for problem in parser.problems { problems.add(problem) }
    }

    func file(_ name: String, _ outcome: TableReader.Outcome) -> PersonImportFile {
        PersonImportFile(
            name: name, hash: outcome.sha256, separator: outcome.separator,
            isReadable: header != nil && !outcome.isBroken, count: count, rows: rows,
            problems: outcome.problems.merging(problems))
    }
}
