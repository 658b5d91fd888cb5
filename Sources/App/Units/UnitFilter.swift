/// What a list of units is asked for: the same words in the URL, in the API and on the command line.
public struct UnitFilter: Sendable, Equatable {
    public var text = ""
    public var kind: UnitKind?
    public var level: UnitKind.Level?
    /// Below this unit in the hierarchy: directly, or anywhere when `deep`.
    public var parent: UID?
    public var isDeep = false
    public var hierarchy: Hierarchy = .territory
    public var state: State = .live
    public var order: Order = .name
    public var isDescending = false

    public enum State: String, Sendable, CaseIterable {
        case live, ended, all
    }

    public enum Order: String, Sendable, CaseIterable {
        case name, level, from
    }

    public init() {}

    /// Reads the query of a request; unknown words become problems of their field.
    public init(_ query: inout Fields) {
        text = query.line("q", max: 200, required: false)
        kind = query.choice("kind", required: false)
        if let name = query.choice("level", of: LevelName.self, required: false) { level = name.level }
        parent = query.uid("parent", required: false)
        isDeep = query["deep"] == "1"
        hierarchy = query.choice("hierarchy", required: false) ?? .territory
        state = query.choice("state", required: false) ?? .live
        order = query.choice("sort", required: false) ?? UnitFilter.standardOrder(text)
        isDescending = query["desc"] == "1"
    }

    /// Asks for living units of some kinds and for nothing else.
    var isOfKindsOnly: Bool { TextFold.words(text).isEmpty && parent == nil && state == .live }

    func matches(_ other: UnitKind) -> Bool { (kind ?? other) == other && (level ?? other.level) == other.level }

    /// The largest first; a search puts the best match first.
    static func standardOrder(_ text: String) -> Order { text.isEmpty ? .level : .name }

    enum LevelName: String, CaseIterable {
        case country, province, district, commune, body

        var level: UnitKind.Level {
            switch self {
            case .country: .country
            case .province: .province
            case .district: .district
            case .commune: .commune
            case .body: .body
            }
        }
    }
}
