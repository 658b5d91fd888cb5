/// A document that is still to be issued so that others can go on: a gap in the institutions.
public struct Gap: Sendable, Equatable {
    public let id: ID<Gap>
    public let uid: UID
    public var title: String
    /// Of the document that is wanted.
    public var type: DocumentType
    /// Who must issue it.
    public var owner: ID<OrgUnit>
    /// Who answers for it, if that is known.
    public var office: ID<Office>?
    public var due: Day
    /// The document that asks for it, and where in it.
    public var basis: ID<Document>?
    public var paragraph: String
    /// Why it is wanted, in words.
    public var reason: String
    /// What cannot go on without it, in words; units, documents and tasks stand beside it.
    public var blocks: String
    public var state: State
    /// The draft, as long as it is being drafted; then the document that closed it.
    public var document: ID<Document>?
    /// Day on which it was closed or dropped; ``Day/never`` before.
    public var settledOn: Day
    /// Why it was dropped.
    public var settlement: String
    /// Counts every change, for `If-Match`.
    public var version: Int

    public enum State: String, Sendable, CaseIterable {
        case open
        /// There is a draft.
        case drafting
        /// Issued.
        case closed
        /// Not wanted any longer, for a reason.
        case dropped

        public var isSettled: Bool { self == .closed || self == .dropped }
    }

    public var subject: Subject { Subject(.gap, id: id.value, uid: uid) }

    /// How many days ago the last day passed; nil while there is time or when it is settled.
    public func daysLate(on today: Day) -> Int? {
        !state.isSettled && due < today ? today.number - due.number : nil
    }
}

/// What a form or a JSON body says of a gap.
public struct GapDraft: Sendable, Equatable {
    public var title: String
    public var type: DocumentType
    public var owner: UID
    public var office: UID?
    public var due: Day
    public var basis: UID?
    public var paragraph = ""
    public var reason = ""
    public var blocks = ""
    /// Units, documents and tasks that cannot go on.
    public var blockedUnits: [UID] = []
    public var blockedDocuments: [UID] = []
    public var blockedTasks: [UID] = []

    public init(title: String, type: DocumentType, owner: UID, due: Day) {
        self.title = title
        self.type = type
        self.owner = owner
        self.due = due
    }

    /// Of each kind.
    static let blockedLimit = 50
}

/// What is decided of a gap.
public enum GapDecision: Sendable, Equatable {
    /// This draft is to close it.
    case draft(UID)
    /// This issued document closes it.
    case close(by: UID)
    /// It is not wanted any longer.
    case drop(reason: String)
    /// It is open after all.
    case reopen(reason: String)

    /// The words of the form and of JSON.
    public enum Name: String, Sendable, CaseIterable {
        case draft, close, drop, reopen
    }

    var name: Name {
        switch self {
        case .draft: .draft
        case .close: .close
        case .drop: .drop
        case .reopen: .reopen
        }
    }
}
