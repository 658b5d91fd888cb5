public import Storage

/// How a file of tasks is to be taken.
public struct TaskImportOptions: Sendable, Equatable {
    /// Takes the valid rows; otherwise one bad row refuses the file.
    public var takesGoodRows: Bool
    /// Issues those that the gate finds clear; the others stay drafts.
    public var issuesClear: Bool
    /// Checks everything, changes nothing.
    public var isTrial: Bool

    public init(takesGoodRows: Bool = false, issuesClear: Bool = false, isTrial: Bool = false) {
        self.takesGoodRows = takesGoodRows
        self.issuesClear = issuesClear
        self.isTrial = isTrial
    }
}

/// How an import of tasks ended.
public struct TaskImportReport: ImportReport {
    public let file: String
    /// SHA-256 of the file, in hexadecimal digits.
    public let hash: String
    /// Rows of the file, header excepted.
    public let rows: Int
    /// Rows that can be taken, also where a bad one refuses the file.
    public var good = 0
    /// Rows that became tasks; on a trial, that would.
    public var taken = 0
    /// Those of them that the gate finds clear.
    public var clear = 0
    public var issued = 0
    /// The first of them, for a page.
    public var lines: [Line] = []
    public var problems: ProblemList
    /// What can be taken all the same, and may be a slip of the hand.
    public var warnings = ProblemList()
    public let isTrial: Bool
    /// Under which the tasks are found again; nil when nothing was written.
    public var uid: UID?
    /// When the same file was taken before, by the same unit.
    public var earlier: Instant?

    /// A task as the trial shows it.
    public struct Line: Sendable {
        public let line: Int
        public let title: String
        public let leadUnit: String
        public let deadline: Deadline?
        public let missing: [ClarityPoint]
    }

    static let shown = 100
}

/// Second half of an import: a file that has been read becomes tasks, whole or not at all.
///
/// One transaction checks every row by the rules of the form, makes the drafts, and records one event with a link to
/// them. Issuing is an act of each task.
public struct TaskImport: Sendable {
    let viewer: Viewer
    let today: Day
    let now: Instant
    /// The unit that gives the tasks; nil: the viewer's own.
    let assigning: UID?
    let progress: ImportProgress.Callback?

    public init(
        viewer: Viewer, today: Day, now: Instant, assigning: UID? = nil, progress: ImportProgress.Callback? = nil
    ) {
        self.viewer = viewer
        self.today = today
        self.now = now
        self.assigning = assigning
        self.progress = progress
    }

    /// Problems of the file are in the report; nothing is written when it has any, unless the options say so. Throws
    /// ``AppError/forbidden(_:)`` when the viewer directs nothing. `kept`: the upload that is confirmed.
    public func run(
        _ file: TaskImportFile, _ options: TaskImportOptions, kept: UID? = nil, into database: Database
    ) async throws -> TaskImportReport {
        if options.isTrial { return try await database.read { tx in try put(file, options, kept, tx) } }
        return try await database.write { tx in try put(file, options, kept, tx) }
    }

    func put(
        _ file: TaskImportFile, _ options: TaskImportOptions, _ kept: UID?, _ tx: Transaction
    ) throws -> TaskImportReport {
        let store = TaskStore(tx: tx, viewer: viewer, today: today)
        try store.requireMayCreateSomewhere()
        let kept = try kept.map { try store.keptImport($0, at: now).waiting }
        let assigning = try unit(store)
        progress?(ImportProgress(.checking, done: 0, total: file.count))
        let plan = try TaskImportPlan(file, store, assigning: assigning)
        progress?(ImportProgress(.checking, done: file.count, total: file.count))
        var report = report(plan, options)
        report.earlier = try store.earlierImport(of: file.hash, by: assigning)
        guard plan.problems.isEmpty || options.takesGoodRows else { return report }
        report.taken = report.good
        guard !options.isTrial, report.taken > 0 else { return report }
        let writing = TaskImportWriting(store: store, assigning: assigning, now: now, progress: progress)
        try writing.write(plan, options, kept: kept?.id, &report)
        return report
    }

    private func unit(_ store: TaskStore) throws -> ID<OrgUnit> {
        if viewer.isSystem, let assigning { return try store.units.find(assigning).unit.id }
        guard let own = try store.ownUnits().last else { throw AppError.forbidden(Message("task.error.no_office")) }
        return own
    }

    private func report(_ plan: TaskImportPlan, _ options: TaskImportOptions) -> TaskImportReport {
        let file = plan.file
        var report = TaskImportReport(
            file: file.name, hash: file.hash, rows: file.count, problems: plan.problems, isTrial: options.isTrial)
        report.warnings = plan.warnings
        report.good = plan.items.count
        report.clear = plan.items.count { $0.missing.isEmpty }
        report.lines = plan.items.sorted { $0.place < $1.place }.prefix(TaskImportReport.shown).map { item in
            TaskImportReport.Line(
                line: file.rows[item.place].line, title: item.draft.title, leadUnit: item.leadUnit,
                deadline: item.draft.deadline, missing: item.missing)
        }
        return report
    }
}
