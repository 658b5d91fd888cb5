/// What a form or a JSON body says of a task. A draft may say little; issuing asks for the rest.
public struct TaskDraft: Sendable, Equatable {
    public var title: String
    public var description = ""
    public var leadUnit: UID
    public var coordinating: [UID] = []
    public var performer: UID?
    public var leader: UID?
    public var authority: UID?
    public var document: UID?
    public var paragraph = ""
    public var parent: UID?
    public var priority = TaskItem.Priority.normal
    public var isKey = false
    public var pillar = ""
    public var group = ""
    /// A field that a committee has of its own.
    public var field: UID?
    public var tags: [String] = []
    public var secrecy = Secrecy.internal
    public var deadline: Deadline?
    public var start: Day?
    public var weight = 1
    public var products: [TaskProduct] = []

    public init(title: String, leadUnit: UID) {
        self.title = title
        self.leadUnit = leadUnit
    }

    static let coordinatingLimit = 50
    static let weights = 0...1_000_000
}
