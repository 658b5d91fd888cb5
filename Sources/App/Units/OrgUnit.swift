/// A unit of the state, the Party or the Front, or a body of one: never deleted, never overwritten.
///
/// What changes over time, its name, kind and parents, stands in versions and edges that are valid `[from, to)`.
public struct OrgUnit: Sendable, Equatable, Identifiable {
    public let id: ID<OrgUnit>
    public let uid: UID
    /// First day on which it exists; ``Day/beginning`` when our records do not say.
    public var from: Day
    /// The day from which it no longer exists; ``Day/never`` while it lives.
    public var to: Day
    public var secrecy: Secrecy
    /// Counts every change, for `If-Match`.
    public var version: Int
    public var place: Place?
    /// Square metres.
    public var area: Int64?

    /// Millionths of a degree.
    public struct Place: Sendable, Equatable {
        public let latitude: Int64
        public let longitude: Int64
        public init(latitude: Int64, longitude: Int64) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    public func exists(on day: Day) -> Bool { from <= day && day < to }
}

/// What a unit is. The raw value is the word in the database, in URLs, in CSV and in message keys.
public enum UnitKind: String, Sendable, CaseIterable {
    case country, province, city, commune, ward
    case specialZone = "special-zone"
    // Kinds that ended on 1 July 2025.
    case cityOfProvince = "city-of-province"
    case ruralDistrict = "rural-district"
    case urbanDistrict = "urban-district"
    case town, township
    // Bodies.
    case partyCommittee = "party-committee"
    case peoplesCommittee = "peoples-committee"
    case peoplesCouncil = "peoples-council"
    case front
    case ministry, department, office, agency, enterprise, institute, university
    case steeringCommittee = "steering-committee"
    case standingAgency = "standing-agency"
    case supportTeam = "support-team"
    case advisoryCouncil = "advisory-council"
    case otherBody = "body"

    public enum Level: Int, Sendable, Comparable {
        case country = 0, province = 1, district = 2, commune = 3, body = 4
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    public var level: Level {
        switch self {
        case .country: .country
        case .province, .city: .province
        case .cityOfProvince, .ruralDistrict, .urbanDistrict, .town: .district
        case .commune, .ward, .specialZone, .township: .commune
        default: .body
        }
    }

    /// A piece of the map, as against a body that acts in one.
    public var isTerritory: Bool { level != .body }
}
