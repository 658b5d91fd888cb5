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

    /// A subtree up to so many units is asked for its people; of a larger one most people are known, so that the list
    /// walks the names and asks about each. 100,000 people on SQLite, page and count: a commune 0.1 ms, a province
    /// 50 ms, the country 1,800 ms the first way and 8 ms the second.
    var fewUnits = 2_000

    /// A condition on a row of `person` under the alias `p`.
    func known() throws -> SQL {
        if viewer.isSystem { return "1 = 1" }
        let roots = try viewer.rootGrants(on: today, in: tx)
        if roots.contains(where: { $0.ceiling == .restricted }) { return "1 = 1" }
        var ways: [SQL] = viewer.personID.map { ["p.id = \($0)"] } ?? []
        for grant in Set(viewer.grants.map(Reach.init)) {
            ways.append(try isSmall(grant) ? membersOf(grant) : isMember(of: grant))
        }
        if !roots.isEmpty { ways.append("NOT EXISTS (SELECT 1 FROM office o WHERE o.person_id = p.id)") }
        return ways.isEmpty ? "1 = 0" : "(" + ways.joined(" OR ") + ")"
    }

    /// As ``known()``, asked of each row: for a few people who are at hand already, as those of one unit.
    func knownOneByOne() throws -> SQL {
        var narrow = self
        narrow.fewUnits = 0
        return try narrow.known()
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
            return try tx.first(
                """
                SELECT 1 FROM unit_reach r JOIN unit u ON u.id = r.unit_id WHERE r.hierarchy = \(held.hierarchy.rawValue) \
                AND r.ancestor_id = \(held.unit) AND r.unit_id = \(unit) AND u.secrecy <= \(held.ceiling.rawValue)
                """) != nil
        }
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

    private func isSmall(_ reach: Reach) throws -> Bool {
        let counted = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 AS found FROM unit_reach WHERE hierarchy = \(reach.hierarchy.rawValue) \
            AND ancestor_id = \(reach.unit) LIMIT \(fewUnits + 1)) capped
            """)
        return try counted?.int(0) ?? 0 <= fewUnits
    }

    private func membersOf(_ reach: Reach) -> SQL {
        """
        p.id IN (SELECT o.person_id FROM unit_reach r JOIN unit u ON u.id = r.unit_id \
        JOIN office o ON o.unit_id = u.id WHERE \(reach.condition))
        """
    }

    private func isMember(of reach: Reach) -> SQL {
        """
        EXISTS (SELECT 1 FROM office o JOIN unit u ON u.id = o.unit_id JOIN unit_reach r ON r.unit_id = u.id \
        WHERE o.person_id = p.id AND \(reach.condition))
        """
    }

    private struct Reach: Hashable {
        let hierarchy: Hierarchy
        let unit: ID<OrgUnit>
        let ceiling: Secrecy

        init(_ grant: Viewer.Grant) {
            hierarchy = grant.hierarchy
            unit = grant.unit
            ceiling = grant.ceiling
        }

        /// On `r` and `u`.
        var condition: SQL {
            """
            r.hierarchy = \(hierarchy.rawValue) AND r.ancestor_id = \(unit) AND u.secrecy <= \(ceiling.rawValue)
            """
        }
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
