/// Problems of a file: all are counted, the first ones are kept, so that a hopeless file does not fill the memory.
public struct ProblemList: Sendable, Equatable {
    /// In the order in which they were found.
    public private(set) var shown: [Problem] = []
    public private(set) var count = 0
    public let cap: Int

    /// So many does a page show.
    public static let usual = 200

    public init(cap: Int = ProblemList.usual) { self.cap = cap }

    public var isEmpty: Bool { count == 0 }

    public mutating func add(_ problem: Problem) {
        count += 1
        if shown.count < cap { shown.append(problem) }
    }

    public mutating func add(
        _ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:], line: Int? = nil
    ) {
        add(Problem(field, key, arguments, line: line))
    }

    /// Both lists, by line: for the person who goes through the file from its top.
    public func merging(_ other: ProblemList) -> ProblemList {
        var merged = self
        merged.count += other.count
        let all = (shown + other.shown).enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
        merged.shown = Array(all.prefix(cap))
        return merged
    }
}
