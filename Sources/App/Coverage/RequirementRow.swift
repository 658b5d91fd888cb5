import Storage

/// A requirement as pages show it.
public struct RequirementRow: Sendable, Equatable {
    public let requirement: Requirement
    /// The owner, when the viewer may know of it.
    public let owner: UnitLink?

    public var uid: UID { requirement.uid }
    public var href: String { "/requirements/\(requirement.uid)" }
}

extension RequirementRow {
    /// The columns that ``init(_:)`` reads, of `document_requirement q` and its owner `w`, which may be missing.
    static let columns: SQL = """
        q.id, q.uid, q.document_id, q.type, q.owner_id, q.title, q.paragraph, q.due_on, q.first_due_on, q.made_on, \
        q.withdrawn, q.withdrawal_reason, q.version, w.uid, \
        (SELECT n.name FROM unit_version n WHERE n.unit_id = w.id ORDER BY n.from_day DESC LIMIT 1)
        """

    static let width = 15

    /// The owner, when the viewer may know of it.
    static func owner(_ viewer: Viewer) -> SQL {
        "LEFT JOIN unit w ON w.id = q.owner_id AND \(UnitScope(viewer).condition(on: "w"))"
    }

    init(_ row: Row) throws {
        guard let type = DocumentType(rawValue: try row.text(3)) else {
            throw StorageError.decoding("a requirement of an unknown type")
        }
        requirement = Requirement(
            id: try row.id(0), uid: try row.uid(1), document: try row.id(2), type: type, owner: try row.id(4),
            title: try row.text(5), paragraph: try row.text(6), due: try row.day(7), firstDue: try row.day(8),
            madeOn: try row.day(9), isWithdrawn: try row.bool(10), withdrawalReason: try row.text(11),
            version: try row.int(12))
        owner = try row.isNull(13) ? nil : UnitLink(uid: try row.uid(13), name: try row.optionalText(14) ?? "")
    }
}
