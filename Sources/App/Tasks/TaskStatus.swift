/// What the schedule is computed from.
public struct TaskTimes: Sendable, Hashable {
    /// Last day after all extensions.
    public var due: Day
    /// Last day as it was first issued; never moved.
    public var originalDue: Day
    public var start: Day
    public var workflow: TaskWorkflow
    /// What the unit says of its progress, 0 to 100.
    public let percent: Int
    /// Of the last declaration that it is done.
    public var declaredOn: Day?
    /// At least one file or link stands behind the last declaration.
    public var hasEvidence: Bool

    /// A percent outside 0 to 100 is taken as the nearest inside.
    public init(
        due: Day, originalDue: Day, start: Day, workflow: TaskWorkflow, percent: Int = 0, declaredOn: Day? = nil,
        hasEvidence: Bool = false
    ) {
        self.due = due
        self.originalDue = originalDue
        self.start = start
        self.workflow = workflow
        self.percent = TaskProgress.clamped(percent)
        self.declaredOn = declaredOn
        self.hasEvidence = hasEvidence
    }
}

/// Three answers that stand side by side and are never mixed, and the third once more without the extensions.
public struct TaskStatus: Sendable, Hashable {
    public let declared: TaskDeclared
    public let verified: TaskVerification
    public let schedule: TaskSchedule
    /// Against the deadline that was first issued.
    public let againstOriginal: TaskSchedule

    public init(_ times: TaskTimes, today: Day, rules: CommitteeRules = .standard) {
        declared = TaskDeclared(times.workflow, percent: times.percent)
        verified = TaskVerification(times.workflow, hasEvidence: times.hasEvidence)
        schedule = TaskSchedule(times, due: times.due, today: today, rules: rules)
        againstOriginal = TaskSchedule(times, due: times.originalDue, today: today, rules: rules)
    }
}

/// What the unit says of its work.
public enum TaskDeclared: String, Sendable, CaseIterable {
    case draft
    case notStarted = "not_started"
    case refused
    case inProgress = "in_progress"
    case done, paused, cancelled

    public init(_ workflow: TaskWorkflow, percent: Int) {
        self =
            switch workflow.state {
            case .draft: .draft
            case .issued, .accepted: percent > 0 ? .inProgress : .notStarted
            case .refused: .refused
            case .inProgress, .returned: .inProgress
            case .declared, .verified, .closed: .done
            case .paused: .paused
            case .cancelled: .cancelled
            }
    }

    /// In message keys: `task.declared.…`.
    public var name: String { rawValue }
}

/// What somebody else has found of it. Only what has evidence counts as verified: no evidence, no green.
public enum TaskVerification: String, Sendable, CaseIterable {
    case unchecked = "none"
    case awaiting, returned, verified

    public init(_ workflow: TaskWorkflow, hasEvidence: Bool) {
        self =
            switch workflow.before ?? workflow.state {
            case .declared: .awaiting
            case .returned: .returned
            case .verified, .closed: hasEvidence ? .verified : .unchecked
            case .draft, .issued, .accepted, .refused, .inProgress, .paused, .cancelled: .unchecked
            }
    }

    /// In message keys: `task.verification.…`.
    public var name: String { rawValue }
}
