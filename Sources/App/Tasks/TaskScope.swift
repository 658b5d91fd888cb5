import Storage

/// Which tasks a viewer may know of. The one place where it is decided; every query of tasks splices this in.
///
/// A public task that is issued is known to everybody. Any other is known to the offices of the units that lead it,
/// coordinate or have assigned it, and of the bodies that stand in these; through a grant over such a unit whose ceiling
/// reaches its secrecy; and to the people that it names. A draft is known on the assigning side alone.
struct TaskScope {
    let viewer: Viewer

    init(_ viewer: Viewer) { self.viewer = viewer }

    /// One way to know of tasks: all of a scope up to a level.
    struct Branch: Hashable {
        /// A row's `scope_id`.
        let id: Int64
        let ceiling: Secrecy
    }

    /// The last two bits of a scope's number say how a task is known, the others to which unit.
    enum Way: Int64 {
        case territory, state, party, office

        init(_ hierarchy: Hierarchy) {
            switch hierarchy {
            case .territory: self = .territory
            case .state: self = .state
            case .party: self = .party
            }
        }

        func scope(of unit: ID<OrgUnit>) -> Int64 { unit.value &* 4 | rawValue }
    }

    /// The unit in a scope's number.
    static func unit(of scope: Int64) -> Int64 { scope >> 2 }

    /// Through grants and through the own office, each scope once with its highest ceiling, in a fixed order.
    var branches: [Branch] {
        var ceilings: [Int64: Secrecy] = [:]
        func add(_ scope: Int64, _ ceiling: Secrecy) { ceilings[scope] = max(ceilings[scope] ?? .public, ceiling) }
        for grant in viewer.grants { add(Way(grant.hierarchy).scope(of: grant.unit), grant.ceiling) }
        let place = viewer.office?.place
        if let own = viewer.office?.unit, !isGranted(own), !isGranted(place, .territory) {
            add(Way.office.scope(of: own), .internal)
        }
        if let place, !isGranted(place) { add(Way.office.scope(of: place), .internal) }
        return ceilings.map { Branch(id: $0.key, ceiling: $0.value) }.sorted { $0.id < $1.id }
    }

    /// What the unit of the office in use, and the body or place in which it stands, leads itself.
    var ownBranches: [Branch] {
        let own = [viewer.office?.unit, viewer.office?.place].compactMap(\.self).map(Way.office.scope)
        return Set(own).sorted().map { Branch(id: $0, ceiling: .internal) }
    }

    /// What concerns the unit itself is in the scope of a grant over it anyway, and need not be asked apart.
    private func isGranted(_ unit: ID<OrgUnit>?, _ hierarchy: Hierarchy? = nil) -> Bool {
        viewer.grants.contains { grant in
            grant.unit == unit && grant.ceiling >= .internal && (hierarchy == nil || grant.hierarchy == hierarchy)
        }
    }

    /// Of a list for one unit and those below it: what the viewer's rights reach there, else what everybody may know,
    /// which no draft is.
    func branches(of unit: ID<OrgUnit>, _ which: TaskFilter.Which, in tx: Transaction) throws -> [Branch] {
        if viewer.isSystem { return [Branch(id: Way.territory.scope(of: unit), ceiling: .restricted)] }
        let held = try Hierarchy.allCases.compactMap { hierarchy -> Branch? in
            let grants = viewer.grants.filter { $0.hierarchy == hierarchy }
            guard !grants.isEmpty else { return nil }
            let above = try tx.all(
                """
                SELECT ancestor_id FROM unit_reach WHERE unit_id = \(unit) AND hierarchy = \(hierarchy.rawValue)
                AND ancestor_id IN (\(list: grants.map(\.unit))) ORDER BY ancestor_id
                """
            ).map { try $0.id(0, of: OrgUnit.self) }
            let ceiling = grants.filter { above.contains($0.unit) }.map(\.ceiling).max()
            return ceiling.map { Branch(id: Way(hierarchy).scope(of: unit), ceiling: $0) }
        }
        let own =
            [viewer.office?.unit, viewer.office?.place].contains(unit)
            ? [Branch(id: Way.office.scope(of: unit), ceiling: .internal)] : []
        guard which != .draft else { return held + own }
        let open = Hierarchy.allCases.map { Branch(id: Way($0).scope(of: unit), ceiling: .public) }
        return held + own + open.filter { branch in !held.contains { $0.id == branch.id } }
    }

    /// A condition on a row of `task` under an alias.
    func condition(on alias: StaticString = "t") -> SQL {
        if viewer.isSystem { return "1 = 1" }
        let task = SQL(static: alias)
        var ways: [SQL] = ["(\(task).secrecy = 0 AND \(task).closed < 2)"]
        for ceiling in Secrecy.allCases {
            let scopes = branches.filter { $0.ceiling == ceiling }.map(\.id)
            guard !scopes.isEmpty else { continue }
            ways.append(
                """
                (\(task).secrecy <= \(ceiling.rawValue) AND EXISTS (SELECT 1 FROM task_scope v \
                WHERE v.task_id = \(task).id AND v.scope_id IN (\(list: scopes)) LIMIT 1 OFFSET 0))
                """)
        }
        if !offices.isEmpty {
            ways.append(
                """
                (\(task).closed < 2 AND (\(task).performer_id IN (\(list: offices)) \
                OR \(task).leader_id IN (\(list: offices)) OR \(task).authority_id IN (\(list: offices))))
                """)
        }
        return "(" + ways.joined(" OR ") + ")"
    }

    /// The office in use and the one it acts for: a task may name it.
    var offices: [ID<Office>] {
        viewer.office.map { office in [office.id] + (office.onBehalf.map { [$0.office] } ?? []) } ?? []
    }

    /// A condition on `event e` about a task, and on its unit `u`. Of a draft that was deleted nobody can tell any more how
    /// secret it was: those know of it who may know of everything in that unit, and whoever did something to it of that.
    func eventCondition(of subject: SQL = "e.subject_id") -> SQL {
        let trusted = UnitScope(viewer).within(Role.allCases, upTo: .restricted)
        let gone: SQL = viewer.personID.map { "(e.person_id = \($0) OR \(trusted))" } ?? trusted
        return """
            CASE WHEN EXISTS (SELECT 1 FROM task x WHERE x.id = \(subject) AND x.uid = e.subject_uid) \
            THEN EXISTS (SELECT 1 FROM task t WHERE t.id = \(subject) AND \(condition()) LIMIT 1 OFFSET 0) ELSE \(gone) END
            """
    }
}
