import Storage

/// What the gate asks about the offices that tasks name, read at once for one task or for many: whether they are held
/// today, by whom, and where they stand to the units that lead.
struct TaskSeats {
    struct Seat {
        let unit: ID<OrgUnit>
        /// The lowest territory in which the unit stands.
        let place: ID<OrgUnit>?
        let person: Int64
        /// Of a restricted unit.
        let isRestricted: Bool
        let isHeld: Bool
        /// Of a committee that leads the territory in which it stands.
        let leads: Bool
    }

    private let seats: [ID<Office>: Seat]
    private let above: [ID<OrgUnit>: Set<ID<OrgUnit>>]

    init(_ offices: [ID<Office>?], leading units: [ID<OrgUnit>], in tx: Transaction, on today: Day) throws {
        var seats: [ID<Office>: Seat] = [:]
        let named = Set(offices.compactMap(\.self)).sorted { $0.value < $1.value }
        for batch in KeyBatches.of(named) {
            for row in try tx.all(TaskSeats.statement(batch, today)) {
                let isHeld = try row.day(4) <= today && row.day(5) > today
                seats[try row.id(0)] = Seat(
                    unit: try row.id(1), place: try row.optionalID(2), person: try row.int64(3),
                    isRestricted: try row.int(7) == Secrecy.restricted.rawValue, isHeld: isHeld,
                    leads: try row.int(6) == 1)
            }
        }
        var above: [ID<OrgUnit>: Set<ID<OrgUnit>>] = [:]
        for batch in KeyBatches.of(Set(units).sorted { $0.value < $1.value }) where !seats.isEmpty {
            let rows = try tx.all(
                "SELECT unit_id, ancestor_id FROM unit_reach WHERE unit_id IN (\(list: batch)) ORDER BY 1, 2")
            for row in rows { above[try row.id(0), default: []].insert(try row.id(1)) }
        }
        (self.seats, self.above) = (seats, above)
    }

    private static func statement(_ offices: [ID<Office>], _ today: Day) -> SQL {
        """
        SELECT o.id, o.unit_id, (\(ViewerStore.place(on: today))), o.person_id, o.from_day, o.to_day, \
        CASE WHEN EXISTS (SELECT 1 FROM unit_version k WHERE k.unit_id = o.unit_id AND k.from_day <= \(today) \
        AND k.to_day > \(today) AND k.kind IN (\(list: TaskStore.leadingKinds))) THEN 1 ELSE 0 END, \
        (SELECT s.secrecy FROM unit s WHERE s.id = o.unit_id) FROM office o WHERE o.id IN (\(list: offices)) ORDER BY o.id
        """
    }

    /// Held today in the unit, or in a body that stands there.
    func isIn(_ unit: ID<OrgUnit>, _ office: ID<Office>) -> Bool {
        guard let seat = seats[office] else { return false }
        return seat.isHeld && (seat.unit == unit || seat.place == unit)
    }

    /// Held today where its holder may answer for tasks of the unit: in it, or above.
    func isInOrAbove(_ unit: ID<OrgUnit>, _ office: ID<Office>) -> Bool { isIn(unit, office) || isAbove(unit, office) }

    /// Says of facts who does a task of the unit and who answers for it.
    func fill(_ facts: inout TaskFacts, lead: ID<OrgUnit>, performer: ID<Office>?, leader: ID<Office>?) {
        facts.hasLeadUnit = true
        facts.performer = performer.map { isIn(lead, $0) ? .inPlace : .elsewhere } ?? .nobody
        facts.leader = leader.map { isInOrAbove(lead, $0) ? .inPlace : .elsewhere } ?? .nobody
        facts.leaderIsPerformer = isOnePerson(leader, performer)
    }

    /// A task that is not restricted itself would tell of the office.
    func isRestricted(_ office: ID<Office>) -> Bool { seats[office]?.isRestricted ?? false }

    func isOnePerson(_ one: ID<Office>?, _ other: ID<Office>?) -> Bool {
        guard let one, let other, let first = seats[one], let second = seats[other] else { return false }
        return first.person == second.person
    }

    /// Of a unit above, or of a committee that leads a territory above. A department of the province does not stand
    /// above its neighbour, though both stand in the province.
    private func isAbove(_ unit: ID<OrgUnit>, _ office: ID<Office>) -> Bool {
        guard let seat = seats[office], seat.isHeld, let above = above[unit] else { return false }
        if above.contains(seat.unit) { return true }
        return seat.leads && (seat.place.map(above.contains) ?? false)
    }
}
