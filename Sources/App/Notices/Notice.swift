/// Something that an office is told inside the product: what happened to a record, or how near its day is.
///
/// It belongs to the office, which is one person in one unit: whoever follows gets notices of their own. It carries no
/// word of the record, which is read through the viewer when the notice is shown.
public struct Notice: Sendable, Equatable {
    public let uid: UID
    public let kind: Kind
    public let subject: Subject
    /// Last day of the record as it stood when this was told; ``Day/never`` without one.
    public let due: Day
    /// When it was told, as a civil day and as a moment.
    public let day: Day
    public let at: Instant
    /// Nil as long as nobody has read it.
    public let readAt: Instant?

    public var isUnread: Bool { readAt == nil }

    public enum Kind: String, Sendable, CaseIterable {
        /// To do, to answer for, and to coordinate.
        case assigned, accountable, coordinating
        case handedOver = "handed-over"
        /// Somebody else has it now.
        case handedOn = "handed-on"
        case refused, declared, verified, returned, paused, resumed, cancelled, reopened
        case extensionAsked = "extension-asked"
        case extensionGranted = "extension-granted"
        case extensionRefused = "extension-refused"
        case dueSoon = "due-soon"
        case overdue
        /// The unit must issue a document.
        case toIssue = "to-issue"
        /// Whoever does the task, or answers for it, holds that office no more.
        case vacant
        /// It has no last day, and it is the day to ask again whether there can be one.
        case review = "to-review"

        /// Told because of the calendar, not because of an act.
        static let timed: [Kind] = [.dueSoon, .overdue, .review]
    }

    /// What is told, before it is known to whom.
    struct News: Sendable {
        let kind: Kind
        let subject: Subject
        /// Tells one occasion from the next of the same kind: a version, a day. Told once to an office.
        let occasion: String
        let due: Day
    }
}
