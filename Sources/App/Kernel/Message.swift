/// Something to be said to a person: a key of the message catalogue and what fills its gaps.
///
/// A rule says *what* is wrong in this form; the page or the API says it in the person's language.
public struct Message: Sendable, Hashable {
    public let key: String
    public let arguments: [String: Argument]

    public enum Argument: Sendable, Hashable {
        case text(String)
        case number(Int)
        case day(Day)
        /// Another key, translated before it is put in.
        case key(String)
    }

    public init(_ key: String, _ arguments: [String: Argument] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}

extension Message.Argument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .number(value) }
}
