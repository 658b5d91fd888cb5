public import Storage

/// How an import of people ended.
public struct PersonImportReport: ImportReport {
    public let file: String
    /// SHA-256 of the file, in hexadecimal digits.
    public let hash: String
    /// Rows of the file, header excepted.
    public let rows: Int
    /// Rows that were put in; on a trial, that would be.
    public internal(set) var taken = 0
    /// New people, rights and links among them.
    public internal(set) var people = 0
    public internal(set) var grants = 0
    /// The links of those who are invited: shown once.
    public internal(set) var links: [PersonImportLink] = []
    public internal(set) var problems: ProblemList
    public let isTrial: Bool
}

/// A link for somebody who was imported.
public struct PersonImportLink: Sendable, Equatable {
    public let name: String
    public let title: String
    /// Below the address of the site.
    public let path: String
}

/// Second half of an import: a file that has been read goes into the registry, whole or not at all.
///
/// One transaction checks every row, writes people, offices, rights and links, and records one event. With
/// ``PersonImportOptions/takesGoodRows`` the good rows go in.
public struct PersonImport: Sendable {
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

    /// Problems of the file are in the report; nothing is written when it has any, unless the options say so. Throws
    /// ``AppError/forbidden(_:)`` when the viewer administers nothing.
    public func run(
        _ file: PersonImportFile, _ options: PersonImportOptions, into database: Database
    ) async throws -> PersonImportReport {
        guard viewer.has(.administrator) else { throw AppError.forbidden(Message("person-import.forbidden")) }
        guard Invitation.days.contains(options.days) else {
            throw AppError.invalid([
                Problem(
                    "days", "field.integer",
                    ["from": .number(Invitation.days.lowerBound), "to": .number(Invitation.days.upperBound)])
            ])
        }
        // Made before the transaction, which may run twice; one for each row that could need it.
        let secrets = file.rows.count { $0.isInvited && $0.bad.isEmpty }
        let keys = (0..<secrets).map { _ in Secret.new(prefix: Invitation.prefix) }
        if options.isTrial { return try await database.read { tx in try put(file, options, keys, tx) } }
        return try await database.write { tx in try put(file, options, keys, tx) }
    }

    /// Within somebody else's transaction: the demonstration's.
    func put(
        _ file: PersonImportFile, _ options: PersonImportOptions, _ keys: [Secret], _ tx: Transaction
    ) throws -> PersonImportReport {
        progress?(ImportProgress(.checking, done: 0, total: file.rows.count))
        let plan = try PersonImportPlan(file, tx: tx, viewer: viewer, today: today)
        progress?(ImportProgress(.checking, done: file.rows.count, total: file.rows.count))
        var report = PersonImportReport(
            file: file.name, hash: file.hash, rows: file.count, problems: plan.problems, isTrial: options.isTrial)
        if !plan.problems.isEmpty, !options.takesGoodRows { return report }
        report.taken = plan.seats.count
        report.people = Set(plan.seats.map(\.holder)).count { if case .new = $0 { true } else { false } }
        report.grants = plan.seats.count { file.rows[$0.place].role != nil }
        if !options.isTrial, report.taken > 0 {
            let writing = PersonImportWriting(tx: tx, viewer: viewer, today: today, now: now, progress: progress)
            report.links = try writing.write(plan, keys, days: options.days)
            try writing.record(report)
        }
        return report
    }
}
