import Storage

/// What may be done to a task, by the name that the command line gives it: the acts of its life first.
public enum TaskAct: String, TypedAct {
    case issue, accept, refuse, progress, declare, verify, `return`, close, pause, resume, cancel, reopen
    case askExtension = "ask-extension"
    case decideExtension = "decide-extension"
    case assignPerformer = "assign-performer"
    case assignLeader = "assign-leader"
    case breakDown = "break-down"
    case change, discard

    public var operation: APIOperation {
        switch self {
        case .askExtension: TaskOperations.askExtension
        case .decideExtension: TaskOperations.decideExtension
        case .assignPerformer: TaskOperations.reassign(.performer)
        case .assignLeader: TaskOperations.reassign(.leader)
        case .breakDown: TaskBulkOperations.breakDown
        case .change: TaskOperations.change
        default: life.map(TaskOperations.act) ?? TaskOperations.discard
        }
    }

    /// Without it the request is meant that waits for a decision.
    public var parts: [APIMember] { self == .decideExtension ? [("extension", .uid, false)] : [] }

    public var isPartial: Bool { self == .change }

    /// Nil of what is done beside a task's life.
    public var life: TaskWorkflow.Act? { TaskWorkflow.Act(rawValue: rawValue) }

    /// Where in the body it stands why, or what was done.
    public var reasonMember: String { members.contains { $0.name == "reason" } ? "reason" : "text" }
}

/// Acts on a task as they are typed on the command line, for whoever has the data folder.
extension TaskStore {
    /// Returns the task and what has come of the act: its state, of a request its uid, of a breakdown how many parts and
    /// the uid of the act that made them.
    @discardableResult
    public func act(
        _ act: TaskAct, _ uid: UID, typed body: TypedBody, files: [KeptFile] = [], at now: Instant
    ) throws -> [String] {
        switch act {
        case .change:
            var form = TaskForm(try body.fields(act.members, over: try standing(uid)), store: self)
            return told(try change(uid, try form.draft(), seen: nil, at: now))
        case .discard:
            _ = try body.fields(act.members)
            try discard(uid, seen: nil, at: now)
            return [uid.text, "discarded"]
        case .askExtension, .decideExtension: return try extend(act, uid, body, at: now)
        case .assignPerformer, .assignLeader:
            var form = TaskForm(try body.fields(act.members), store: self)
            let part: TaskPart = act == .assignLeader ? .leader : .performer
            let asked = form.reassignment()
            return told(try reassign(part, uid, asked, found: form.fields.problems, seen: nil, at: now))
        case .breakDown:
            let said = TaskBreakdownForm.weighed(try body.fields(act.members))
            var form = TaskBreakdownForm(said, over: Fields(raw: try standing(uid)), store: self)
            let made = try breakDown(uid, try form.breakdown(), seen: nil, at: now)
            return [uid.text, String(made.made.count), made.bulk.uid.text]
        default:
            guard let life = act.life else { throw AppError.notFound }
            var form = TaskForm(try body.fields(act.members), store: self)
            var report = form.report(life)
            report.files = files
            return told(try self.act(life, uid, report, found: form.fields.problems, seen: nil, at: now))
        }
    }

    private func extend(_ act: TaskAct, _ uid: UID, _ body: TypedBody, at now: Instant) throws -> [String] {
        var fields = try body.fields(act.members)
        let chosen = fields.uid("extension", required: false)
        var form = TaskForm(fields, store: self)
        if act == .askExtension {
            let asked = form.extensionAsked()
            let row = try askExtension(
                uid, to: asked.to, reason: asked.reason, found: form.fields.problems, seen: nil, at: now)
            return told(row) + [try waiting(uid)?.text ?? ""]
        }
        let decided = try form.extensionDecided()
        guard let extended = try chosen ?? waiting(uid) else {
            throw AppError.invalid([Problem("extension", "task.error.extension_none")])
        }
        return told(
            try decideExtension(extended, of: uid, decided.decision, answer: decided.answer, seen: nil, at: now))
    }

    private func waiting(_ uid: UID) throws -> UID? {
        try tx.ask(extensions(of: find(uid).task.id)).first { $0.decision == nil }?.uid
    }

    /// What the form of the task would be filled with.
    private func standing(_ uid: UID) throws -> [String: String] {
        try TaskForm.fields(of: detail(uid), self, day: \.text).raw
    }

    private func told(_ row: TaskRow) -> [String] { [row.uid.text, row.task.workflow.state.rawValue] }
}
