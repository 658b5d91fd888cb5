import Storage

/// A gap as lists show it.
public struct GapRow: Sendable, Equatable {
    public let gap: Gap
    public let owner: UnitLink
    /// The draft or the document that closed it, when the viewer may know of it.
    public let document: CoverageMatrix.Link?

    public var uid: UID { gap.uid }
    public var href: String { "/gaps/\(gap.uid)" }
}

extension GapRow {
    /// The columns that ``init(_:)`` reads, of `gap g`, its owner `u` and the document `f`, which may be missing.
    static func columns(_ today: Day) -> SQL {
        """
        g.id, g.uid, g.title, g.type, g.owner_id, g.office_id, g.due_on, g.basis_id, g.paragraph, g.reason, g.blocks, \
        g.state, g.document_id, g.settled_on, g.settlement, g.version, u.uid, \(UnitLife.name(today)), f.uid, f.sign, \
        f.title
        """
    }

    static func tables(_ viewer: Viewer) -> SQL {
        """
        gap g JOIN unit u ON u.id = g.owner_id \
        LEFT JOIN document f ON f.id = g.document_id AND \(DocumentScope(viewer).condition(on: "f"))
        """
    }

    init(_ row: Row) throws {
        guard let type = DocumentType(rawValue: try row.text(3)), let state = Gap.State(rawValue: try row.text(11))
        else { throw StorageError.decoding("a gap of an unknown type or state") }
        gap = Gap(
            id: try row.id(0), uid: try row.uid(1), title: try row.text(2), type: type, owner: try row.id(4),
            office: try row.optionalID(5), due: try row.day(6), basis: try row.optionalID(7),
            paragraph: try row.text(8), reason: try row.text(9), blocks: try row.text(10), state: state,
            document: try row.optionalID(12), settledOn: try row.day(13), settlement: try row.text(14),
            version: try row.int(15))
        owner = UnitLink(uid: try row.uid(16), name: try row.text(17))
        document =
            try row.isNull(18)
            ? nil
            : CoverageMatrix.Link(uid: try row.uid(18), sign: try row.text(19), title: try row.text(20))
    }
}
