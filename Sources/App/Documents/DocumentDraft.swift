/// What a form, a JSON body or a line of a file says of a document, whether it is still to be issued or a paper that
/// exists already.
public struct DocumentDraft: Sendable, Equatable {
    public var type: DocumentType
    public var issuer: UID
    public var title: String
    public var numbering: Document.Numbering = .state
    /// How the issuer abbreviates itself in a number.
    public var issuerSign = ""
    /// Of the Party's committee.
    public var term: Int?
    /// Nil: from the issuing day.
    public var effectFrom: Day?
    /// Nil: without end.
    public var effectTo: Day?
    public var signer = ""
    public var signerTitle = ""
    public var capacity: Delegation.Capacity?
    public var secrecy: Secrecy = .internal
    public var source = ""
    public var quote = ""
    /// Other names by which people call it.
    public var aliases: [String] = []
    /// The document that it implements, if that is known from the beginning.
    public var implements: UID?

    public init(type: DocumentType, issuer: UID, title: String) {
        self.type = type
        self.issuer = issuer
        self.title = title
    }
}

/// A paper that exists already, with its number as printed.
public struct DocumentRegistration: Sendable, Equatable {
    /// Its numbering and abbreviation are read from the number.
    public var draft: DocumentDraft
    /// As printed; empty for a paper without a number.
    public var sign: String
    public var issuedOn: Day
    /// A state secret: number, day and holder are kept, nothing else.
    public var isReference = false
    public var holder = ""

    public init(draft: DocumentDraft, sign: String, issuedOn: Day) {
        self.draft = draft
        self.sign = sign
        self.issuedOn = issuedOn
    }
}

/// What is added to a draft when it is issued.
public struct DocumentIssue: Sendable, Equatable {
    public var issuedOn: Day
    /// Nil: as in the draft, else from the issuing day.
    public var effectFrom: Day?
    public var signer: String
    public var signerTitle: String
    public var capacity: Delegation.Capacity?

    public init(
        issuedOn: Day, effectFrom: Day? = nil, signer: String = "", signerTitle: String = "",
        capacity: Delegation.Capacity? = nil
    ) {
        self.issuedOn = issuedOn
        self.effectFrom = effectFrom
        self.signer = signer
        self.signerTitle = signerTitle
        self.capacity = capacity
    }
}

/// Why and from when a document no longer stands.
public struct DocumentWithdrawal: Sendable, Equatable {
    public var on: Day
    public var reason: String

    public init(on: Day, reason: String) {
        self.on = on
        self.reason = reason
    }
}

/// Another name of a document: `57/2024`, `Đề án 06`.
enum DocumentAlias {
    static let limit = 20

    /// The same for every spelling.
    static func key(_ text: String) -> String { String(TextFold.fold(text).prefix(120)) }
}
