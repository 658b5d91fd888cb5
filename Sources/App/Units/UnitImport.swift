public import Storage

/// Second half of an import: a file that has been read goes into the registry, whole or not at all.
///
/// One transaction checks every row, writes the units, rebuilds the map and records one event. With
/// ``UnitImportOptions/takesGoodRows`` the good rows go in, less those that stand below a bad one.
public struct UnitImport: Sendable {
    let viewer: Viewer
    let today: Day
    let now: Instant
    let progress: ImportProgress.Callback?

    public init(viewer: Viewer, today: Day, now: Instant, progress: ImportProgress.Callback? = nil) {
        self.viewer = viewer
        self.today = today
        self.now = now
        self.progress = progress
    }

    /// Imports one file. Problems of the file are in the report; nothing is written when it has any, unless the
    /// options say so. Throws ``AppError/forbidden(_:)`` when the viewer administers nothing.
    public func run(
        _ file: UnitImportFile, _ options: UnitImportOptions, into database: Database
    ) async throws -> UnitImportReport {
        try await run([(file, options)], into: database).first ?? report(of: file, options)
    }

    /// Imports several files in one transaction, in order; a later one may name units of an earlier one as parents.
    /// When a file is refused, the ones after it are not tried and nothing of any is written.
    public func run(
        _ files: [(UnitImportFile, UnitImportOptions)], into database: Database
    ) async throws -> [UnitImportReport] {
        guard viewer.has(.administrator) else { throw AppError.forbidden(Message("unit-import.forbidden")) }
        do {
            if files.allSatisfy({ $0.1.isTrial }) { return try await database.read { tx in try put(files, tx) } }
            let reports = try await database.write { tx in try put(files, tx) }
            try await database.analyze()
            return reports
        } catch let refusal as Refusal {
            return refusal.reports
        }
    }

    /// Rolls the transaction back and carries the reports out.
    private struct Refusal: Error { let reports: [UnitImportReport] }

    private func put(_ files: [(UnitImportFile, UnitImportOptions)], _ tx: Transaction) throws -> [UnitImportReport] {
        var reports: [UnitImportReport] = []
        for (file, options) in files {
            let report = try put(file, options, tx)
            reports.append(report)
            if report.isRefused(options) { throw Refusal(reports: reports.map(\.undone)) }
        }
        if reports.contains(where: { $0.taken > 0 && !$0.isTrial }) {
            let total = reports.reduce(0) { $0 + $1.taken }
            progress?(ImportProgress(.mapping, done: 0, total: total))
            try UnitMap(tx: tx).renew(today: today)
            progress?(ImportProgress(.mapping, done: total, total: total))
        }
        return reports
    }

    private func put(
        _ file: UnitImportFile, _ options: UnitImportOptions, _ tx: Transaction
    ) throws -> UnitImportReport {
        progress?(ImportProgress(.checking, done: 0, total: file.rows.count))
        let plan = try UnitImportPlan(file, options, tx: tx, viewer: viewer)
        progress?(ImportProgress(.checking, done: file.rows.count, total: file.rows.count))
        var report = report(of: file, options)
        report.problems = plan.problems
        report.dependents = plan.dependents
        report.known = plan.knownRoots.count
        guard !report.isRefused(options) else { return report }
        report.taken = plan.taken.count
        for place in plan.taken { report.counts[file.rows[place].kind, default: 0] += 1 }
        if !options.isTrial, report.taken > 0 {
            try UnitImportWriting(tx: tx, viewer: viewer, now: now, progress: progress).write(plan, report)
        }
        return report
    }

    private func report(of file: UnitImportFile, _ options: UnitImportOptions) -> UnitImportReport {
        UnitImportReport(
            file: file.name, hash: file.hash, separator: file.separator, rows: file.count, problems: file.problems,
            isTrial: options.isTrial)
    }
}

extension UnitImportReport {
    /// Something is wrong and the bad rows were not to be left out.
    fileprivate func isRefused(_ options: UnitImportOptions) -> Bool {
        !problems.isEmpty && !options.takesGoodRows
    }

    /// The same report of a file that was taken, after a later one was refused.
    fileprivate var undone: UnitImportReport {
        var report = self
        report.taken = 0
        report.counts = [:]
        return report
    }
}
