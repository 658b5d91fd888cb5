public import Storage

/// Makes the ``Viewer`` of a person: offices, delegations and grants that are in force today, and no others.
///
/// Asked on every request, where what it asks goes along with the question whose session it is (``Asking``).
public struct ViewerStore {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// An office that a person holds today.
    public struct HeldOffice: Sendable, Equatable {
        public let id: ID<Office>
        public let uid: UID
        public let title: String
        public let unit: ID<OrgUnit>
        public let unitName: String
        /// The lowest territory in which the unit stands, or the unit itself.
        public let place: ID<OrgUnit>?
    }

    /// A delegation under which a person may act today.
    public struct HeldDelegation: Sendable, Equatable {
        public let uid: UID
        /// The person's own office.
        public let agent: ID<Office>
        public let agentTitle: String
        /// Whose office, and who holds it.
        public let principalName: String
        public let onBehalf: Viewer.OnBehalf
    }

    /// The viewer in `office` and under `delegation`. What is no longer in force falls away: the delegation first,
    /// then the office, for which the first in force (by first day) stands in. Throws ``AppError/notFound``.
    public func viewer(
        person: ID<Person>, office: ID<Office>?, delegation: ID<Delegation>?, today: Day
    ) throws -> Viewer {
        guard let row = try tx.first("SELECT uid, name FROM person WHERE id = \(person)") else {
            throw AppError.notFound
        }
        let identity = Viewer.Identity.person(id: person, uid: try row.uid(0), name: try row.text(1))
        return try viewer(identity, person: person, office: office, delegation: delegation, today: today)
    }

    /// As above, for a caller who has read the person already.
    func viewer(
        _ identity: Viewer.Identity, person: ID<Person>, office: ID<Office>?, delegation: ID<Delegation>?, today: Day
    ) throws -> Viewer {
        let held = try offices(of: person, today: today)
        guard let inUse = held.first(where: { $0.id == office }) ?? held.first else {
            return Viewer(identity: identity, day: today)
        }
        let onBehalf = try delegation.flatMap { delegation in
            try delegations("d.id = \(delegation) AND a.id = \(inUse.id) AND a.person_id = \(person)", today).first
        }?.onBehalf
        return Viewer(
            identity: identity, office: Viewer.OfficeInUse(inUse, onBehalf: onBehalf),
            grants: try grants(of: onBehalf?.office ?? inUse.id, today: today), day: today)
    }

    /// The offices in force, the oldest first.
    public func offices(of person: ID<Person>, today: Day) throws -> [HeldOffice] {
        try tx.all(Self.offices(of: "\(person)", today: today)).map(Self.office)
    }

    /// The statement of it; `person` is a value or a question for one.
    static func offices(of person: SQL, today: Day) -> SQL {
        """
        SELECT o.id, o.uid, o.title, o.unit_id, (SELECT v.name FROM unit_version v WHERE v.unit_id = o.unit_id \
        AND v.from_day <= \(today) ORDER BY v.from_day DESC LIMIT 1), (\(ViewerStore.place(on: today))) FROM office o \
        WHERE o.person_id = \(person) AND o.from_day <= \(today) AND o.to_day > \(today) ORDER BY o.from_day, o.id
        """
    }

    static func office(_ row: Row) throws -> HeldOffice {
        HeldOffice(
            id: try row.id(0), uid: try row.uid(1), title: try row.text(2), unit: try row.id(3),
            unitName: try row.optionalText(4) ?? "", place: try row.optionalID(5))
    }

    /// The lowest territory in which the unit of `office o` stands. The sum keeps the order from being read off the index of levels, past every commune of the country.
    static func place(on today: Day) -> SQL {
        """
        SELECT h.ancestor_id FROM unit_reach h JOIN unit_version w ON w.unit_id = h.ancestor_id \
        WHERE h.unit_id = o.unit_id AND h.hierarchy = \(Hierarchy.territory.rawValue) \
        AND w.level < \(UnitKind.Level.body.rawValue) AND w.from_day <= \(today) AND w.to_day > \(today) \
        ORDER BY w.level + 0 DESC, h.ancestor_id LIMIT 1
        """
    }

    /// The delegations under which the person may act: in force, with both offices held today.
    public func delegations(of person: ID<Person>, today: Day) throws -> [HeldDelegation] {
        try delegations("a.person_id = \(person)", today)
    }

    private func delegations(_ condition: SQL, _ today: Day) throws -> [HeldDelegation] {
        try tx.all(
            """
            SELECT d.id, d.uid, d.capacity, d.authority, a.id, a.title, p.id, p.title, h.name FROM delegation d \
            JOIN office a ON a.id = d.agent_id JOIN office p ON p.id = d.principal_id \
            JOIN person h ON h.id = p.person_id WHERE \(condition) \
            AND d.from_day <= \(today) AND d.to_day > \(today) AND a.from_day <= \(today) AND a.to_day > \(today) \
            AND p.from_day <= \(today) AND p.to_day > \(today) ORDER BY d.from_day, d.id
            """
        ).map { row in
            guard let capacity = Delegation.Capacity(rawValue: try row.text(2)) else {
                throw StorageError.decoding("delegation.capacity")
            }
            return HeldDelegation(
                uid: try row.uid(1), agent: try row.id(4), agentTitle: try row.text(5),
                principalName: try row.text(8),
                onBehalf: Viewer.OnBehalf(
                    delegation: try row.id(0), capacity: capacity, office: try row.id(6),
                    officeTitle: try row.text(7), authority: try row.text(3)))
        }
    }

    func grants(of office: ID<Office>, today: Day) throws -> [Viewer.Grant] {
        try tx.all(Self.grants(of: "\(office)", today: today)).compactMap(Self.grant)
    }

    /// The statement of it; `offices` are values or a question for some.
    static func grants(of offices: SQL, today: Day) -> SQL {
        """
        SELECT role, hierarchy, unit_id, secrecy, office_id FROM access_grant WHERE office_id IN (\(offices)) \
        AND from_day <= \(today) AND to_day > \(today) ORDER BY id
        """
    }

    /// A role or hierarchy that this program does not know gives no right.
    static func grant(_ row: Row) throws -> Viewer.Grant? {
        guard let role = Role(rawValue: try row.text(0)), let hierarchy = Hierarchy(rawValue: try row.text(1)),
            let ceiling = Secrecy(rawValue: try row.int(3))
        else { return nil }
        return Viewer.Grant(role: role, hierarchy: hierarchy, unit: try row.id(2), ceiling: ceiling)
    }
}

extension Viewer.OfficeInUse {
    init(_ held: ViewerStore.HeldOffice, onBehalf: Viewer.OnBehalf? = nil) {
        self.init(
            id: held.id, uid: held.uid, title: held.title, unit: held.unit, unitName: held.unitName,
            place: held.place, onBehalf: onBehalf)
    }
}
