extension TaskWorkflow.State {
    /// The number of the state in rows of a scope and in indexes. Fixed for ever: a new state takes a new number.
    public var code: Int {
        switch self {
        case .draft: 1
        case .issued: 2
        case .accepted: 3
        case .refused: 4
        case .inProgress: 5
        case .declared: 6
        case .returned: 7
        case .verified: 8
        case .closed: 9
        case .paused: 10
        case .cancelled: 11
        }
    }
}
