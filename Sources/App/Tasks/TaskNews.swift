/// What an act on a task is told to whom, and what it settles: the one table of it. Pure; who the parties are is looked
/// up elsewhere.
struct TaskNews: Hashable {
    let kind: Notice.Kind
    let party: Party

    /// Whom the task concerns. Whoever does the act is told nothing of it.
    enum Party: Hashable {
        /// Does it.
        case performer
        /// Answers for it.
        case leader
        /// Of the units that coordinate it: their focal persons, or their leaders.
        case coordinating
        /// Of the assigning side: looks after the task.
        case directing
        /// Of the assigning side, without a part in the result.
        case verifying
        /// Decides on a later deadline, as the working regulation says.
        case extending
        /// Takes it over.
        case successor
        /// Had it until then.
        case predecessor
    }

    /// An acceptance, a report of progress and the closing of what was verified ask nothing of anybody and are told to
    /// nobody.
    static func told(of verb: Event.Verb, granted: Bool = false) -> [TaskNews] {
        switch verb {
        case .given:
            [
                TaskNews(kind: .assigned, party: .performer), TaskNews(kind: .accountable, party: .leader),
                TaskNews(kind: .coordinating, party: .coordinating),
            ]
        case .reassigned:
            [TaskNews(kind: .handedOver, party: .successor), TaskNews(kind: .handedOn, party: .predecessor)]
        case .refused: [TaskNews(kind: .refused, party: .directing)]
        case .declared: [TaskNews(kind: .declared, party: .verifying)]
        case .verified: performing(.verified)
        case .returned: performing(.returned)
        case .paused: performing(.paused)
        case .resumed: performing(.resumed)
        case .cancelled: performing(.cancelled)
        // Somebody else may have got it with the act.
        case .reopened: performing(.reopened) + [TaskNews(kind: .handedOn, party: .predecessor)]
        case .extensionAsked: [TaskNews(kind: .extensionAsked, party: .extending)]
        case .extensionDecided: performing(granted ? .extensionGranted : .extensionRefused)
        default: []
        }
    }

    private static func performing(_ kind: Notice.Kind) -> [TaskNews] {
        [TaskNews(kind: kind, party: .performer), TaskNews(kind: kind, party: .leader)]
    }

    /// Unread notices that are over with the act: nobody is asked for what is decided, or nagged about what is done, is
    /// paused or has another day.
    static func settled(by verb: Event.Verb, granted: Bool = false) -> [Notice.Kind] {
        switch verb {
        case .given: [.refused] + Notice.Kind.timed
        case .declared: [.extensionAsked, .vacant] + Notice.Kind.timed
        case .paused: Notice.Kind.timed
        case .refused: [.extensionAsked, .vacant]
        case .reassigned: [.vacant]
        case .returned: [.declared]
        case .verified: [.declared, .extensionAsked] + Notice.Kind.timed
        case .cancelled: [.declared, .refused, .extensionAsked, .vacant] + Notice.Kind.timed
        case .extensionDecided: [.extensionAsked] + (granted ? Notice.Kind.timed : [])
        default: []
        }
    }
}
