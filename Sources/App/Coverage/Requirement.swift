/// What a higher document asks of units: that each issue a document of one type by a day.
public struct Requirement: Sendable, Equatable {
    public let id: ID<Requirement>
    public let uid: UID
    /// The higher document.
    public let document: ID<Document>
    /// Of the documents that are to be issued.
    public var type: DocumentType
    /// In whose name it is required: whoever keeps this unit keeps the requirement.
    public let owner: ID<OrgUnit>
    /// What is wanted, in words; empty when the type says enough.
    public var title: String
    /// The paragraph of the higher document that asks for it, `III.2`; may be empty.
    public var paragraph: String
    /// The last day on which it counts as on time.
    public var due: Day
    /// As it was first set; never changed.
    public let firstDue: Day
    public let madeOn: Day
    public var isWithdrawn: Bool
    public var withdrawalReason: String
    /// Counts every change, for `If-Match`.
    public var version: Int

    public var subject: Subject { Subject(.requirement, id: id.value, uid: uid) }
}

/// What one unit owes under one requirement, and how it stands.
public struct Duty: Sendable, Equatable {
    public let requirement: ID<Requirement>
    public let unit: ID<OrgUnit>
    public var state: State
    public var due: Day
    public var fulfilment: Fulfilment?
    /// Why the unit need not issue it; nil when it must.
    public var waiverReason: String?
    /// Why the unit is no longer addressed; nil while it is.
    public var removalReason: String?

    /// What is stored. Whether it is late follows from the day.
    public enum State: String, Sendable, CaseIterable {
        case open, done, waived, removed
    }

    /// The document that fulfils a duty.
    public struct Fulfilment: Sendable, Equatable {
        public let document: ID<Document>
        /// The issuing day of the document.
        public let on: Day
        public let how: Way
        /// Of a fulfilment set by hand.
        public let reason: String
    }

    public enum Way: String, Sendable, CaseIterable {
        /// Found by its link to the higher document.
        case link
        /// Named by somebody, with a reason.
        case hand
    }

    public func status(on today: Day) -> DutyStatus {
        DutyStatus(state, due: due, fulfilledOn: fulfilment?.on ?? .never, on: today)
    }
}

/// How a duty stands on a day. The raw value is the word in URLs, in the API, in CSV and in message keys.
public enum DutyStatus: String, Sendable, CaseIterable {
    /// Not issued, and there is time yet; the last day counts as on time.
    case due
    /// Not issued, and the last day has passed.
    case late
    case done
    /// Issued after the last day.
    case doneLate = "done-late"
    case waived

    /// A duty that was taken back is in no list.
    public init(_ state: Duty.State, due: Day, fulfilledOn: Day, on today: Day) {
        switch state {
        case .open: self = due < today ? .late : .due
        case .done: self = fulfilledOn > due ? .doneLate : .done
        case .waived, .removed: self = .waived
        }
    }

    /// Still to be issued.
    public var isMissing: Bool { self == .due || self == .late }

    var tone: Tone {
        switch self {
        case .due: .warn
        case .late: .bad
        case .done: .good
        case .doneLate: .accent
        case .waived: .none
        }
    }

    var nameKey: String { "duty.status.\(rawValue)" }
}
