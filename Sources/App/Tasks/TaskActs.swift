import Storage

/// What is said with an act: why, how far, and what can be looked at.
public struct TaskReport: Sendable, Equatable {
    public var text: String
    /// Of progress; nil of other acts.
    public var percent: Int?
    public var evidence: TaskEvidence?
    /// What can be looked at here.
    public var files: [KeptFile]
    /// Of a declaration: what was shown before the task was returned is shown once more.
    public var resubmits: Bool
    /// Of what goes on after it had stopped.
    public var renewal: TaskRenewal

    public init(
        text: String = "", percent: Int? = nil, evidence: TaskEvidence? = nil, files: [KeptFile] = [],
        resubmits: Bool = false, renewal: TaskRenewal = TaskRenewal()
    ) {
        self.text = text
        self.percent = percent
        self.evidence = evidence
        self.files = files
        self.resubmits = resubmits
        self.renewal = renewal
    }
}

/// Where the result can be looked at.
public struct TaskEvidence: Sendable, Equatable {
    public var name: String
    /// `https://…`.
    public var url: String

    public init(name: String, url: String) {
        self.name = name
        self.url = url
    }
}

/// The life of a task after it was issued: each act one transaction with its report and its event.
extension TaskStore {
    /// `found`: what could not be read of the form, told together with what is wrong with the rest.
    @discardableResult
    public func act(
        _ act: TaskWorkflow.Act, _ uid: UID, _ report: TaskReport, found: Validation = Validation(), seen: Int?,
        at now: Instant
    ) throws -> TaskRow {
        if act == .issue, found.isEmpty { return try issue(uid, seen: seen, at: now) }
        let row = try find(uid, may: act)
        guard let next = row.task.workflow.next(act) else { throw AppError.notFound }
        let renewed = try check(report, of: act, row, found)
        try bump(row, seen: seen, at: now)
        let percent = try percent(after: act, report, row.task)
        let closed = next.state.isClosed ? 1 : 0
        try tx.run(
            """
            UPDATE task SET state = \(next.state.rawValue), state_before = \(next.before?.rawValue ?? ""),
            closed = \(closed), percent = \(percent) WHERE id = \(row.task.id)
            """)
        try write(report, act, percent, of: row.task, at: now)
        try remember(act, report, of: row.task)
        try renew(row.task, renewed, reason: report.text, at: now)
        let withdrawn = try withdrawExtension(of: row.task, by: next, renewed.deadline, at: now)
        try follow(row.task, next, isRenewed: !renewed.isEmpty, now)
        try TaskTally(tx: tx).count(act, of: [row.task.id], on: today)
        let after = try made(row.task.id)
        let (old, new) = renewed.isEmpty ? ([:], [:]) : try difference(row.task, after.task)
        let said = fields(report, percent, act, next).merging(new) { said, _ in said }.merging(withdrawn) { $1 }
        let replaced = replaced(row.task, after.task)
        try record(act.verb, after.task, before: old, after: said, replaced: replaced, at: now)
        return after
    }

    /// Whoever declares says that all is done. What is returned or opened again stands where it was last reported.
    private func percent(after act: TaskWorkflow.Act, _ report: TaskReport, _ task: TaskItem) throws -> Int {
        switch act {
        case .declare: return 100
        case .return, .reopen:
            let last = try tx.first(
                """
                SELECT percent FROM task_report WHERE task_id = \(task.id) AND act = 'progress'
                ORDER BY id DESC LIMIT 1
                """)
            return try last?.int(0) ?? 0
        default: return report.percent ?? task.percent
        }
    }

    /// Reports are kept; what was declared is gone when it is returned or the task is opened again.
    private func remember(_ act: TaskWorkflow.Act, _ report: TaskReport, of task: TaskItem) throws {
        switch act {
        case .declare:
            let hasEvidence = try hasEvidence(task.id, report)
            try tx.run(
                """
                UPDATE task SET declared_on = \(today), declared_by = \(viewer.personID?.value ?? 0),
                has_evidence = \(hasEvidence) WHERE id = \(task.id)
                """)
        case .return, .reopen:
            try tx.run("UPDATE task SET declared_on = \(Day.never), declared_by = 0 WHERE id = \(task.id)")
        default: break
        }
    }

    private func write(
        _ report: TaskReport, _ act: TaskWorkflow.Act, _ percent: Int, of task: TaskItem, at now: Instant
    ) throws {
        let row = try tx.first(
            """
            INSERT INTO task_report
                (uid, task_id, act, at, day, actor, text, percent, evidence_name, evidence_url, resubmits)
            VALUES (\(UID.new(at: now)), \(task.id), \(act.rawValue), \(now), \(today), \(actor), \(report.text),
                \(percent), \(report.evidence?.name ?? ""), \(report.evidence?.url ?? ""), \(report.resubmits))
            RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new report has no id") }
        try lay(report.files, of: task, report: try row.int64(0), at: now)
    }

    /// The office that acts, which everybody who knows of the task may know.
    var actor: String { viewer.office.map { "\($0.title), \($0.unitName)" } ?? viewer.name }

    private func follow(_ task: TaskItem, _ next: TaskWorkflow, isRenewed: Bool, _ now: Instant) throws {
        let map = TaskMap(tx: tx)
        if !isRenewed, next.state.isClosed == task.workflow.isClosed {
            if next.state != task.workflow.state { try map.restate(task.id, next.state) }
            try map.touch(task.id, at: now)
        } else {
            try map.refresh([task.id.value])
        }
    }

    // MARK: - Checks

    private func check(
        _ report: TaskReport, of act: TaskWorkflow.Act, _ row: TaskRow, _ unread: Validation
    ) throws -> Renewed {
        var (all, found) = (unread, Validation())
        if act.needsReason, report.text.isEmpty { found.add("text", "task.error.reason_missing") }
        if act == .progress {
            if report.percent == nil { found.add("percent", "field.missing") }
            if report.text.isEmpty { found.add("text", "field.missing") }
        }
        if let percent = report.percent, !TaskProgress.range.contains(percent) {
            found.add("percent", "field.integer", ["from": .number(0), "to": .number(100)])
        }
        if let evidence = report.evidence, !evidence.url.hasPrefix("https://"), !evidence.url.hasPrefix("http://") {
            found.add("evidence_url", "task.error.evidence_url")
        }
        if report.resubmits, try act != .declare || !hasEarlierEvidence(row.task.id) {
            found.add("resubmits", "task.error.nothing_to_resubmit")
        }
        let renewed = try renewed(report.renewal, by: act, row, &found)
        all.join(found)
        try all.check()
        try requirePossible(act, row)
        return renewed
    }

    /// What must be so before the act, whatever is said with it. `done`: the same act would have been done to these
    /// before, as a preview takes it.
    func requirePossible(_ act: TaskWorkflow.Act, _ row: TaskRow, after done: Set<ID<TaskItem>> = []) throws {
        switch act {
        case .issue:
            try requireOpenParent(row.task, "task.error.issue_parent_closed", after: done)
            let clarity = try clarity(of: row)
            if !clarity.isClear { throw AppError.invalid(clarity.problems) }
        case .reopen: try requireOpenParent(row.task, "task.error.reopen_parent_closed", after: done)
        case .verify where !row.task.hasEvidence: throw AppError.conflict(Message("task.error.no_evidence"))
        case .close, .verify, .cancel: try requireClosedChildren(row.task, after: done)
        default: break
        }
    }

    private func requireClosedChildren(_ task: TaskItem, after done: Set<ID<TaskItem>>) throws {
        let others: SQL = done.isEmpty ? "" : " AND id NOT IN (\(list: done.sorted { $0.value < $1.value }))"
        let open =
            try tx.first("SELECT COUNT(*) FROM task WHERE parent_id = \(task.id) AND closed <> 1\(others)")?.int(0) ?? 0
        if open > 0 { throw AppError.conflict(Message("task.error.open_children", ["count": .number(open)])) }
    }

    /// What has ended has no part that goes on: nobody would look for it there.
    private func requireOpenParent(_ task: TaskItem, _ refusal: String, after done: Set<ID<TaskItem>>) throws {
        guard let parent = task.parent, !done.contains(parent) else { return }
        let isClosed = try tx.first("SELECT 1 FROM task WHERE id = \(parent) AND closed = 1") != nil
        if isClosed { throw AppError.conflict(Message(refusal)) }
    }

    private func fields(
        _ report: TaskReport, _ percent: Int, _ act: TaskWorkflow.Act, _ next: TaskWorkflow
    ) -> [String: String] {
        var after = ["state": next.state.rawValue, "text": report.text]
        if act == .progress || act == .declare { after["percent"] = String(percent) }
        if let evidence = report.evidence { after["evidence"] = "\(evidence.name) \(evidence.url)" }
        if report.resubmits { after["resubmits"] = "1" }
        return after
    }
}

extension TaskWorkflow.Act {
    /// Whoever is told no, or that something stops, is told why.
    public var needsReason: Bool { [.refuse, .return, .pause, .cancel, .reopen].contains(self) }

    /// What the history calls it.
    var verb: Event.Verb {
        switch self {
        case .issue: .given
        case .accept: .accepted
        case .refuse: .refused
        case .progress: .progressed
        case .declare: .declared
        case .verify: .verified
        case .return: .returned
        case .close: .closed
        case .pause: .paused
        case .resume: .resumed
        case .cancel: .cancelled
        case .reopen: .reopened
        }
    }
}
