import Crypto
import Storage

/// What the audit chain hashes of one event.
///
/// `content = SHA-256(salt ‖ actor ‖ payload)` may be erased with the salt and stays as a commitment;
/// `digest = SHA-256(every other column ‖ content)` stays checkable after an erasure too. Each field is written
/// as its length, a colon and its bytes, so that no two events share a text. The form is fixed by
/// docs/decisions/0011-audit-chain.md: other programs check exports by it.
struct SealableEvent {
    let id: ID<Event>
    let uid: UID
    let actor: String
    let payload: String
    let salt: [UInt8]
    let isErased: Bool
    private let identity: [String]

    /// The columns that ``init(_:from:)`` reads.
    static let columns: SQL = """
        e.id, e.uid, e.at, e.person_id, e.office_id, e.delegation_id, e.actor, e.verb, e.subject_kind, e.subject_id,
        e.subject_uid, e.unit_id, e.payload, e.salt, e.erased
        """

    init(_ row: Row, from first: Int = 0) throws {
        id = try row.id(first)
        uid = try row.uid(first + 1)
        actor = try row.text(first + 6)
        payload = try row.text(first + 12)
        salt = try row.blob(first + 13)
        isErased = try row.bool(first + 14)
        let keys = try [3, 4, 5].map { try row.optionalInt64(first + $0).map(String.init) ?? "" }
        identity =
            [uid.text, String(try row.int64(first + 2))] + keys
            + [
                try row.text(first + 7), try row.text(first + 8), String(try row.int64(first + 9)),
                try row.text(first + 10), try row.optionalInt64(first + 11).map(String.init) ?? "",
            ]
    }

    /// The commitment to who and what.
    func content() -> [UInt8] { SealableEvent.hash(salt, [Array(actor.utf8), Array(payload.utf8)]) }

    /// The commitment to the whole, given that to its content.
    func digest(content: [UInt8]) -> [UInt8] { SealableEvent.hash([], identity.map { Array($0.utf8) } + [content]) }

    private static func hash(_ start: [UInt8], _ fields: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: start)
        for field in fields {
            hash.update(data: Array("\(field.count):".utf8))
            hash.update(data: field)
        }
        return Array(hash.finalize())
    }
}

/// The links of the chain.
enum ChainLink {
    /// `SHA-256(uid of the installation)`: two installations never share a chain.
    static func zero(origin: UID) -> [UInt8] { Array(SHA256.hash(data: Array(origin.text.utf8))) }

    /// `SHA-256(previous ‖ seq as 8 bytes, highest first ‖ digest)`
    static func next(after previous: [UInt8], seq: Int64, digest: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: withUnsafeBytes(of: seq.bigEndian) { Array($0) })
        hash.update(data: digest)
        return Array(hash.finalize())
    }
}
