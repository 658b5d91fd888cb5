/// A piece of work: one unit leads it, one person does it, another answers for it, and its products have a criterion.
public struct TaskItem: Sendable, Equatable {
    public let id: ID<TaskItem>
    public let uid: UID
    public var title: String
    public var description: String
    public var leadUnit: ID<OrgUnit>
    /// Of the office that gave it: verification belongs to this unit or to one above it.
    public var assigningUnit: ID<OrgUnit>
    /// Who does it, by the office of the assignment that is in force.
    public var performer: ID<Office>?
    /// Who answers for it.
    public var leader: ID<Office>?
    /// Who decides what the lead unit may not decide.
    public var authority: ID<Office>?
    /// The document that it comes from, and where in it.
    public var document: ID<Document>?
    public var paragraph: String
    public var parent: ID<TaskItem>?
    public var priority: Priority
    /// One of those that the head looks at.
    public var isKey: Bool
    /// Codes of ``WorkField``; empty when none is chosen.
    public var pillar: String
    public var group: String
    /// One that a committee has of its own.
    public var field: ID<WorkField>?
    public var secrecy: Secrecy
    /// Nil as long as nobody has said anything of one, which only a draft may be.
    public var deadline: Deadline?
    /// Last day as it was first issued; ``Day/never`` before and without one.
    public var originalDue: Day
    /// ``Day/never`` as long as nobody has said from when.
    public var start: Day
    /// Share of the parent's progress, a whole number.
    public var weight: Int
    public var workflow: TaskWorkflow
    /// What the lead unit says, 0 to 100.
    public var percent: Int
    public var declaredOn: Day?
    /// Something stands behind the last declaration that can be looked at.
    public var hasEvidence: Bool
    /// How often the deadline was moved.
    public var extensions: Int
    public var updatedAt: Instant
    /// Counts every change, for `If-Match`.
    public var version: Int

    public enum Priority: String, Sendable, CaseIterable {
        case normal, high, urgent
    }

    public var subject: Subject { Subject(.task, id: id.value, uid: uid) }
    public var due: Day { deadline?.due ?? .never }

    /// What the schedule is computed from. A task without a first day began when it was issued: its span is unknown.
    public var times: TaskTimes {
        TaskTimes(
            due: due, originalDue: originalDue, start: start == .never ? due : start, workflow: workflow,
            percent: percent, declaredOn: declaredOn, hasEvidence: hasEvidence)
    }

    public func status(on today: Day, rules: CommitteeRules = .standard) -> TaskStatus {
        TaskStatus(times, today: today, rules: rules)
    }
}

/// What a task delivers, and by what it is seen that this is what was wanted.
public struct TaskProduct: Sendable, Equatable {
    public var name: String
    public var kind: Kind?
    public var criterion: String

    public enum Kind: String, Sendable, CaseIterable {
        case document, report, system, dataset, service, training, event, facility, unlisted
    }

    public init(name: String, kind: Kind?, criterion: String) {
        self.name = name
        self.kind = kind
        self.criterion = criterion
    }

    /// Of one task.
    static let limit = 10
}
