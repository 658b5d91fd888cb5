import Storage

/// What is stored about one person: shown, handed out, erased. For the person, and for administrators over all of
/// the person's offices.
struct PersonDataStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    private var people: PersonStore { PersonStore(tx: tx, viewer: viewer, today: today) }
    var access: PersonAccess { PersonAccess(tx: tx, viewer: viewer, today: today) }

    /// The person, for whoever may see all that is stored. Unknown when the viewer may not know of the person, else
    /// refused.
    func find(_ uid: UID) throws -> PersonRow {
        let row = try people.find(uid)
        guard try row.person.id == viewer.personID || access.mayHandleData(of: row.person.id) else {
            throw AppError.forbidden(Message("personal-data.forbidden"))
        }
        return row
    }

    func summary(of person: ID<Person>) throws -> [PersonalDataSummary] {
        try PersonalData.inventory.map { kind in
            PersonalDataSummary(
                key: kind.key, count: try kind.count(tx, person),
                isErased: kind.erase != nil || ["acts", "about"].contains(kind.key))
        }
    }

    /// Everything, kind by kind.
    func copy(_ uid: UID, at now: Instant) throws -> PersonDataCopy {
        let row = try find(uid)
        let head: [(String, JSONValue)] = [
            ("form", "resolute-personal-data-1"), ("person", .text(uid.text)), ("at", .text(now.text)),
        ]
        let kinds = try PersonalData.inventory.map { kind in
            (kind.key, JSONValue.list(try kind.records(tx, row.person.id)))
        }
        return PersonDataCopy(uid: uid, json: .object(head + kinds))
    }

    /// Remembers that a copy is handed out: to whom, and when. Before it is made, so that the copy tells of itself.
    func recordCopy(_ uid: UID, at now: Instant) throws {
        let row = try find(uid)
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(.exported, row.person.subject, unit: try home(of: row.person.id)), at: now)
    }

    /// The unit whose administrators may read of it.
    func home(of person: ID<Person>) throws -> ID<OrgUnit>? {
        try AccountStore(tx: tx, viewer: viewer, today: today).home(of: person)
    }
}

/// A copy of all that is stored about a person.
struct PersonDataCopy: Sendable {
    let uid: UID
    let json: JSONValue
    var fileName: String { "person-\(uid).json" }
}

extension PersonAccess {
    /// May see, hand out and erase all that is stored about a person: an administrator over every office that the
    /// person holds, held or will hold, who could have given every right that any of them has. Of somebody who never
    /// held an office, an administrator of the root.
    func mayHandleData(of person: ID<Person>) throws -> Bool {
        if viewer.isSystem { return true }
        let units = try tx.all("SELECT DISTINCT unit_id FROM office WHERE person_id = \(person)")
        if units.isEmpty { return try isRootAdministrator() }
        return try units.allSatisfy { try administers(try $0.id(0)) } && mayGiveEverything(of: person)
    }
}

/// A copy with the record of its making: two transactions, so that nobody waits while a long one is read.
struct PersonDataExport: Sendable {
    let database: Database
    let viewer: Viewer
    let today: Day

    func run(_ uid: UID, at now: Instant) async throws -> PersonDataCopy {
        let (viewer, today) = (viewer, today)
        try await database.write { tx in
            try PersonDataStore(tx: tx, viewer: viewer, today: today).recordCopy(uid, at: now)
        }
        return try await database.read { tx in
            try PersonDataStore(tx: tx, viewer: viewer, today: today).copy(uid, at: now)
        }
    }
}
