/// A link by which somebody makes their account, or chooses a new password: handed over in person, good once and for
/// some days.
public struct Invitation: Sendable, Equatable {
    public enum Purpose: String, Sendable, CaseIterable {
        /// There is no account yet: the person chooses sign-in name and password.
        case account
        /// There is one: the person chooses a new password, and its sessions end.
        case reset
    }

    public let id: ID<Invitation>
    public let uid: UID
    public let person: ID<Person>
    public let purpose: Purpose
    public let createdAt: Instant
    public let expiresAt: Instant
    public let usedAt: Instant?
    public let revokedAt: Instant?

    /// Every link's key begins so, that a leaked one is recognised by those who search for leaks.
    static let prefix = "rsi_"
    /// Days that a link may be good for.
    public static let days = 1...30

    /// It can still be used.
    public func isAlive(at now: Instant) -> Bool { usedAt == nil && revokedAt == nil && now < expiresAt }

    /// The address of the link below the site's own. The key stands in the query, which no log holds.
    static func path(_ secret: Secret) -> String { "/invitation?key=" + URLText.query(secret.text) }
}

/// Whom a living link is for: what its page shows.
struct InvitedPerson: Sendable {
    let invitation: Invitation
    let uid: UID
    let name: String
    /// The sign-in name of a ``Invitation/Purpose/reset``.
    let signIn: String?
}
