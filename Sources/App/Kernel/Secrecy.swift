/// Who may know of a record, lowest first. Of a state secret only a reference is ever kept, so it is no level here.
public enum Secrecy: Int, Sendable, CaseIterable, Comparable {
    /// Everybody, on the public page too.
    case `public` = 0
    /// Whoever holds a grant over a unit above it.
    case `internal` = 1
    /// Named people, and grants whose ceiling says so.
    case restricted = 2

    public static func < (left: Secrecy, right: Secrecy) -> Bool { left.rawValue < right.rawValue }

    /// The word in URLs, JSON, CSV and message keys.
    public var name: String {
        switch self {
        case .public: "public"
        case .internal: "internal"
        case .restricted: "restricted"
        }
    }

    public init?(name: String) {
        guard let found = Secrecy.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}
