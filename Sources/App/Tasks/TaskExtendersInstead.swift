/// What the regulation's words do not say of who decides on a later deadline: for whom somebody else stands in today, and
/// that nobody can.
extension TaskExtenders {
    enum Instead: String, Sendable, CaseIterable {
        /// The seat at the head names nobody: the leaders of the assigning side stand for it.
        case headByLeaders = "head_by_leaders"
        /// There is no standing agency: the others whom the regulation names decide.
        case others
        /// There is no standing agency, and the regulation names nobody else.
        case nobody

        var key: String { "task.extension.instead.\(rawValue)" }
    }

    var instead: [Instead] {
        var found: [Instead] = []
        if named.contains(.head), heads.isEmpty { found.append(.headByLeaders) }
        if named.contains(.standingAgency), agencies.isEmpty { found.append(named.count == 1 ? .nobody : .others) }
        return found
    }
}
