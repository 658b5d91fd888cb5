import Storage

/// A document as lists show it.
public struct DocumentRow: Sendable, Equatable {
    public let document: Document
    /// Set when the viewer may know of the unit itself; what it was called stands in the document.
    public let issuer: UID?
    /// First day of effect of what replaces it, as far as the viewer knows.
    public let replacedFrom: Day?

    public var uid: UID { document.uid }
    public var name: String { document.name }
    public var href: String { "/documents/\(document.uid)" }
    public func force(on day: Day) -> DocumentForce {
        DocumentForce(
            state: document.state, effect: (document.effectFrom, document.effectTo),
            withdrawnOn: document.withdrawnOn, replacedFrom: replacedFrom, on: day)
    }
}

extension DocumentRow {
    /// The columns that ``init(_:at:)`` reads, of `document d` and of its issuer `u`, which may be missing.
    static func columns(_ scope: DocumentScope) -> SQL {
        """
        d.id, d.uid, d.state, d.type, d.issuer_id, d.issuer_name, d.numbering, d.issuer_sign, d.series, d.number, \
        d.sign, d.title, d.issued_on, d.effect_from, d.effect_to, d.signer, d.signer_title, d.capacity, d.secrecy, \
        d.is_reference, d.holder, d.source, d.quote, d.withdrawn_on, d.withdrawal_reason, d.version, u.uid, \
        \(replacedFrom(scope))
        """
    }

    /// The first day of effect among the documents that replace `document d` and that the viewer may know of.
    static func replacedFrom(_ scope: DocumentScope) -> SQL {
        """
        (SELECT MIN(x.effect_from) FROM document_link y JOIN document x ON x.id = y.from_id WHERE y.to_id = d.id \
        AND y.kind = 'replaces' AND x.state = 'issued' AND \(scope.condition(on: "x")))
        """
    }

    static let width = 28

    /// The issuer, when the viewer may know of it.
    static func issuer(_ viewer: Viewer) -> SQL {
        "LEFT JOIN unit u ON u.id = d.issuer_id AND \(UnitScope(viewer).condition)"
    }

    init(_ row: Row, at first: Int = 0) throws {
        issuer = try row.isNull(first + 26) ? nil : row.uid(first + 26)
        replacedFrom = try row.isNull(first + 27) ? nil : row.day(first + 27)
        document = try Document(row, at: first)
    }
}

extension Document {
    fileprivate init(_ row: Row, at first: Int) throws {
        guard let state = State(rawValue: try row.text(first + 2)),
            let type = DocumentType(rawValue: try row.text(first + 3)),
            let numbering = Numbering(rawValue: try row.text(first + 6))
        else { throw StorageError.decoding("a document of an unknown state, type or numbering") }
        id = try row.id(first)
        uid = try row.uid(first + 1)
        self.state = state
        self.type = type
        issuer = try row.id(first + 4)
        issuerName = try row.text(first + 5)
        self.numbering = numbering
        issuerSign = try row.text(first + 7)
        series = try row.text(first + 8)
        number = try row.optionalInt(first + 9)
        sign = try row.text(first + 10)
        title = try row.text(first + 11)
        issuedOn = try row.day(first + 12)
        effectFrom = try row.day(first + 13)
        effectTo = try row.day(first + 14)
        signer = try row.text(first + 15)
        signerTitle = try row.text(first + 16)
        capacity = Delegation.Capacity(rawValue: try row.text(first + 17))
        secrecy = Secrecy(rawValue: try row.int(first + 18)) ?? .restricted
        isReference = try row.bool(first + 19)
        holder = try row.text(first + 20)
        source = try row.text(first + 21)
        quote = try row.text(first + 22)
        withdrawnOn = try row.day(first + 23)
        withdrawalReason = try row.text(first + 24)
        version = try row.int(first + 25)
    }
}
