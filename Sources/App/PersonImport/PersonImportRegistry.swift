import Storage

/// What an import asks of units, rights and people on record: each question once.
final class PersonImportRegistry {
    private let tx: Transaction
    private let viewer: Viewer
    private let today: Day
    private let access: PersonAccess

    private var units: [String: UnitLife?] = [:]
    private var administered: [ID<OrgUnit>: Bool] = [:]
    private var given: [Viewer.Grant: Bool] = [:]
    private var namesakes: [ID<OrgUnit>: Set<String>] = [:]
    private var erased: [ID<OrgUnit>: [(title: String, from: Day, day: Day)]] = [:]

    init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
        access = PersonAccess(tx: tx, viewer: viewer, today: today)
    }

    /// By code, uid or name, when only one that the viewer may know is called so.
    func unit(_ typed: String) throws -> UnitLife? {
        if let known = units[typed] { return known }
        let found = try UnitLife.typed(typed, tx: tx, viewer: viewer, today)
        units[typed] = .some(found)
        return found
    }

    func administers(_ unit: UnitLife) throws -> Bool {
        if let known = administered[unit.id] { return known }
        let answer = try access.administers(unit.id)
        administered[unit.id] = answer
        return answer
    }

    func mayGive(_ role: Role, over unit: UnitLife, ceiling: Secrecy) throws -> Bool {
        let grant = Viewer.Grant(role: role, hierarchy: .territory, unit: unit.id, ceiling: ceiling)
        if let known = given[grant] { return known }
        let answer = try access.mayGive(grant)
        given[grant] = answer
        return answer
    }

    /// Somebody of this name holds, held or will hold an office in the unit: perhaps the same person.
    func hasNamesake(_ name: String, in unit: UnitLife) throws -> Bool {
        if let known = namesakes[unit.id] { return known.contains(name) }
        let names = try tx.all(
            "SELECT p.name FROM office o JOIN person p ON p.id = o.person_id WHERE o.unit_id = \(unit.id)"
        ).map { try $0.text(0) }
        namesakes[unit.id] = Set(names)
        return names.contains(name)
    }

    /// When the data of whoever held this very office was erased: they are not to come back by a file.
    func erasedSeat(unit: UnitLife, title: String, from: Day) throws -> Day? {
        if erased[unit.id] == nil {
            erased[unit.id] = try tx.all(
                """
                SELECT o.title, o.from_day, e.day FROM office o JOIN person_erasure e ON e.person_id = o.person_id \
                WHERE o.unit_id = \(unit.id)
                """
            ).map { (try $0.text(0), try $0.day(1), try $0.day(2)) }
        }
        return erased[unit.id]?.first { $0.title == title && $0.from == from }?.day
    }

    /// Somebody on record whom the viewer may know.
    func person(_ uid: UID) throws -> Person? {
        try ifKnown(PersonStore(tx: tx, viewer: viewer, today: today).find(uid).person)
    }

    func mayInvite(_ person: ID<Person>) throws -> Bool {
        guard try access.mayManageAccount(of: person) else { return false }
        return try AccountStore(tx: tx, viewer: viewer, today: today).find(person) == nil
    }

    func holds(_ person: ID<Person>, _ unit: UnitLife, _ title: String, from: Day, to: Day) throws -> Bool {
        try tx.first(
            """
            SELECT 1 FROM office WHERE person_id = \(person) AND unit_id = \(unit.id) AND title = \(title) \
            AND from_day < \(to) AND to_day > \(from) LIMIT 1
            """) != nil
    }
}
