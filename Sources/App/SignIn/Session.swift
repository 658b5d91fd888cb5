/// One browser that somebody signed in with.
public struct Session: Sendable, Equatable {
    public let id: ID<Session>
    public let person: ID<Person>
    /// The office chosen for this session; nil for the first in force.
    public let office: ID<Office>?
    /// The delegation acted under, if any.
    public let delegation: ID<Delegation>?
    /// What each of this session's forms carries.
    public let csrf: String
    public let createdAt: Instant
    /// Written at most once a minute.
    public let seenAt: Instant
    /// When the password was last given.
    public let confirmedAt: Instant

    /// Neither unused for too long nor too old.
    func isAlive(at now: Instant, _ limits: Configuration.Limits) -> Bool {
        now < seenAt.adding(limits.sessionIdle) && now < createdAt.adding(limits.sessionAge)
    }

    /// The password was given in the last minutes, so that sensitive acts need not ask again.
    public func isConfirmed(at now: Instant, _ limits: Configuration.Limits) -> Bool {
        now < confirmedAt.adding(limits.confirmation)
    }
}
