import Storage

/// A field of work that a member can be put in charge of: a group of tasks, a pillar, or one of a committee's own.
public struct WorkField: Sendable, Equatable {
    public let id: ID<WorkField>
    public let uid: UID
    public let family: Family
    /// Short, unique among the common ones: `group-3`, `digital-society`.
    public let code: String
    /// In Vietnamese.
    public let name: String
    public let english: String

    public enum Family: String, Sendable, CaseIterable {
        /// The groups of tasks and solutions of the resolution.
        case group
        /// The pillars of the programme.
        case pillar
        /// Of one committee, known to whoever knows the committee.
        case own
    }

    public func name(in language: Language) -> String {
        language == .english && !english.isEmpty ? english : name
    }
}

/// One thing that a member is in charge of, by a notice, for a time.
public struct PortfolioLine: Sendable, Equatable {
    public let uid: UID
    public let seat: ID<Seat>
    public let charge: Charge
    public let notice: String
    public let from: Day
    public let to: Day

    public enum Charge: Sendable, Hashable {
        case field(ID<WorkField>)
        case locality(ID<OrgUnit>)
        case task(ID<TaskItem>)
    }
}
