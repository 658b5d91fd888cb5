/// What a form, a JSON body or a line of a file may say of a new unit.
public struct UnitDraft: Sendable, Equatable {
    public var kind: UnitKind
    public var name: String
    /// Names in other languages by BCP 47 tag; empty ones are left out.
    public var names: [String: String] = [:]
    /// In the territory; nil only for a country.
    public var parent: UID?
    /// Superior agency.
    public var stateParent: UID?
    /// Party committee above.
    public var partyParent: UID?
    public var from: Day
    public var to: Day = .never
    public var secrecy: Secrecy
    public var scheme = ""
    public var code = ""
    public var place: OrgUnit.Place?
    /// Square metres.
    public var area: Int64?
    public var basis = ""

    public init(kind: UnitKind, name: String, parent: UID?, from: Day, secrecy: Secrecy) {
        self.kind = kind
        self.name = name
        self.parent = parent
        self.from = from
        self.secrecy = secrecy
    }

    public func parent(in hierarchy: Hierarchy) -> UID? {
        switch hierarchy {
        case .territory: parent
        case .state: stateParent
        case .party: partyParent
        }
    }
}
