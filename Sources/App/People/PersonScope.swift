import Storage

/// Through which scopes a viewer knows of people. One row of `person_scope` says that a person holds, held or will hold
/// an office below a unit; the number of its scope holds the unit and the tree.
struct PersonScope {
    let viewer: Viewer

    init(_ viewer: Viewer) { self.viewer = viewer }

    /// One way to know of people: all of a scope up to the secrecy of their units.
    struct Branch: Hashable {
        let id: Int64
        let ceiling: Secrecy
    }

    /// Where people without any office stand: no unit has this number.
    static let officeless: Int64 = 3

    static func id(_ hierarchy: Hierarchy, _ unit: ID<OrgUnit>) -> Int64 {
        let tree: Int64 =
            switch hierarchy {
            case .territory: 0
            case .state: 1
            case .party: 2
            }
        return unit.value &* 4 | tree
    }

    /// Each scope once with its highest ceiling, in a fixed order.
    func branches(isRoot: Bool) -> [Branch] {
        var ceilings: [Int64: Secrecy] = isRoot ? [PersonScope.officeless: .restricted] : [:]
        for grant in viewer.grants {
            let id = PersonScope.id(grant.hierarchy, grant.unit)
            ceilings[id] = max(ceilings[id] ?? .public, grant.ceiling)
        }
        return ceilings.map { Branch(id: $0.key, ceiling: $0.value) }.sorted { $0.id < $1.id }
    }

    /// A condition on a row of `person` under the alias `p`.
    func condition(isRoot: Bool) -> SQL {
        var ways: [SQL] = viewer.personID.map { ["p.id = \($0)"] } ?? []
        let branches = branches(isRoot: isRoot)
        for ceiling in Secrecy.allCases {
            let scopes = branches.filter { $0.ceiling == ceiling }.map(\.id)
            guard !scopes.isEmpty else { continue }
            ways.append(
                """
                EXISTS (SELECT 1 FROM person_scope v WHERE v.person_id = p.id AND v.scope_id IN (\(list: scopes)) \
                AND v.secrecy <= \(ceiling.rawValue) LIMIT 1 OFFSET 0)
                """)
        }
        return ways.isEmpty ? "1 = 0" : "(" + ways.joined(" OR ") + ")"
    }
}
