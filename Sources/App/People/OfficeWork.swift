public import Storage

/// Something that hangs on an office and is left without anybody, or ends, when the office does.
public struct OfficeWorkItem: Sendable, Equatable {
    /// Which source found it: the word is `office-work.<kind>`.
    public let kind: String
    /// What it is, as people call it.
    public let title: Message
    /// Where it is looked at.
    public let href: String?
    /// How many pieces it stands for.
    public let count: Int
    public let fate: Fate

    public var isHandedOver: Bool { fate == .handedOver }

    /// What becomes of it when the office ends; the word is `office-work.<fate>`.
    public enum Fate: String, Sendable {
        /// A successor takes it over.
        case handedOver = "handed_over"
        case ends
        /// It stays with the office that is over, until somebody arranges it elsewhere.
        case stays
    }
}

/// An office on the day from which it is held no more: what each source of open work is asked with.
public struct OfficeLeaving {
    public let tx: Transaction
    public let viewer: Viewer
    public let today: Day
    public let office: OfficeRow
    /// The first day on which the office is not held.
    public let day: Day
    /// When the act takes place.
    public let now: Instant
    /// What a successor may not take over stays with the office; otherwise nothing is done.
    public var leavesRest = false

    var people: PersonStore { PersonStore(tx: tx, viewer: viewer, today: today) }
}

/// Open work by its sources, one line a feature: whoever gives offices something to do appends one here.
///
/// A source lists what the office has on hand, as far as the viewer may know of it, and puts what can change hands
/// into the hands of a successor. It asks its own rights again when it does. What changes hands does so at once, also
/// when the office ends only later.
public struct OfficeWork: Sendable {
    let kind: String
    let open: @Sendable (OfficeLeaving) throws -> [OfficeWorkItem]
    /// Nil for what ends with the office. What a rule does not let the successor have is refused by name, unless
    /// ``OfficeLeaving/leavesRest``.
    let handOver: (@Sendable (OfficeLeaving, _ successor: OfficeRow) throws -> Handed)?
    /// Tells those who can arrange it elsewhere what stays with the office; nil where nobody has to.
    var tell: (@Sendable (OfficeLeaving) throws -> Void)? = nil

    /// How many pieces went over, and how many were left because a rule forbids it.
    struct Handed {
        var went = 0
        var left = 0
    }

    static let sources: [OfficeWork] = [
        .grants,
        .delegationsFrom,
        .delegationsTo,
        .gaps,
        .tasks,
        .opinions,
        .seats,
    ]

    /// So many pieces of a kind have a line each; more share one line that tells their number.
    static let ownLines = 10
    /// So many pieces are handed over at a time.
    static let batch = 200

    /// Everything that is open on the day.
    static func open(_ leaving: OfficeLeaving) throws -> [OfficeWorkItem] {
        try sources.flatMap { try $0.open(leaving) }
    }

    /// Once the office has its end.
    static func tell(_ leaving: OfficeLeaving) throws {
        for source in sources { try source.tell?(leaving) }
    }

    /// Hands over what can be, and says how many pieces of each kind went and stayed, as an event names it.
    static func handOver(_ leaving: OfficeLeaving, to successor: OfficeRow) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for source in sources {
            guard let handed = try source.handOver?(leaving, successor) else { continue }
            if handed.went > 0 { counts["handed_over_\(source.kind)"] = handed.went }
            if handed.left > 0 { counts["left_open_\(source.kind)"] = handed.left }
        }
        return counts
    }
}

// MARK: The sources of this feature

extension OfficeWork {
    /// Rights over units: a successor gets the same, as far as whoever acts may give them.
    static let grants = OfficeWork(kind: "grant") { leaving in
        try leaving.openGrants.map { row in
            OfficeWorkItem(
                kind: "grant",
                title: Message(
                    "person.grant.words",
                    [
                        "role": .key("role.\(row.grant.role.rawValue)"), "unit": .text(row.unitName),
                        "hierarchy": .key("hierarchy.\(row.grant.hierarchy.rawValue)"),
                        "ceiling": .key("secrecy.\(row.grant.ceiling.name)"),
                    ]), href: leaving.office.personHref, count: 1, fate: .handedOver)
        }
    } handOver: { leaving, successor in
        var handed = Handed()
        for row in try leaving.openGrants where try leaving.people.takeOver(row, successor, leaving) {
            handed.went += 1
        }
        return handed
    }

    /// Who acts for the office: a successor signs a document of their own.
    static let delegationsFrom = OfficeWork(
        kind: "delegation-from",
        open: { leaving in
            try leaving.people.delegations(from: leaving.office).filter { $0.delegation.isOpen(from: leaving.day) }
                .map { item("delegation-from", $0) }
        }, handOver: nil)

    /// For whom the office acts: the document names who leaves.
    static let delegationsTo = OfficeWork(
        kind: "delegation-to",
        open: { leaving in
            try leaving.people.delegations(to: leaving.office).filter { $0.delegation.isOpen(from: leaving.day) }
                .map { item("delegation-to", $0) }
        }, handOver: nil)

    private static func item(_ kind: String, _ row: DelegationRow) -> OfficeWorkItem {
        OfficeWorkItem(
            kind: kind,
            title: Message(
                "office-work.\(kind).words",
                [
                    "capacity": .key("capacity.\(row.delegation.capacity.rawValue)"),
                    "person": .text(row.other.personName), "title": .text(row.other.office.title),
                    "authority": .text(row.delegation.authority),
                ]), href: row.other.personHref, count: 1, fate: .ends)
    }
}

extension Delegation {
    /// It holds on the day or will later; one that was ended before its first day never does.
    func isOpen(from day: Day) -> Bool { day < to && from < to }
}

extension OfficeLeaving {
    fileprivate var openGrants: [GrantRow] {
        get throws { try people.grants(of: office).filter { $0.to > day && $0.from < $0.to } }
    }
}

extension PersonStore {
    /// Gives the successor the same right from the day on, for as long as the old one would have lasted. False when
    /// they have it already, or when no day is left for it.
    fileprivate func takeOver(_ row: GrantRow, _ successor: OfficeRow, _ leaving: OfficeLeaving) throws -> Bool {
        guard let top = try UnitLife.find(row.grant.unit, tx: tx, viewer: viewer, today) else { return false }
        let from = max(leaving.day, row.from, successor.office.from, top.from)
        // A right that lasts as long as its office lasts as long as the next one.
        let asked = row.to >= leaving.office.office.to ? Day.never : row.to
        let to = min(asked, successor.office.to, top.to)
        guard from < to else { return false }
        let has = try grants(of: successor).contains { other in
            other.grant.role == row.grant.role && other.grant.hierarchy == row.grant.hierarchy
                && other.grant.unit == row.grant.unit && other.from < to && other.to > from
        }
        if has { return false }
        try grant(
            office: successor.office.uid, role: row.grant.role, hierarchy: row.grant.hierarchy, unit: row.grant.unit,
            ceiling: row.grant.ceiling, from: from, to: to, at: leaving.now)
        return true
    }
}
