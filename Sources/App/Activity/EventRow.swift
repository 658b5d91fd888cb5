import Storage

/// An event as a page, the API or a file shows it.
public struct EventRow: Sendable, Equatable, Identifiable {
    public let id: ID<Event>
    public let uid: UID
    public let at: Instant
    /// Who, in which office, on whose behalf; empty when erased. Of an act on a task the office alone, for a reader who
    /// may not know of the person.
    public internal(set) var actor: String
    /// The person who acted; nil for the system, when erased, and where ``actor`` does not name them.
    public internal(set) var person: UID?
    /// ``actor`` without the name of the person.
    let actorOffice: String
    /// In what capacity somebody else's office was acted for.
    public let capacity: Delegation.Capacity?
    /// The document that authorises acting on somebody's behalf.
    public let authority: String?
    public let verb: Event.Verb?
    public let kind: Subject.Kind?
    public let subject: UID
    /// What that is called today, in lists of more than one record: nil where this reader may not know of it, or it has no
    /// name. See ``EventNames``.
    public internal(set) var name: String?
    /// The unit that the event belongs to, by its latest name.
    public let unit: UnitName?
    /// Values as people read them. Where the store holds the uid of another record, the name that this reader may
    /// know; see ``EventNames``.
    public internal(set) var before: [String: String]
    public internal(set) var after: [String: String]
    /// The content is gone at somebody's request; that it took place stays.
    public let isErased: Bool

    public struct UnitName: Sendable, Equatable {
        public let uid: UID
        public let name: String
    }

    /// A field that the act set, with its values on both sides.
    public struct Change: Sendable, Equatable {
        public let field: String
        public let before: String?
        public let after: String?
    }

    /// The fields in alphabetical order.
    public var changes: [Change] {
        Set(before.keys).union(after.keys).sorted().map {
            Change(field: $0, before: before[$0], after: after[$0])
        }
    }

    /// The columns that ``init(_:)`` reads, of `event e`, `unit u` and the unit's latest name as `unit_name`.
    static let columns: SQL = """
        e.id, e.uid, e.at, e.actor, e.verb, e.subject_kind, e.subject_uid, e.payload, e.erased, u.uid,
        (SELECT v.name FROM unit_version v WHERE v.unit_id = e.unit_id ORDER BY v.from_day DESC LIMIT 1)
        """

    init(_ row: Row) throws {
        id = try row.id(0)
        uid = try row.uid(1)
        at = try row.instant(2)
        actor = try row.text(3)
        verb = Event.Verb(rawValue: try row.text(4))
        kind = Subject.Kind(rawValue: try row.text(5))
        subject = try row.uid(6)
        isErased = try row.bool(8)
        let payload = isErased ? nil : EventPayload(parsing: try row.text(7))
        person = payload?.person.flatMap { UID(parsing: $0) }
        let behalf = payload?.onBehalf.map { ", \($0.capacity). \($0.office)" } ?? ""
        actorOffice = [payload?.officeTitle, payload?.unit].compactMap { $0 }.joined(separator: ", ") + behalf
        capacity = payload?.onBehalf.flatMap { Delegation.Capacity(rawValue: $0.capacity) }
        authority = payload?.onBehalf?.authority
        before = payload?.before ?? [:]
        after = payload?.after ?? [:]
        unit = try row.isNull(9) ? nil : UnitName(uid: try row.uid(9), name: try row.optionalText(10) ?? "")
    }
}

/// Which events a list shows.
public struct EventFilter: Sendable, Equatable {
    public var verb: Event.Verb?
    public var kind: Subject.Kind?
    public var person: UID?
    /// First moment, and the one that ends the span.
    public var from: Instant?
    public var until: Instant?
    /// Leaves out who signed in and out, and what became of accounts and tokens.
    public var isOfWork: Bool

    public init(
        verb: Event.Verb? = nil, kind: Subject.Kind? = nil, person: UID? = nil, from: Instant? = nil,
        until: Instant? = nil, isOfWork: Bool = false
    ) {
        self.verb = verb
        self.kind = kind
        self.person = person
        self.from = from
        self.until = until
        self.isOfWork = isOfWork
    }

    /// Conditions on `e`, composed from what is asked for. A verb drives a walk through all events by its index; in
    /// the other sources, and for a kind, a concatenation keeps the planner from an index that would have to be sorted.
    func conditions(drivenByVerb: Bool) -> [SQL] {
        var all: [SQL] = []
        if let verb { all.append(drivenByVerb ? "e.verb = \(verb.rawValue)" : "e.verb || '' = \(verb.rawValue)") }
        if let kind { all.append("e.subject_kind || '' = \(kind.rawValue)") }
        if isOfWork { all.append("e.subject_kind || '' NOT IN ('account', 'token', 'session')") }
        if let person { all.append("e.person_id = (SELECT p.id FROM person p WHERE p.uid = \(person))") }
        if let from { all.append("e.at >= \(from)") }
        if let until { all.append("e.at < \(until)") }
        return all
    }
}
