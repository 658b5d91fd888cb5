import Storage

/// One act on many tasks: the same rules as for one, told for each of them before and after.
public struct TaskBulkAct: Sendable, Equatable {
    public var act: TaskWorkflow.Act
    public var report: TaskReport
    public var tasks: [Chosen]
    /// All or none; otherwise those that can.
    public var isWhole: Bool

    /// A task, as it was when it was chosen.
    public struct Chosen: Sendable, Hashable {
        public let uid: UID
        public let version: Int

        public init(uid: UID, version: Int) {
            self.uid = uid
            self.version = version
        }
    }

    public init(_ act: TaskWorkflow.Act, _ tasks: [Chosen], report: TaskReport = TaskReport(), isWhole: Bool = true) {
        self.act = act
        self.tasks = tasks
        self.report = report
        self.isWhole = isWhole
    }

    /// Those that mean the same for many: what is reported of one task is not said of others.
    public static let acts: [TaskWorkflow.Act] = [
        .issue, .accept, .refuse, .verify, .return, .close, .pause, .resume, .cancel, .reopen,
    ]
}

/// What comes, or would come, of an act for one of many tasks.
public struct TaskBulkRow: Sendable {
    public let chosen: TaskBulkAct.Chosen
    /// Nil when the viewer knows of no such task.
    public let row: TaskRow?
    /// Why it is not done; empty when it is.
    public let refusals: [Problem]
}

extension TaskStore {
    /// Tasks as they are now. One that is unknown is told as ``AppError/notFound``.
    public func chosen(_ uids: [UID]) throws -> [TaskBulkAct.Chosen] {
        try uids.map { TaskBulkAct.Chosen(uid: $0, version: try find($0).task.version) }
    }

    /// What would come of the act, in the order in which they were chosen. Nothing is written.
    public func preview(_ bulk: TaskBulkAct) throws -> [TaskBulkRow] {
        try requireFew(bulk)
        var done: Set<ID<TaskItem>> = []
        var rows: [UID: TaskBulkRow] = [:]
        for chosen in try ordered(bulk) {
            let row = try ifKnown(find(chosen.uid))
            let refusals = try refusals { try requireReady(bulk.act, chosen, after: done) }
            if let row, refusals.isEmpty { done.insert(row.task.id) }
            rows[chosen.uid] = TaskBulkRow(chosen: chosen, row: row, refusals: refusals)
        }
        return bulk.tasks.compactMap { rows[$0.uid] }
    }

    /// Does the act to each task, by the rules of one, parts and wholes in the order in which it can be done; records it
    /// once for all besides. With ``TaskBulkAct/isWhole`` the first that cannot be done takes the others with it.
    public func perform(_ bulk: TaskBulkAct, at now: Instant) throws -> (done: [TaskRow], refused: [TaskBulkRow]) {
        try requireFew(bulk)
        if bulk.act.needsReason, bulk.report.text.isEmpty {
            throw AppError.invalid([Problem("text", "task.error.reason_missing")])
        }
        var done: [TaskRow] = []
        var refused: [TaskBulkRow] = []
        for chosen in try ordered(bulk) {
            let problems = try refusals {
                done.append(
                    try tx.savepoint {
                        try act(bulk.act, chosen.uid, bulk.report, seen: chosen.version, at: now)
                    })
            }
            guard !problems.isEmpty else { continue }
            refused.append(TaskBulkRow(chosen: chosen, row: try ifKnown(find(chosen.uid)), refusals: problems))
        }
        let places = Dictionary(bulk.tasks.enumerated().map { ($1.uid, $0) }) { first, _ in first }
        done.sort { places[$0.uid, default: 0] < places[$1.uid, default: 0] }
        refused.sort { places[$0.chosen.uid, default: 0] < places[$1.chosen.uid, default: 0] }
        if bulk.isWhole { try requireAll(bulk, refused) }
        if !done.isEmpty { try record(bulk, done, refused, at: now) }
        return (try warned(done), refused)
    }

    private func record(
        _ bulk: TaskBulkAct, _ done: [TaskRow], _ refused: [TaskBulkRow], at now: Instant
    ) throws {
        // Everybody of the unit reads this event, not everybody may know of these tasks: the reason stands with each task.
        try recordBulk(
            .bulk, unit: viewer.office?.unit, tasks: done.map(\.task.id),
            after: ["act": bulk.act.rawValue, "refused": refused.isEmpty ? "" : String(refused.count)], at: now)
    }

    private func requireFew(_ bulk: TaskBulkAct) throws {
        if bulk.tasks.isEmpty { throw AppError.invalid([Problem("tasks", "task.bulk.error.nothing")]) }
        if bulk.tasks.count > TaskBulk.limit {
            throw AppError.invalid([
                Problem(
                    "tasks", "field.too_many", ["max": .number(TaskBulk.limit), "count": .number(bulk.tasks.count)])
            ])
        }
        if Set(bulk.tasks.map(\.uid)).count < bulk.tasks.count {
            throw AppError.invalid([Problem("tasks", "task.bulk.error.doubled")])
        }
        if !TaskBulkAct.acts.contains(bulk.act) {
            throw AppError.invalid([Problem("act", "field.choice", ["typed": .text(bulk.act.rawValue)])])
        }
    }

    /// `done`: the same act would have been done to these before.
    private func requireReady(
        _ act: TaskWorkflow.Act, _ chosen: TaskBulkAct.Chosen, after done: Set<ID<TaskItem>>
    ) throws {
        let row = try find(chosen.uid, may: act)
        try Overtaken.check(chosen.version, against: row.task.version, of: row.task.subject, "task.error.stale")
        try requirePossible(act, row, after: done)
        var found = Validation()
        _ = try renewed(TaskRenewal(), by: act, row, &found)
        try found.check()
    }

    /// Each problem names its task by its place in the list.
    private func requireAll(_ bulk: TaskBulkAct, _ refused: [TaskBulkRow]) throws {
        let problems = refused.flatMap { row in
            row.refusals.map { problem in
                let place = bulk.tasks.firstIndex(of: row.chosen) ?? 0
                return Problem("tasks.\(place)", problem.message)
            }
        }
        if !problems.isEmpty { throw AppError.invalid(problems) }
    }

    /// Why something is refused, told rather than thrown. Other errors go on.
    private func refusals(_ body: () throws -> Void) throws -> [Problem] {
        do {
            try body()
            return []
        } catch let error as AppError {
            switch error {
            case .invalid(let problems): return problems
            case .conflict(let message), .forbidden(let message): return [Problem("", message)]
            // It was chosen from a list, in which it can be chosen again as it is now.
            case .stale: return [Problem("", "task.bulk.error.changed")]
            case .notFound: return [Problem("", "task.bulk.error.unknown")]
            default: throw error
            }
        }
    }
}
