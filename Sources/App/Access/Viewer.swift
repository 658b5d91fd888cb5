/// Who asks: a person in an office they hold today, perhaps on somebody's behalf, with that office's grants.
///
/// Every store is made with one, so that nothing is read unscoped. Rights come from the office, never from the person.
public struct Viewer: Sendable, Equatable {
    public let identity: Identity
    /// The office in use; nil for the system and for somebody who holds none today.
    public let office: OfficeInUse?
    /// In force today, of the office in use (or of the office acted for).
    public let grants: [Grant]
    /// The person who asks; nil for the system and for somebody who has not signed in.
    public let personID: ID<Person>?
    /// The command line or a job.
    public let isSystem: Bool
    /// The day on which the office is held and the grants are in force; nil when nobody looked it up.
    public let day: Day?

    public init(identity: Identity, office: OfficeInUse? = nil, grants: [Grant] = [], day: Day? = nil) {
        self.identity = identity
        self.office = office
        self.grants = grants
        // Read on every request, and stored: the optimiser of Swift 6.3.1 fails on the pattern where it is inlined.
        switch identity {
        case .anonymous: (personID, isSystem) = (nil, false)
        case .system: (personID, isSystem) = (nil, true)
        case .person(let id, _, _): (personID, isSystem) = (id, false)
        }
        self.day = day
    }

    public enum Identity: Sendable, Equatable {
        case anonymous
        /// The command line or a job: whoever has the data folder has everything.
        case system(String)
        case person(id: ID<Person>, uid: UID, name: String)
    }

    public struct OfficeInUse: Sendable, Equatable {
        public let id: ID<Office>
        public let uid: UID
        public let title: String
        public let unit: ID<OrgUnit>
        public let unitName: String
        /// The lowest territory in which the unit stands today, or the unit itself; nil of a unit outside every one.
        public let place: ID<OrgUnit>?
        /// Set when the office acts for another.
        public let onBehalf: OnBehalf?

        public init(
            id: ID<Office>, uid: UID, title: String, unit: ID<OrgUnit>, unitName: String, place: ID<OrgUnit>? = nil,
            onBehalf: OnBehalf? = nil
        ) {
            self.id = id
            self.uid = uid
            self.title = title
            self.unit = unit
            self.unitName = unitName
            self.place = place
            self.onBehalf = onBehalf
        }
    }

    public struct OnBehalf: Sendable, Equatable {
        public let delegation: ID<Delegation>
        public let capacity: Delegation.Capacity
        public let office: ID<Office>
        public let officeTitle: String
        /// The document that authorises it.
        public let authority: String

        public init(
            delegation: ID<Delegation>, capacity: Delegation.Capacity, office: ID<Office>, officeTitle: String,
            authority: String
        ) {
            self.delegation = delegation
            self.capacity = capacity
            self.office = office
            self.officeTitle = officeTitle
            self.authority = authority
        }
    }

    public struct Grant: Sendable, Hashable {
        public let role: Role
        public let hierarchy: Hierarchy
        /// The root of the subtree.
        public let unit: ID<OrgUnit>
        /// Records above this level stay unknown.
        public let ceiling: Secrecy

        public init(role: Role, hierarchy: Hierarchy, unit: ID<OrgUnit>, ceiling: Secrecy) {
            self.role = role
            self.hierarchy = hierarchy
            self.unit = unit
            self.ceiling = ceiling
        }
    }

    public static let anonymous = Viewer(identity: .anonymous)
    public static func system(_ name: String) -> Viewer { Viewer(identity: .system(name)) }

    public var isSignedIn: Bool { identity != .anonymous }
    /// What a page and an event call this viewer.
    public var name: String {
        switch identity {
        case .anonymous: ""
        case .system(let name): name
        case .person(_, _, let name): name
        }
    }

    /// Acts with the rights of somebody else's office: what is acted with is never passed on.
    public var isOnBehalf: Bool { office?.onBehalf != nil }

    /// Holds the role somewhere; the page still asks about the record.
    public func has(_ role: Role) -> Bool { isSystem || grants.contains { $0.role == role } }
}
