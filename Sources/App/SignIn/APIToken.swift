/// A key for a program that acts as a person in an office: scoped, expiring, shown once.
public struct APIToken: Sendable, Equatable {
    public enum Scope: String, Sendable, CaseIterable {
        /// Only looks.
        case read
        /// Whatever the office may do.
        case write
    }

    public let id: ID<APIToken>
    public let uid: UID
    public let name: String
    public let person: ID<Person>
    public let office: ID<Office>
    public let scope: Scope
    public let createdAt: Instant
    public let expiresAt: Instant
    public let revokedAt: Instant?
    public let seenAt: Instant?

    /// Every token begins so, that a leaked one is recognised by those who search for leaks.
    static let prefix = "rsl_"

    /// A read token only looks.
    public func allows(method: String) -> Bool {
        scope == .write || method == "GET" || method == "HEAD"
    }

    func isAlive(at now: Instant) -> Bool { revokedAt == nil && now < expiresAt }
}
