/// What somebody did to something: recorded in the transaction that did it.
public struct Event: Sendable, Equatable {
    public enum Verb: String, Sendable, CaseIterable {
        case created, renamed, moved, dissolved, changed, imported
        case appointed, ended, granted, revoked, delegated
        case signedIn = "signed-in"
        case signedOut = "signed-out"
        case disabled, enabled, unlocked
        case passwordChanged = "password-changed"
        case tokenIssued = "token-issued"
        case tokenRevoked = "token-revoked"
        case erased
        case attached, detached
        case attachmentWithdrawn = "attachment-withdrawn"
        // Of documents.
        case registered, issued, withdrawn, discarded, linked, unlinked, asked, opined, answered
        // Of what must be issued.
        case addressed, released, fulfilled, reopened, waived, unwaived, closed, dropped
        case consolidated, assigned
        case transferred, invited, exported
        // Of tasks.
        case accepted, refused, progressed, declared, verified, returned, paused, resumed, cancelled, reassigned
        case given
        case brokenDown = "broken-down"
        // Of many tasks at once; each of them has an event of its own besides.
        case bulk
        case extensionAsked = "extension-asked"
        case extensionDecided = "extension-decided"
        case inviteRevoked = "invite-revoked"

        /// What whoever may know of an issued document may read of it; the rest is for those who knew of the draft.
        static let ofIssuedDocuments: [Verb] = [.registered, .issued, .withdrawn, .linked, .unlinked]
    }

    public let verb: Verb
    public let subject: Subject
    /// The unit whose scope decides who may read it; nil for what only administrators of the whole may read.
    public let unit: ID<OrgUnit>?
    /// Fields before and after, by name; values as people read them. No secrets.
    public let before: [String: String]
    public let after: [String: String]

    public init(
        _ verb: Verb, _ subject: Subject, unit: ID<OrgUnit>?, before: [String: String] = [:],
        after: [String: String] = [:]
    ) {
        self.verb = verb
        self.subject = subject
        self.unit = unit
        self.before = before
        self.after = after
    }
}
