import Storage

/// What a matrix is asked for: the same words in the URL, in the API and on the command line.
public struct CoverageFilter: Sendable, Equatable {
    public var state: State?
    /// Only this requirement's column.
    public var requirement: UID?
    /// Words of the unit's name.
    public var text = ""
    /// Only units below this one.
    public var below: UID?
    public var order: Order = .urgency
    public var isDescending = false

    /// Cells of which a unit must have one to be shown.
    public enum State: String, Sendable, CaseIterable {
        /// Not issued, late or not.
        case missing
        case late, done
        /// Issued, but after the last day.
        case doneLate = "done-late"
        case waived

        /// A condition on `document_duty y`.
        func condition(on today: Day) -> SQL {
            switch self {
            case .missing: "y.state = 'open'"
            case .late: "y.state = 'open' AND y.due_on < \(today)"
            case .done: "y.state = 'done'"
            case .doneLate: "y.state = 'done' AND y.fulfilled_on > y.due_on"
            case .waived: "y.state = 'waived'"
            }
        }
    }

    public enum Order: String, Sendable, CaseIterable {
        /// Who is late with most comes first.
        case urgency
        case name
    }

    public init() {}

    /// Reads the query of a request; unknown words become problems of their field.
    public init(_ query: inout Fields) {
        state = query.choice("state", required: false)
        requirement = query.uid("requirement", required: false)
        text = query.line("q", max: 200, required: false)
        below = query.uid("below", required: false)
        order = query.choice("sort", required: false) ?? .urgency
        isDescending = query["desc"] == "1"
    }

    var isEmpty: Bool { state == nil && requirement == nil && text.isEmpty && below == nil }
}
