public import Storage

/// Puts a table of existing papers into the registry: whole or not at all, or the good rows alone.
///
/// One transaction registers every row by the rules of ``DocumentStore/register(_:at:)``, then makes the links, which
/// may point to rows further down, and records one event.
public struct DocumentImport: Sendable {
    let viewer: Viewer
    let today: Day
    let now: Instant

    public init(viewer: Viewer, today: Day, now: Instant) {
        self.viewer = viewer
        self.today = today
        self.now = now
    }

    public struct Options: Sendable, Equatable {
        /// Takes the good rows; otherwise one bad row refuses the file.
        public var takesGoodRows: Bool
        /// Checks everything, changes nothing.
        public var isTrial: Bool

        public init(takesGoodRows: Bool = false, isTrial: Bool = false) {
            self.takesGoodRows = takesGoodRows
            self.isTrial = isTrial
        }
    }

    /// How an import ended.
    public struct Report: ImportReport, Equatable {
        public var file: String
        /// SHA-256 of the file, in hexadecimal digits.
        public var hash: String
        public var rows: Int
        /// Rows that were put in; on a trial, that would be.
        public var taken = 0
        public var links = 0
        public var counts: [DocumentType: Int] = [:]
        public var problems: ProblemList
        public var isTrial: Bool
    }

    /// Problems of the file are in the report; nothing is written when it has any, unless the options say so. Throws
    /// ``AppError/forbidden(_:)`` when the viewer keeps no documents at all.
    public func run(_ file: DocumentImportFile, _ options: Options, into database: Database) async throws -> Report {
        try requireMayImport()
        do {
            return try await database.write { tx in
                try DocumentStore.queue(tx)
                let report = try put(file, options, tx)
                if options.isTrial || report.isRefused(options) { throw Undone(report: report) }
                return report
            }
        } catch let undone as Undone {
            return undone.report
        }
    }

    /// Throws ``AppError/forbidden(_:)`` for whoever keeps no documents at all.
    func requireMayImport() throws(AppError) {
        guard viewer.mayImportDocuments else { throw .forbidden(Message("document.error.forbidden")) }
    }

    /// Rolls the transaction back and carries the report out.
    private struct Undone: Error { let report: Report }
    /// Rolls back to where the rows began: some must be left out, others may have rested on them.
    private struct Again: Error {
        let problems: ProblemList
        let bad: Set<Int>
    }

    /// Within somebody else's transaction, which is rolled back for a trial and when nothing is taken.
    func put(_ file: DocumentImportFile, _ options: Options, _ tx: Transaction) throws -> Report {
        var report = Report(
            file: file.name, hash: file.hash, rows: file.count, problems: file.problems, isTrial: options.isTrial)
        guard file.isReadable, file.problems.isEmpty || options.takesGoodRows else { return report }
        let store = DocumentStore(tx: tx, viewer: viewer, today: today)
        var refused: Set<Int> = []
        var problems = ProblemList()
        while true {
            do {
                let attempt = try tx.savepoint {
                    var attempt = DocumentImportAttempt(store: store, now: now)
                    try attempt.run(file.lines.filter { !refused.contains($0.line) })
                    if !attempt.bad.isEmpty { throw Again(problems: attempt.problems, bad: attempt.bad) }
                    return attempt
                }
                report.problems = file.problems.merging(problems)
                guard !report.isRefused(options) else { return report }
                (report.taken, report.links, report.counts) = (attempt.made.count, attempt.links, attempt.counts)
                if report.taken > 0 { try record(file, report, attempt, tx) }
                if report.links > 0 { for entry in attempt.made { try store.follow(entry.document.id, at: now) } }
                return report
            } catch let again as Again {
                problems = problems.merging(again.problems)
                refused.formUnion(again.bad)
                // Without leaving rows out, what is wrong is known now.
                guard options.takesGoodRows else {
                    report.problems = file.problems.merging(problems)
                    return report
                }
            }
        }
    }

    private func record(
        _ file: DocumentImportFile, _ report: Report, _ attempt: DocumentImportAttempt, _ tx: Transaction
    ) throws {
        var after = ["file": file.name, "sha256": file.hash, "rows": String(report.taken)]
        if report.problems.count > 0 { after["refused"] = String(report.rows - report.taken) }
        for (type, count) in report.counts { after[type.rawValue] = String(count) }
        let origin = try Installation.origin(tx)
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                .imported, Subject(.installation, id: 0, uid: origin),
                unit: attempt.issuers.count == 1 ? attempt.issuers.first : nil, after: after), at: now)
    }
}

extension Viewer {
    /// Keeps the documents of more than the own unit.
    var mayImportDocuments: Bool { has(.administrator) || has(.secretariat) }
}

extension DocumentImport.Report {
    /// Nothing of the file is taken: a row is bad, and the good ones were not asked for by themselves.
    func isRefused(_ options: DocumentImport.Options) -> Bool {
        !problems.isEmpty && !options.takesGoodRows
    }
}
