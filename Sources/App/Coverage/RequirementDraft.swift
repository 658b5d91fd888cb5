/// What a form, a JSON body or the command line says of a new requirement.
public struct RequirementDraft: Sendable, Equatable {
    /// The higher document.
    public var document: UID
    public var type: DocumentType
    /// In whose name; nil is the unit of the office in use.
    public var owner: UID?
    public var title = ""
    public var paragraph = ""
    public var due: Day
    public var audience: RequirementAudience

    public init(document: UID, type: DocumentType, due: Day, audience: RequirementAudience) {
        self.document = document
        self.type = type
        self.due = due
        self.audience = audience
    }
}

/// Of whom it is required. A set is expanded to its units when the act is done; what is founded later is added by an
/// act of its own.
public enum RequirementAudience: Sendable, Equatable {
    /// Every living commune, ward and special zone below the unit.
    case communes(below: UID)
    /// Every living province and city below the unit.
    case provinces(below: UID)
    /// Every living unit of a kind below the unit, as all departments of a province.
    case kind(UnitKind, below: UID)
    case units([UID])

    /// The words of the form and of JSON.
    public enum Name: String, Sendable, CaseIterable {
        case communes, provinces, kind, units
    }

    /// Units beyond this are not taken at once.
    static let limit = 5_000
}

/// What may be changed of a requirement afterwards.
public struct RequirementChange: Sendable, Equatable {
    public var title: String
    public var paragraph: String
    public var due: Day
    /// Why the deadline moves; needed only then.
    public var reason: String

    public init(title: String, paragraph: String, due: Day, reason: String = "") {
        self.title = title
        self.paragraph = paragraph
        self.due = due
        self.reason = reason
    }
}
