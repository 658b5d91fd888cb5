/// What a cross-cutting feature (activity, comments, attachments, search) speaks about: a kind and a record of it.
public struct Subject: Sendable, Hashable {
    public let kind: Kind
    /// The local key inside the kind's own table.
    public let id: Int64
    public let uid: UID

    public init(_ kind: Kind, id: Int64, uid: UID) {
        self.kind = kind
        self.id = id
        self.uid = uid
    }

    public enum Kind: String, Sendable, CaseIterable {
        case unit, person, office, grant, token, session, installation, account
        case document, committee, requirement, gap, task
    }
}
