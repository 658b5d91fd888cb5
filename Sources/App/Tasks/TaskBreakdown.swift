/// What a task is broken down to: one draft for all, and for each unit who does it and who answers for it.
public struct TaskBreakdown: Sendable, Equatable {
    /// Of every part; the unit and the people in it are those of the parts.
    public var template: TaskDraft
    public var parts: [Part]
    /// Issued at once, when the gate is clear for each.
    public var isIssued: Bool
    /// Units that have a part are passed over rather than refused: of a set that a rule has found.
    public var passesOver = false

    public init(template: TaskDraft, parts: [Part], isIssued: Bool = false) {
        self.template = template
        self.parts = parts
        self.isIssued = isIssued
    }

    /// One unit's part.
    public struct Part: Sendable, Equatable {
        public var unit: UID
        public var performer: UID?
        public var leader: UID?

        public init(unit: UID, performer: UID? = nil, leader: UID? = nil) {
            self.unit = unit
            self.performer = performer
            self.leader = leader
        }
    }

    /// By what somebody of a unit is found: a right, or a word of the title.
    public enum Rule: Sendable, Equatable {
        case role(Role)
        case title(String)
    }
}

/// What was made of a task that was broken down.
public struct BrokenDownTask: Sendable, Equatable {
    public let parent: TaskRow
    public let bulk: TaskBulk
    /// In the order of the units that were asked for.
    public let made: [UID]
    /// Units that had a part already and were given none.
    public let passedOver: [UnitLink]
    public let isIssued: Bool
}

/// What a breakdown would make, before anything is written.
public struct TaskBreakdownPlan: Sendable {
    public let rows: [Row]

    public struct Row: Sendable {
        public let unit: UnitLink
        public let performer: TaskOffice?
        public let leader: TaskOffice?
        /// The part that the unit has already.
        public let present: TaskRow?
        /// Why the unit cannot be given one at all.
        public let refusal: Message?
        /// What keeps this part from being issued.
        public let missing: [Problem]

        public var isPossible: Bool { present == nil && refusal == nil }
    }

    /// What keeps every part from being issued, whatever the unit.
    public let missing: [Problem]

    public var parts: [TaskBreakdown.Part] {
        rows.filter(\.isPossible).map {
            TaskBreakdown.Part(unit: $0.unit.uid, performer: $0.performer?.uid, leader: $0.leader?.uid)
        }
    }
}
