/// A steering committee: a body of the kind ``UnitKind/steeringCommittee`` that steers one programme for its host unit.
///
/// Its name, its life and who may know of it are those of its body; here stands what the unit does not say.
public struct Committee: Sendable, Equatable {
    public let id: ID<Committee>
    public let uid: UID
    /// The body.
    public let unit: ID<OrgUnit>
    /// Whose programme it steers: a country, a province, a commune …
    public let host: ID<OrgUnit>
    /// As written: "Nghị quyết số 57-NQ/TW".
    public let programme: String
    public let source: CommitteeSource
    /// Counts every change of the committee, its seats, organs, papers and portfolios, for `If-Match`.
    public let version: Int

    /// What two ways of writing a programme have in common, so that lists can ask for one programme.
    public static func programmeKey(_ programme: String) -> String { TextFold.fold(programme) }
}

/// Where a statement about a committee was taken from, word for word; both empty when it is the office's own.
public struct CommitteeSource: Sendable, Equatable {
    public let article: String
    public let quote: String

    public static let own = CommitteeSource(article: "", quote: "")

    public init(article: String, quote: String) {
        self.article = article
        self.quote = quote
    }

    public var isOwn: Bool { article.isEmpty }
}

/// A place in a committee, held by a person or named by a role alone, for a time.
public struct Seat: Sendable, Equatable {
    public let id: ID<Seat>
    public let uid: UID
    public let committee: ID<Committee>
    public let position: SeatPosition
    /// Nil for a seat that its decision names by a role only.
    public let person: ID<Person>?
    /// The office that the person holds elsewhere, and for the sake of which they sit here.
    public let office: ID<Office>?
    /// The role as the decision writes it: "Bí thư Tỉnh ủy".
    public let title: String
    public let from: Day
    /// The day from which it is over; ``Day/never`` while nobody has ended it.
    public let to: Day
    /// The decision that made it.
    public let decision: String
    /// The decision that ended it; empty while it lasts.
    public let endDecision: String
    public let source: CommitteeSource

    public func isHeld(on day: Day) -> Bool { from <= day && day < to }
}

/// What a seat is in the committee, apart from the office that its holder has elsewhere. In the order of lists.
public enum SeatPosition: String, Sendable, CaseIterable {
    /// One at a time.
    case head
    case deputyHead = "deputy-head"
    case standingMember = "standing-member"
    case member
    /// Secretary or clerk, of the support team too.
    case secretary
    /// Of the advisory council.
    case adviser

    var rank: Int { SeatPosition.allCases.firstIndex(of: self) ?? 0 }
}

/// A unit that works for the committee.
public struct Organ: Sendable, Equatable {
    public let id: ID<Organ>
    public let uid: UID
    public let kind: OrganKind
    public let from: Day
    public let to: Day
    public let decision: String
    public let endDecision: String
    public let source: CommitteeSource

    public func works(on day: Day) -> Bool { from <= day && day < to }
}

public enum OrganKind: String, Sendable, CaseIterable {
    case standingAgency = "standing-agency"
    case supportTeam = "support-team"
    case advisoryCouncil = "advisory-council"

    /// The kind of a unit that is made for it.
    var unitKind: UnitKind {
        switch self {
        case .standingAgency: .standingAgency
        case .supportTeam: .supportTeam
        case .advisoryCouncil: .advisoryCouncil
        }
    }
}
