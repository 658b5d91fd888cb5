import Storage

/// A committee as lists show it on one day.
public struct CommitteeRow: Sendable, Equatable {
    public let committee: Committee
    /// The body's name.
    public let name: String
    public let unitUID: UID
    /// The body's life, which is the committee's.
    public let from: Day
    public let to: Day
    public let secrecy: Secrecy
    /// Nil when the viewer may not know of it.
    public let host: UnitLink?

    public var uid: UID { committee.uid }
    var href: String { "/committees/\(committee.uid)" }
    var subject: Subject { Subject(.committee, id: committee.id.value, uid: committee.uid) }
    public func hasEnded(on day: Day) -> Bool { to <= day }

    /// The day that a page about `asked` speaks of: a committee that has ended is shown as it was last, one to come as
    /// it will begin.
    public func day(_ asked: Day) -> Day { min(max(asked, from), to.adding(days: -1)) }
}

extension CommitteeRow {
    /// The columns that ``init(_:)`` reads: `c` committee, `u` its body, `v` the body's version, `h` the host.
    static func columns(on day: Day) -> SQL {
        """
        c.id, c.uid, c.unit_id, c.host_id, c.programme, c.article, c.quote, c.version, u.uid, u.from_day, u.to_day, \
        u.secrecy, v.name, h.uid, (SELECT w.name FROM unit_version w WHERE w.unit_id = h.id AND w.from_day <= \
        CASE WHEN h.from_day > \(day) THEN h.from_day ELSE \(day) END ORDER BY w.from_day DESC LIMIT 1)
        """
    }

    static let columnCount = 15

    init(_ row: Row) throws {
        committee = Committee(
            id: try row.id(0), uid: try row.uid(1), unit: try row.id(2), host: try row.id(3),
            programme: try row.text(4), source: CommitteeSource(article: try row.text(5), quote: try row.text(6)),
            version: try row.int(7))
        unitUID = try row.uid(8)
        from = try row.day(9)
        to = try row.day(10)
        secrecy = Secrecy(rawValue: try row.int(11)) ?? .restricted
        name = try row.text(12)
        host = try row.isNull(13) ? nil : UnitLink(uid: try row.uid(13), name: try row.optionalText(14) ?? "")
    }
}

/// A committee of a list with what a reader looks for first.
public struct CommitteeLine: Sendable, Equatable {
    public let row: CommitteeRow
    /// Nil while nobody heads it.
    public let head: SeatRow?
    public let progress: SetupProgress
}

/// A seat with the names that belong to it, as far as the viewer may know them.
public struct SeatRow: Sendable, Equatable {
    public let seat: Seat
    /// Nil for a seat without a person, and when the viewer may not know of the person.
    public let person: PersonLink?
    /// Nil when no office is named or its unit is unknown to the viewer.
    public let office: SeatOffice?
    /// The person is no longer what they were when they took the seat: the day from which their office is over.
    public let leftOn: Day?

    public struct PersonLink: Sendable, Equatable {
        public let uid: UID
        public let name: String
        var href: String { "/people/\(uid)" }
    }

    public struct SeatOffice: Sendable, Equatable {
        public let uid: UID
        public let title: String
        public let unit: UnitLink
    }

    /// Somebody sits here whom the viewer may not know.
    public var isPersonHidden: Bool { seat.person != nil && person == nil }
}

/// An organ with its unit.
public struct OrganRow: Sendable, Equatable {
    public let organ: Organ
    /// Nil when the viewer may not know of it.
    public let unit: UnitLink?
}
