/// What the rule of clarity looks at: a task with what was found out about the people and units that it names.
public struct TaskFacts: Sendable, Hashable {
    public var title: String
    public var description: String
    public var start: Day?
    /// Nil as long as nobody has said anything of a deadline.
    public var deadline: Deadline?
    public var hasLeadUnit: Bool
    /// Who does it: in place when they hold an office in the lead unit on the day of issue.
    public var performer: Holder
    /// Who answers for it: in place when they hold an office in the lead unit or above on the day of issue.
    public var leader: Holder
    public var leaderIsPerformer: Bool
    public var products: [Product]
    /// Who may decide is named.
    public var hasAuthority: Bool
    /// The day on which a task without a last day was to be looked at again lies behind already.
    public var isReviewPast = false

    public enum Holder: String, Sendable, CaseIterable {
        case nobody, elsewhere
        case inPlace = "in_place"
    }

    public struct Product: Sendable, Hashable {
        public var name: String
        /// Its kind, as a word; empty while none is chosen.
        public var kind: String
        /// By which it is seen whether the product is what was wanted.
        public var criterion: String

        public init(name: String, kind: String, criterion: String) {
            self.name = name
            self.kind = kind
            self.criterion = criterion
        }
    }

    public init(
        title: String = "", description: String = "", start: Day? = nil, deadline: Deadline? = nil,
        hasLeadUnit: Bool = false, performer: Holder = .nobody, leader: Holder = .nobody,
        leaderIsPerformer: Bool = false, products: [Product] = [], hasAuthority: Bool = false
    ) {
        self.title = title
        self.description = description
        self.start = start
        self.deadline = deadline
        self.hasLeadUnit = hasLeadUnit
        self.performer = performer
        self.leader = leader
        self.leaderIsPerformer = leaderIsPerformer
        self.products = products
        self.hasAuthority = hasAuthority
    }
}
