/// What a list of committees is asked for: the same words in the URL, in the API and on the command line.
public struct CommitteeFilter: Sendable, Equatable {
    public var text = ""
    /// Of this unit and of all below it in the territory.
    public var unit: UID?
    /// Only committees of hosts of this level.
    public var level: UnitKind.Level?
    /// Written in any way; see ``Committee/programmeKey(_:)``.
    public var programme = ""
    public var state: UnitFilter.State = .live

    public init() {}

    /// Reads the query of a request; unknown words become problems of their field.
    public init(_ query: inout Fields) {
        text = query.line("q", max: 200, required: false)
        unit = query.uid("unit", required: false)
        if let name = query.choice("level", of: UnitFilter.LevelName.self, required: false) { level = name.level }
        programme = query.line("programme", max: 200, required: false)
        state = query.choice("state", required: false) ?? .live
    }

    var isNarrow: Bool { self != CommitteeFilter() }

    /// The address of the same list.
    func link(_ path: String, on day: Day?, after: Cursor? = nil) -> String {
        URLText.link(
            path,
            [
                "q": text, "unit": unit?.text ?? "", "level": levelName, "programme": programme,
                "state": state == .live ? "" : state.rawValue, "on": day?.text ?? "", "after": after?.text ?? "",
            ])
    }

    var levelName: String {
        UnitFilter.LevelName.allCases.first { $0.level == level }?.rawValue ?? ""
    }
}
