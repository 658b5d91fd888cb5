public import Foundation

/// Reads the first visible sheet of an XLSX (ECMA-376) row by row, as ``CSVReader`` reads a file: same rows, same problems.
///
/// Numbers and dates become text as a person would type them (``XLSXNumber``); a formula gives the value that was
/// stored with it. Rows are held one at a time, shared texts all.
public struct XLSXReader: Sendable {
    public struct Limits: Sendable {
        /// Of a cell, in bytes.
        public var field = 64 * 1024
        /// With something in them, header included.
        public var rows = 200_000
        public var columns = 500
        public var cells = 10_000_000
        /// Size of the packed file.
        public var file = 64 * 1024 * 1024
        /// All shared texts together, in bytes.
        public var texts = 128 * 1024 * 1024
        /// So many problems are kept.
        public var problems = ProblemList.usual
        public init() {}
    }

    public private(set) var problems = ProblemList()
    /// Nothing after the last problem could be read.
    public private(set) var isBroken = false
    private let limits: Limits

    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Hands over each row that holds something, the first one is the header. What is wrong with the file is in
    /// ``problems``; throws only what `take` throws.
    public mutating func read(_ file: URL, _ take: (CSVReader.Row) throws -> Void) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
        guard size <= limits.file else {
            return stop("csv.file_too_large", ["limit": .number(limits.file >> 20)])
        }
        do {
            let archive = try ZipArchive(file: file)
            let book = try XLSXBook(archive, textLimit: limits.texts)
            var rows = XLSXRows(book: book, limits: limits)
            try XMLEvents.read(archive, book.sheet) { event in
                if let row = rows.take(event) { try take(row) }
                return rows.stopped == nil
            }
            rows.finish()
            problems = rows.problems
            isBroken = rows.stopped != nil
        } catch let failure as ZipArchive.Failure {
            stop(failure == .encrypted ? "xlsx.encrypted" : failure == .damaged ? "xlsx.damaged" : "xlsx.too_large")
        } catch let failure as XLSXBook.Failure {
            stop(
                failure == .noSheet ? "xlsx.no_sheet" : failure == .tooLarge ? "xlsx.too_large" : "xlsx.not_a_workbook")
        } catch is XMLEvents.Failure {
            stop("xlsx.damaged")
        }
    }

    private mutating func stop(_ key: String, _ arguments: [String: Message.Argument] = [:]) {
        isBroken = true
        problems.add("", key, arguments)
    }
}
