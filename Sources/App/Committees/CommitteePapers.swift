import Storage

/// A paper as somebody states it.
public struct PaperDraft: Sendable, Equatable {
    /// One of ``SetupItem/papers``.
    public var item: SetupItem
    public var reference: String
    public var from: Day
    public var to: Day
    public var source: CommitteeSource

    public init(
        item: SetupItem, reference: String, from: Day, to: Day = .never, source: CommitteeSource = .own
    ) {
        self.item = item
        self.reference = reference
        self.from = from
        self.to = to
        self.source = source
    }
}

extension CommitteeStore {
    /// States that the committee has a paper. A regulation takes the place of the one before it.
    public func addPaper(_ uid: UID, _ draft: PaperDraft, seen: Int?, at now: Instant) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        try bump(row, seen: seen)
        try addPaper(row, draft, at: now)
        try record(
            .changed, row,
            after: [
                "item": draft.item.rawValue, "reference": draft.reference, "from": draft.from.text,
                "to": draft.to == .never ? "" : draft.to.text,
            ], at: now)
        return try find(uid)
    }

    /// Ends a paper: it is over, or was stated wrongly and is taken back from its first day on.
    public func endPaper(
        _ uid: UID, paper: UID, _ change: CommitteeEnd, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        let held = try self.paper(paper, of: row)
        try bump(row, seen: seen)
        var found = Validation()
        CommitteeStore.check(change, from: held.from, to: held.to, &found)
        try found.check()
        try tx.run("UPDATE committee_paper SET to_day = \(change.from) WHERE id = \(held.id)")
        if held.item == .notice { try PortfolioStore(self).noticeEnded(held.id, from: change.from) }
        try record(
            .ended, row,
            after: [
                "item": held.item.rawValue, "reference": held.reference, "to": change.from.text,
                "decision": change.decision,
            ], at: now)
        return try find(uid)
    }

    func paper(_ uid: UID, of row: CommitteeRow) throws -> CommitteePaper {
        let found = try papers("q.uid = \(uid) AND q.committee_id = \(row.committee.id)").first
        guard let found else { throw AppError.notFound }
        return found
    }

    /// Checks and stores a paper, without an event of its own.
    @discardableResult
    func addPaper(_ row: CommitteeRow, _ draft: PaperDraft, at now: Instant) throws -> ID<CommitteePaper> {
        var found = Validation()
        let reference = StoredText.line(draft.reference, "reference", max: 300, &found)
        if !SetupItem.papers.contains(draft.item) { found.add("item", "committee.error.item_is_computed") }
        CommitteeStore.check(draft.source, "", &found)
        let to = row.period(from: draft.from, to: draft.to, "", &found)
        try found.check()
        if draft.item == .regulation { try endRegulation(row, from: draft.from) }
        return try insertPaper(
            draft.item, reference, from: draft.from, to: to, draft.source, of: row.committee.id, at: now)
    }

    /// The regulation in force on the day ends on it. One that begins on that day, or later, is in the way.
    private func endRegulation(_ row: CommitteeRow, from day: Day) throws {
        let others = try papers(
            "q.committee_id = \(row.committee.id) AND q.item = 'regulation' AND q.to_day > \(day)"
        ).filter { $0.from < $0.to }
        if let later = others.first(where: { $0.from >= day }) {
            throw AppError.invalid([
                Problem(
                    "from", "committee.error.regulation_later",
                    ["reference": .text(later.reference), "day": .day(later.from)])
            ])
        }
        for old in others { try tx.run("UPDATE committee_paper SET to_day = \(day) WHERE id = \(old.id)") }
    }

    @discardableResult
    func insertPaper(
        _ item: SetupItem, _ reference: String, from: Day, to: Day, _ source: CommitteeSource,
        of committee: ID<Committee>, at now: Instant
    ) throws -> ID<CommitteePaper> {
        let row = try tx.first(
            """
            INSERT INTO committee_paper (uid, committee_id, item, reference, from_day, to_day, article, quote)
            VALUES (\(UID.new(at: now)), \(committee), \(item.rawValue), \(reference), \(from), \(to),
                \(source.article), \(source.quote)) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new paper has no id") }
        return try row.id(0)
    }
}
