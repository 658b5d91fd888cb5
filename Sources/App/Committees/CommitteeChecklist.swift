import Storage

/// What a committee needs before it can steer, in the order in which it comes about.
public enum SetupItem: String, Sendable, CaseIterable {
    /// The decision that sets it up.
    case decision
    /// The working regulation.
    case regulation
    /// The notice that assigns fields, localities and tasks to members.
    case notice
    /// Computed from the organs.
    case supportTeam = "support-team"
    /// The plan or the programme of work.
    case plan

    /// Its place in ``SetupProgress/mask``.
    var bit: Int { 1 << (SetupItem.allCases.firstIndex(of: self) ?? 0) }
    static let whole = SetupItem.allCases.reduce(0) { $0 | $1.bit }

    /// The items that a paper fulfils.
    public static let papers: [SetupItem] = [.decision, .regulation, .notice, .plan]
}

/// Which items of the checklist a committee has on a day.
public struct SetupProgress: Sendable, Equatable {
    let mask: Int

    init(mask: Int) { self.mask = mask & SetupItem.whole }

    public func has(_ item: SetupItem) -> Bool { mask & item.bit != 0 }
    public var missing: [SetupItem] { SetupItem.allCases.filter { !has($0) } }
    public var done: Int { SetupItem.allCases.count - missing.count }
    public var isWhole: Bool { mask == SetupItem.whole }
}

/// A paper that set the committee up, or lets it work: as it is cited; see ``CitedDocuments``.
public struct CommitteePaper: Sendable, Equatable {
    public let id: ID<CommitteePaper>
    public let uid: UID
    public let item: SetupItem
    /// Number, sign, day and issuer: "02-TB/BCĐTW ngày 28/02/2025".
    public let reference: String
    public let from: Day
    public let to: Day
    public let source: CommitteeSource

    public func isInForce(on day: Day) -> Bool { from <= day && day < to }
}

/// One line of the checklist on a day.
public struct SetupLine: Sendable, Equatable {
    public let item: SetupItem
    public let state: State
    /// From when it is so: the first day, the day to come, or the day from which it is over.
    public let day: Day?
    /// The citation, or the name of the support team as far as the viewer may know it.
    public let reference: String
    /// The support team, as far as the viewer may know it.
    var unit: UnitLink?

    public enum State: String, Sendable, CaseIterable {
        case done, coming, lapsed, missing
    }
}

extension SetupLine {
    /// The checklist on a day, from the papers and the organs.
    static func all(papers: [CommitteePaper], organs: [OrganRow], on day: Day) -> [SetupLine] {
        SetupItem.allCases.map { item in
            let spans: [Span] =
                item == .supportTeam
                ? organs.filter { $0.organ.kind == .supportTeam }.map {
                    Span(from: $0.organ.from, to: $0.organ.to, text: $0.unit?.name ?? $0.organ.decision, unit: $0.unit)
                }
                : papers.filter { $0.item == item }.map { Span(from: $0.from, to: $0.to, text: $0.reference) }
            return line(item, spans.filter { $0.from < $0.to }, on: day)
        }
    }

    private struct Span {
        let from: Day
        let to: Day
        let text: String
        var unit: UnitLink?
    }

    private static func line(_ item: SetupItem, _ spans: [Span], on day: Day) -> SetupLine {
        // Of several the newest speaks, as of several plans that of this year.
        if let now = spans.filter({ $0.from <= day && day < $0.to }).max(by: { $0.from < $1.from }) {
            return SetupLine(item: item, state: .done, day: now.from, reference: now.text, unit: now.unit)
        }
        if let next = spans.filter({ $0.from > day }).min(by: { $0.from < $1.from }) {
            return SetupLine(item: item, state: .coming, day: next.from, reference: next.text, unit: next.unit)
        }
        if let last = spans.max(by: { $0.to < $1.to }) {
            return SetupLine(item: item, state: .lapsed, day: last.to, reference: last.text, unit: last.unit)
        }
        return SetupLine(item: item, state: .missing, day: nil, reference: "")
    }
}

extension CommitteeStore {
    /// The items of the checklist that `c` has on a day, as one number: a seek in each of two indexes.
    static func progress(on day: Day) -> SQL {
        let bits = SetupItem.papers.map { item -> SQL in
            "MAX(CASE WHEN q.item = \(item.rawValue) THEN \(item.bit) ELSE 0 END)"
        }
        return """
            COALESCE((SELECT \(bits.joined(" + ")) FROM committee_paper q WHERE q.committee_id = c.id
                AND q.from_day <= \(day) AND q.to_day > \(day)), 0)
            + CASE WHEN EXISTS (SELECT 1 FROM committee_organ g WHERE g.committee_id = c.id
                AND g.kind = \(OrganKind.supportTeam.rawValue) AND g.from_day <= \(day) AND g.to_day > \(day))
                THEN \(SetupItem.supportTeam.bit) ELSE 0 END
            """
    }

    func progress(of committees: [ID<Committee>], on day: Day) throws -> [ID<Committee>: SetupProgress] {
        let rows = try tx.all(
            "SELECT c.id, \(CommitteeStore.progress(on: day)) FROM committee c WHERE c.id IN (\(list: committees))")
        return try Dictionary(
            rows.map { (try $0.id(0), SetupProgress(mask: try $0.int(1))) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every paper of the committee, the oldest first.
    public func papers(of row: CommitteeRow) throws -> [CommitteePaper] {
        try papers("q.committee_id = \(row.committee.id)")
    }

    func papers(_ condition: SQL) throws -> [CommitteePaper] {
        try tx.all(
            """
            SELECT q.id, q.uid, q.item, q.reference, q.from_day, q.to_day, q.article, q.quote FROM committee_paper q
            WHERE \(condition) ORDER BY q.from_day, q.id
            """
        ).map { row in
            guard let item = SetupItem(rawValue: try row.text(2)) else {
                throw StorageError.decoding("a paper of an unknown item")
            }
            return CommitteePaper(
                id: try row.id(0), uid: try row.uid(1), item: item, reference: try row.text(3), from: try row.day(4),
                to: try row.day(5), source: CommitteeSource(article: try row.text(6), quote: try row.text(7)))
        }
    }
}
