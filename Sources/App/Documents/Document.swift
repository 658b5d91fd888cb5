/// A paper of the state, the Party or the Front: a draft, then issued under a number for good, perhaps withdrawn.
public struct Document: Sendable, Equatable {
    public let id: ID<Document>
    public let uid: UID
    public var state: State
    public var type: DocumentType
    public var issuer: ID<OrgUnit>
    /// What the issuer was called on the issuing day, as on the letterhead.
    public var issuerName: String
    public var numbering: Numbering
    /// How the issuer abbreviates itself in a number: `UBND`, `BCĐTW`; of a dispatch with the drafting unit, `SKHCN-CĐS`.
    public var issuerSign: String
    /// In which the number counts; empty while there is none.
    public var series: String
    public var number: Int?
    /// Number and sign as written, `283/KH-UBND`; empty while there is none.
    public var sign: String
    /// Trích yếu: what it is about. Empty of a state secret.
    public var title: String
    /// ``Day/never`` of a draft.
    public var issuedOn: Day
    /// ``Day/never`` of a draft that will take effect on the day of its issue.
    public var effectFrom: Day
    public var effectTo: Day
    /// A name, or the title of a role.
    public var signer: String
    public var signerTitle: String
    public var capacity: Delegation.Capacity?
    public var secrecy: Secrecy
    /// A state secret, of which only number, day and holder are kept.
    public var isReference: Bool
    /// Who keeps the paper of a state secret.
    public var holder: String
    /// Where the statement that there is such a document was read, and the words that say so.
    public var source: String
    public var quote: String
    public var withdrawnOn: Day
    public var withdrawalReason: String
    /// Counts every change, for `If-Match`.
    public var version: Int

    public enum State: String, Sendable, CaseIterable {
        case draft, issued, withdrawn
        /// A draft that was given up; only its history remains.
        case discarded
    }

    /// By whose rules it is numbered.
    public enum Numbering: String, Sendable, CaseIterable {
        /// `283/KH-UBND`: by type within a calendar year.
        case state
        /// `30/2020/NĐ-CP`: legal normative documents, by type within a calendar year, apart from the others.
        case law
        /// `57-NQ/TW`: by type within the term of the committee.
        case party

        public var system: DocumentSystem { self == .party ? .party : .state }
    }

    /// What people call it in a list or a link: its number, or its title while it has none.
    public var name: String { sign.isEmpty ? title : sign }

    public var subject: Subject { Subject(.document, id: id.value, uid: uid) }
}

/// The sequence in which a number counts, as it is stored: `2025`, `2025-law`, `term-14`.
public enum DocumentSeries {
    /// Nil when the Party's term is missing.
    public static func text(_ numbering: Document.Numbering, on day: Day, term: Int?) -> String? {
        switch numbering {
        case .state: "\(day.parts.year)"
        case .law: "\(day.parts.year)-law"
        case .party: term.map { "term-\($0)" }
        }
    }

    /// The term of a Party series.
    public static func term(_ series: String) -> Int? {
        series.hasPrefix("term-") ? Int(series.dropFirst(5)) : nil
    }

    /// The term of the Central Committee on a day, by the congress that elected it; nil before the sixth. Committees of
    /// provinces and below count their own.
    public static func centralTerm(on day: Day) -> Int? {
        congresses.last { $0.from <= day }?.term
    }

    private static let congresses: [(from: Day, term: Int)] = [
        (1986, 12, 18, 6), (1991, 6, 27, 7), (1996, 7, 1, 8), (2001, 4, 22, 9), (2006, 4, 25, 10), (2011, 1, 19, 11),
        (2016, 1, 28, 12), (2021, 2, 1, 13), (2026, 1, 23, 14),
    ].compactMap { year, month, day, term in Day(year: year, month: month, day: day).map { ($0, term) } }
}

/// How a document stands on a day: computed from its state, its days and what replaces it.
public enum DocumentForce: Sendable, Equatable {
    case draft
    case notYet(from: Day)
    case inForce
    case expired(on: Day)
    /// No longer in force: another has taken its place.
    case replaced(on: Day)
    case withdrawn(on: Day)

    /// `replacedFrom`: the first day of effect among the documents that replace it, as far as the viewer knows them.
    public init(
        state: Document.State, effect: (from: Day, to: Day), withdrawnOn: Day, replacedFrom: Day?, on day: Day
    ) {
        if state == .draft || state == .discarded {
            self = .draft
        } else if withdrawnOn <= day {
            self = .withdrawn(on: withdrawnOn)
        } else if let replacedFrom, replacedFrom <= day {
            self = .replaced(on: replacedFrom)
        } else if effect.to <= day {
            self = .expired(on: effect.to)
        } else if effect.from > day {
            self = .notYet(from: effect.from)
        } else {
            self = .inForce
        }
    }

    /// The word in the API and in message keys.
    public var name: String {
        switch self {
        case .draft: "draft"
        case .notYet: "not-yet"
        case .inForce: "in-force"
        case .expired: "expired"
        case .replaced: "replaced"
        case .withdrawn: "withdrawn"
        }
    }

    /// The day that goes with it.
    public var day: Day? {
        switch self {
        case .draft, .inForce: nil
        case .notYet(let day), .expired(let day), .replaced(let day), .withdrawn(let day): day
        }
    }
}
