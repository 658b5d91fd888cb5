import Storage

/// What is asked about the person behind a secret along with whose secret it is: their offices and the grants of all of
/// them, so that a request pays one way to the database for them. `person` is the question for the person's id.
struct Asking {
    let statements: [SQL]

    init(person: SQL, today: Day) {
        let held: SQL = """
            SELECT h.id FROM office h WHERE h.person_id = \(person) AND h.from_day <= \(today) AND h.to_day > \(today)
            """
        statements = [
            ViewerStore.offices(of: person, today: today), ViewerStore.grants(of: held, today: today),
        ]
    }

    /// The viewer in `office`, or in the first in force when it is not; on behalf of nobody.
    static func viewer(
        _ identity: Viewer.Identity, office: ID<Office>?, answers: ArraySlice<[Row]>, today: Day
    ) throws -> Viewer {
        guard answers.count == 2, let offices = answers.first, let grants = answers.last else {
            throw StorageError.decoding("offices and grants")
        }
        let held = try offices.map(ViewerStore.office)
        guard let inUse = held.first(where: { $0.id == office }) ?? held.first else {
            return Viewer(identity: identity, day: today)
        }
        let own = try grants.filter { row in try row.id(4) == inUse.id }
        return Viewer(
            identity: identity, office: Viewer.OfficeInUse(inUse), grants: try own.compactMap(ViewerStore.grant),
            day: today)
    }
}
