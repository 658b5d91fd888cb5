import Storage

/// A person as lists and pages show them.
public struct PersonRow: Sendable, Equatable {
    public let person: Person
    /// Held today and known to the viewer.
    public let offices: [OfficeRow]
}

/// An office with the names that belong to it.
public struct OfficeRow: Sendable, Equatable {
    public let office: Office
    public let personUID: UID
    public let personName: String
    public let unitUID: UID
    public let unitName: String
}

/// A right of an office, with the name of the unit over which it holds.
public struct GrantRow: Sendable, Equatable {
    public let id: ID<Viewer.Grant>
    public let uid: UID
    public let grant: Viewer.Grant
    public let unitUID: UID
    public let unitName: String
    public let from: Day
    public let to: Day
}

/// A delegation seen from one of its two offices.
public struct DelegationRow: Sendable, Equatable {
    public let delegation: Delegation
    /// The office on the other side.
    public let other: OfficeRow
}

/// Which people a list asks for.
public struct PersonFilter: Sendable, Equatable {
    /// Folded words, each of which the name must hold.
    public var words: [String]
    public var descending: Bool

    public init(words: [String] = [], descending: Bool = false) {
        self.words = words
        self.descending = descending
    }
}

/// Text checked once more where it is stored, so that page, API and command line keep the same rules.
enum StoredText {
    /// One clean line; a problem of `field` when it is unreadable, missing or too long.
    static func line(
        _ raw: String, _ field: String, max: Int, required: Bool = true, _ found: inout Validation
    ) -> String {
        guard let clean = CleanText.line(raw) else {
            found.add(field, "field.unreadable")
            return ""
        }
        if clean.isEmpty, required { found.add(field, "field.missing") }
        if clean.count > max { found.add(field, "field.long", ["max": .number(max), "count": .number(clean.count)]) }
        return clean
    }
}
