import Crypto
public import Foundation

/// Reads a table that somebody kept in a spreadsheet: CSV or XLSX, told apart by what is in the file, not by its name.
///
/// Both hand over the same rows, the header first; what is wrong is told in the same words, by column and line. The
/// lines of an XLSX are the row numbers that its reader sees in the sheet.
public struct TableReader: Sendable {
    public struct Limits: Sendable {
        public var csv = CSVReader.Limits()
        public var xlsx = XLSXReader.Limits()
        public init() {}

        /// The usual ones, but for how many problems are kept.
        public init(problems: Int) { (csv.problems, xlsx.problems) = (problems, problems) }
    }

    public enum Format: String, Sendable { case csv, xlsx }

    /// What is known after the last row.
    public struct Outcome: Sendable {
        /// Nil when it is neither.
        public let format: Format?
        /// Of a CSV file.
        public let separator: CSVReader.Separator?
        /// SHA-256 of the file, in hexadecimal digits.
        public let sha256: String
        /// Size of the file.
        public let bytes: Int
        public let problems: ProblemList
        /// Nothing after the last problem could be read.
        public let isBroken: Bool
    }

    private let limits: Limits

    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Reads a file on disk, never holding it whole. `take` gets each row, the header first; `progress` bytes read and
    /// the size. Throws what the system says when the file cannot be read, and what `take` throws.
    public func read(
        _ file: URL, progress: ((_ done: Int, _ total: Int) -> Void)? = nil, _ take: (CSVReader.Row) throws -> Void
    ) throws -> Outcome {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let total = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
        var pieces = Pieces(handle: handle, total: total, progress: progress)
        let head = try pieces.next()
        switch TableReader.kind(of: head) {
        case .csv: return try readCSV(head, &pieces, take)
        case .xlsx:
            try pieces.drain()
            var reader = XLSXReader(limits: limits.xlsx)
            try reader.read(file, take)
            return pieces.outcome(.xlsx, problems: reader.problems, isBroken: reader.isBroken)
        case .other(let key):
            try pieces.drain()
            var problems = ProblemList()
            problems.add("", key)
            return pieces.outcome(nil, problems: problems, isBroken: true)
        }
    }

    /// Reads a table in memory.
    public func read(_ bytes: [UInt8], _ take: (CSVReader.Row) throws -> Void) throws -> Outcome {
        let file = FileManager.default.temporaryDirectory.appending(path: "resolute-table-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let made = FileManager.default.createFile(
            atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        guard made else { throw CocoaError(.fileWriteUnknown) }
        return try read(file, take)
    }

    private func readCSV(
        _ head: [UInt8], _ pieces: inout Pieces, _ take: (CSVReader.Row) throws -> Void
    ) throws -> Outcome {
        var reader = CSVReader(limits: limits.csv)
        var piece = head
        while !piece.isEmpty {
            try reader.read(piece, take)
            piece = try pieces.next()
        }
        try reader.finish(take)
        return pieces.outcome(
            .csv, separator: reader.separator, problems: reader.problems, isBroken: reader.isBroken)
    }

    private enum Kind {
        case csv, xlsx
        /// The key of what to say of it.
        case other(String)
    }

    private static func kind(of head: [UInt8]) -> Kind {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .xlsx }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .other("table.old_excel") }
        if head.starts(with: Array("%PDF-".utf8)) { return .other("table.pdf") }
        return .csv
    }
}

/// The bytes of a file in order, counted and hashed on the way.
private struct Pieces {
    let handle: FileHandle
    let total: Int
    let progress: ((Int, Int) -> Void)?
    private var hash = SHA256()
    private var done = 0

    init(handle: FileHandle, total: Int, progress: ((Int, Int) -> Void)?) {
        self.handle = handle
        self.total = total
        self.progress = progress
    }

    /// None at the end.
    mutating func next() throws -> [UInt8] {
        guard let piece = try handle.read(upToCount: 64 * 1024), !piece.isEmpty else { return [] }
        hash.update(data: piece)
        done += piece.count
        progress?(done, max(total, done))
        return Array(piece)
    }

    mutating func drain() throws { while try !next().isEmpty {} }

    func outcome(
        _ format: TableReader.Format?, separator: CSVReader.Separator? = nil, problems: ProblemList, isBroken: Bool
    ) -> TableReader.Outcome {
        TableReader.Outcome(
            format: format, separator: separator, sha256: HexText.of(hash.finalize()), bytes: done, problems: problems,
            isBroken: isBroken)
    }
}
