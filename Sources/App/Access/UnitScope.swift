public import Storage

/// Which units a viewer may know of. The one place where it is decided; every query that shows units splices this in.
///
/// A public unit is known to everybody. Any other is known through a grant whose ceiling reaches its secrecy and whose
/// subtree, by today's map (`unit_reach`), holds it. An office's own unit is always known to it.
public struct UnitScope: Sendable {
    let viewer: Viewer

    public init(_ viewer: Viewer) { self.viewer = viewer }

    /// A condition on a row of `unit` under the alias `u`.
    public var condition: SQL { condition(on: "u") }

    /// A condition on a row of `unit` under another alias, as for a unit's parent.
    public func condition(on alias: StaticString) -> SQL {
        if viewer.isSystem { return "1 = 1" }
        let unit = SQL(static: alias)
        var ways: [SQL] = [unit + ".secrecy = 0"]
        if let own = viewer.office?.unit { ways.append(unit + ".id = \(own)") }
        ways += reaches(of: viewer.grants.filter { $0.ceiling > .public }, on: unit)
        return "(" + ways.joined(" OR ") + ")"
    }

    /// A condition on `u`: the unit lies in the subtree of one of the viewer's grants of these roles, up to this level at
    /// least.
    public func within(_ roles: [Role], upTo ceiling: Secrecy = .public) -> SQL {
        if viewer.isSystem { return "1 = 1" }
        let grants = viewer.grants.filter { roles.contains($0.role) && $0.ceiling >= ceiling }
        let ways = reaches(of: grants, on: "u")
        return ways.isEmpty ? "1 = 0" : "(" + ways.joined(" OR ") + ")"
    }

    /// One condition for each unit and ceiling, whatever the roles, over all the hierarchies in which it is held. With
    /// a limit of its own PostgreSQL seeks once a row, instead of reading a country's units into a hash table first.
    private func reaches(of grants: [Viewer.Grant], on unit: SQL) -> [SQL] {
        var conditions: [SQL] = []
        var known: [Viewer.Grant] = []
        for grant in grants where !known.contains(where: { $0.unit == grant.unit && $0.ceiling == grant.ceiling }) {
            known.append(grant)
            let same = grants.filter { $0.unit == grant.unit && $0.ceiling == grant.ceiling }
            let hierarchies = Hierarchy.allCases.filter { hierarchy in same.contains { $0.hierarchy == hierarchy } }
            conditions.append(
                """
                (\(unit).secrecy <= \(grant.ceiling.rawValue) AND EXISTS (SELECT 1 FROM unit_reach r \
                WHERE r.unit_id = \(unit).id AND r.hierarchy IN (\(list: hierarchies.map(\.rawValue))) \
                AND r.ancestor_id = \(grant.unit) LIMIT 1 OFFSET 0))
                """)
        }
        return conditions
    }
}

/// The rules that need the map: asked inside a transaction.
public struct UnitRights: Sendable {
    let viewer: Viewer

    public init(_ viewer: Viewer) { self.viewer = viewer }

    /// The viewer holds one of `roles` over the unit.
    public func holds(_ roles: [Role], over unit: ID<OrgUnit>, in tx: Transaction) throws -> Bool {
        guard viewer.isSystem || viewer.grants.contains(where: { roles.contains($0.role) }) else { return false }
        let inside = UnitScope(viewer).within(roles)
        return try tx.first("SELECT 1 FROM unit u WHERE u.id = \(unit) AND \(inside)") != nil
    }
}
