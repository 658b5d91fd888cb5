/// What a list of gaps is asked for: the same words in the URL, in the API and on the command line.
public struct GapFilter: Sendable, Equatable {
    public var state: State = .open
    /// Words of the title.
    public var text = ""
    public var owner: UID?

    public enum State: String, Sendable, CaseIterable {
        /// Not settled, drafted or not.
        case open
        /// Not settled, and the last day has passed.
        case late
        case drafting, closed, dropped, all
    }

    public init() {}

    /// Reads the query of a request; unknown words become problems of their field.
    public init(_ query: inout Fields) {
        state = query.choice("state", required: false) ?? .open
        text = query.line("q", max: 200, required: false)
        owner = query.uid("owner", required: false)
    }

    var isEmpty: Bool { state == .open && text.isEmpty && owner == nil }
}
