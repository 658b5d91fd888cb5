/// What is wrong with one field: its name in the form, in JSON or in the file, the line when it comes from a file,
/// and the reason with what to do.
public struct Problem: Sendable, Hashable {
    public var field: String
    public var line: Int?
    public var message: Message

    public init(_ field: String, _ message: Message, line: Int? = nil) {
        self.field = field
        self.message = message
        self.line = line
    }

    public init(_ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:], line: Int? = nil) {
        self.init(field, Message(key, arguments), line: line)
    }
}

/// Collects problems so that a person hears of all of them at once.
public struct Validation: Sendable {
    public private(set) var problems: [Problem] = []

    public init() {}

    public mutating func add(_ problem: Problem) { problems.append(problem) }

    public mutating func add(_ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]) {
        problems.append(Problem(field, key, arguments))
    }

    /// What was found elsewhere, but nothing more of a field of which something is told already.
    public mutating func join(_ others: Validation) {
        let told = Set(problems.map(\.field))
        problems += others.problems.filter { !told.contains($0.field) }
    }

    public var isEmpty: Bool { problems.isEmpty }

    /// Throws ``AppError/invalid(_:)`` when anything was found.
    public func check() throws(AppError) {
        if !problems.isEmpty { throw .invalid(problems) }
    }
}
