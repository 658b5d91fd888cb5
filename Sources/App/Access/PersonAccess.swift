public import Storage

/// Who may know of a person, and who may give or take rights: each rule once, asked inside a transaction.
///
/// A person is known to the system, to oneself, to an administrator of the root, and to whoever holds a grant over the
/// unit of one of the person's offices, held now, before or later, by today's map. Somebody without any office is
/// known to administrators of the root only.
public struct PersonAccess {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// A condition on a row of `person` under the alias `p`: of people who are at hand, each asked by itself. Lists are
    /// read from the scopes (``PersonKeys``).
    func known() throws -> SQL {
        switch try reach() {
        case .everybody: "1 = 1"
        case .scopes(let isRoot): PersonScope(viewer).condition(isRoot: isRoot)
        }
    }

    /// The system and an administrator of the root up to the highest level know everybody; any other administrator of
    /// the root also knows those without an office.
    enum Reach {
        case everybody
        case scopes(isRoot: Bool)
    }

    func reach() throws -> Reach {
        if viewer.isSystem { return .everybody }
        let roots = try viewer.rootGrants(on: today, in: tx)
        return roots.contains { $0.ceiling == .restricted } ? .everybody : .scopes(isRoot: !roots.isEmpty)
    }

    /// A condition on `p` and `u`: the office's unit is known to the viewer, or the office is the viewer's own.
    func officeKnown() -> SQL {
        let unit = UnitScope(viewer).condition
        guard let me = viewer.personID else { return unit }
        return "(p.id = \(me) OR \(unit))"
    }

    /// The viewer administers the whole: holds administrator over the country.
    public func isRootAdministrator() throws -> Bool {
        try viewer.isSystem || !viewer.rootGrants(on: today, in: tx).isEmpty
    }

    /// The viewer is an administrator of a subtree that holds the unit.
    public func administers(_ unit: ID<OrgUnit>) throws -> Bool {
        try UnitRights(viewer).holds([.administrator], over: unit, in: tx)
    }

    /// Nobody gives, or takes away, more than they hold as administrator: hierarchy, subtree and ceiling.
    public func mayGive(_ grant: Viewer.Grant) throws -> Bool {
        if viewer.isSystem { return true }
        let unit = grant.unit
        return try viewer.grants.contains { held in
            guard held.role == .administrator, held.hierarchy == grant.hierarchy, held.ceiling >= grant.ceiling
            else { return false }
            if try isOverAll(held, unit) { return true }
            return try tx.first(
                """
                SELECT 1 FROM unit_reach r JOIN unit u ON u.id = r.unit_id WHERE r.hierarchy = \(held.hierarchy.rawValue) \
                AND r.ancestor_id = \(held.unit) AND r.unit_id = \(unit) AND u.secrecy <= \(held.ceiling.rawValue)
                """) != nil
        }
    }

    /// Over the country all units of the hierarchy are in reach, also those that stand below no other in it.
    private func isOverAll(_ held: Viewer.Grant, _ unit: ID<OrgUnit>) throws -> Bool {
        let root = try tx.first("SELECT 1 FROM unit u WHERE u.id = \(held.unit) AND \(PersonAccess.isRoot(today))")
        guard root != nil else { return false }
        return try tx.first("SELECT 1 FROM unit WHERE id = \(unit) AND secrecy <= \(held.ceiling.rawValue)") != nil
    }

    /// The viewer could have given every right that the office has or will have.
    public func mayGiveAll(of office: ID<Office>) throws -> Bool {
        if viewer.isSystem { return true }
        return try grantsInForceOrComing(office).allSatisfy(mayGive)
    }

    /// May block, unblock or give a password to the person: an administrator over one of the person's offices who
    /// could have given every right that any of them has, or acts with for another. Otherwise a lower administrator
    /// could sign in as a higher one.
    public func mayManageAccount(of person: ID<Person>) throws -> Bool {
        if viewer.isSystem { return true }
        let held = try offices(of: person)
        guard try isRootAdministrator() || held.contains(where: { try administers($0.unit) }) else { return false }
        return try mayGiveEverything(of: person)
    }

    /// The viewer could have given every right that any office of the person has or will have, or acts with.
    func mayGiveEverything(of person: ID<Person>) throws -> Bool {
        try (offices(of: person).map(\.id) + actedFor(by: person)).allSatisfy(mayGiveAll)
    }

    private func grantsInForceOrComing(_ office: ID<Office>) throws -> [Viewer.Grant] {
        try tx.all(
            "SELECT role, hierarchy, unit_id, secrecy FROM access_grant WHERE office_id = \(office) AND to_day > \(today)"
        ).map(Viewer.Grant.init(row:))
    }

    private func offices(of person: ID<Person>) throws -> [(id: ID<Office>, unit: ID<OrgUnit>)] {
        try tx.all("SELECT id, unit_id FROM office WHERE person_id = \(person) AND to_day > \(today)").map {
            (try $0.id(0), try $0.id(1))
        }
    }

    private func actedFor(by person: ID<Person>) throws -> [ID<Office>] {
        try tx.all(
            """
            SELECT d.principal_id FROM office o JOIN delegation d ON d.agent_id = o.id \
            WHERE o.person_id = \(person) AND o.to_day > \(today) AND d.to_day > \(today)
            """
        ).map { try $0.id(0) }
    }
}

extension Viewer.Grant {
    /// From the columns role, hierarchy, unit_id, secrecy, beginning at `first`.
    init(row: Row) throws { try self.init(row: row, at: 0) }

    init(row: Row, at first: Int) throws {
        guard let role = Role(rawValue: try row.text(first)),
            let hierarchy = Hierarchy(rawValue: try row.text(first + 1)),
            let ceiling = Secrecy(rawValue: try row.int(first + 3))
        else { throw StorageError.decoding("a grant of an unknown kind") }
        self.init(role: role, hierarchy: hierarchy, unit: try row.id(first + 2), ceiling: ceiling)
    }
}
