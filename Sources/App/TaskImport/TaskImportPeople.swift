import Storage

/// Whom a cell names: by name, uid or sign-in name, among the offices that the form of a task would offer for the unit.
final class TaskImportPeople {
    private let store: TaskStore
    private var performers: [ID<OrgUnit>: [Candidate]] = [:]
    private var leaders: [ID<OrgUnit>: [Candidate]] = [:]

    /// What a cell names.
    enum Found: Equatable {
        case office(UID)
        case nobody
        /// How each would be named alone.
        case several([String])
    }

    private struct Candidate {
        let office: TaskOffice
        let person: UID
        let signIn: String?

        /// With capital and small letters alike; accents count, for they tell people apart.
        func isCalled(_ typed: String) -> Bool {
            guard let name = office.person else { return false }
            let wanted = typed.lowercased()
            return [name, "\(name), \(office.title)", office.name].contains { $0.lowercased() == wanted }
                || signIn.map { $0.lowercased() == wanted } ?? false
        }
    }

    init(_ store: TaskStore) { self.store = store }

    /// Who does it: holds an office in the unit that leads.
    func performer(_ typed: String, in unit: ID<OrgUnit>) throws -> Found {
        if performers[unit] == nil { performers[unit] = try candidates(store.possiblePerformers(unit)) }
        return find(typed, performers[unit] ?? [])
    }

    /// Who answers for it or decides: holds one there or above.
    func leader(_ typed: String, in unit: ID<OrgUnit>) throws -> Found {
        if leaders[unit] == nil { leaders[unit] = try candidates(store.possibleLeaders(unit)) }
        return find(typed, leaders[unit] ?? [])
    }

    private func find(_ typed: String, _ all: [Candidate]) -> Found {
        let uid = UID(parsing: typed)
        if let uid, all.contains(where: { $0.office.uid == uid }) { return .office(uid) }
        let found = uid.map { uid in all.filter { $0.person == uid } } ?? all.filter { $0.isCalled(typed) }
        guard let first = found.first else { return .nobody }
        return found.count == 1 ? .office(first.office.uid) : .several(found.map(\.office.name))
    }

    /// Those whose person the viewer may know, with what else they are known by.
    private func candidates(_ offices: [TaskOffice]) throws -> [Candidate] {
        guard !offices.isEmpty else { return [] }
        let rows = try store.tx.all(
            """
            SELECT o.uid, p.uid, a.sign_in FROM office o JOIN person p ON p.id = o.person_id
            LEFT JOIN account a ON a.person_id = p.id WHERE o.uid IN (\(list: offices.map(\.uid))) ORDER BY o.id
            """)
        var known: [UID: (person: UID, signIn: String?)] = [:]
        for row in rows { known[try row.uid(0)] = (try row.uid(1), try row.optionalText(2)) }
        return offices.compactMap { office in
            guard office.person != nil, let found = known[office.uid] else { return nil }
            return Candidate(office: office, person: found.person, signIn: found.signIn)
        }
    }
}
