import Storage

/// All that the page of one committee shows, read in one snapshot.
public struct CommitteeDetail: Sendable {
    public let row: CommitteeRow
    /// The day that the page speaks of.
    public let day: Day
    /// Every seat, in the order of positions; ``seats(_:)`` parts them.
    public let seats: [SeatRow]
    public let organs: [OrganRow]
    public let papers: [CommitteePaper]
    public let checklist: [SetupLine]
    public let rules: RulesInForce
    /// Fields, localities and tasks that nobody covers, and that two cover.
    public let coverage: PortfolioCoverage
    public let rights: CommitteeAbilities
    /// Where decisions and papers lead to.
    let cited: CitedDocuments

    public enum Time: Sendable { case now, past, coming }

    public func seats(_ time: Time) -> [SeatRow] {
        switch time {
        case .now: seats.filter { $0.seat.isHeld(on: day) }
        case .past:
            seats.filter { $0.seat.to <= day && $0.seat.from < $0.seat.to }.sorted { $0.seat.to > $1.seat.to }
        case .coming: seats.filter { $0.seat.from > day && $0.seat.from < $0.seat.to }
        }
    }

    public var head: SeatRow? { seats(.now).first { $0.seat.position == .head } }
    /// Members whose office is over, so that a successor must be named.
    public var left: [SeatRow] { seats(.now).filter { $0.leftOn != nil } }
    public var progress: SetupProgress {
        SetupProgress(mask: checklist.filter { $0.state == .done }.reduce(0) { $0 | $1.item.bit })
    }
}

extension CommitteeStore {
    /// Everything about one committee on a day. ``AppError/notFound`` also when the viewer may not know of it.
    public func detail(_ uid: UID, on asked: Day? = nil) throws -> CommitteeDetail {
        let row = try find(uid, on: asked)
        let day = row.day(asked ?? today)
        let seats = try seats(of: row, on: day), organs = try organs(of: row), papers = try papers(of: row)
        return CommitteeDetail(
            row: row, day: day, seats: seats, organs: organs, papers: papers,
            checklist: SetupLine.all(papers: papers, organs: organs, on: day), rules: try rules(of: row, on: day),
            coverage: try PortfolioStore(self).coverage(of: row, on: day), rights: try abilities(row),
            cited: try CitedDocuments(
                [row.committee.programme] + papers.map(\.reference)
                    + seats.flatMap { [$0.seat.decision, $0.seat.endDecision] }
                    + organs.map(\.organ.decision), tx, viewer))
    }
}
