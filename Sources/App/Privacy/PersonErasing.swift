import Storage

extension PersonDataStore {
    /// Erases who somebody was. The record stays with a number for a name, and so do offices and decisions; account,
    /// sessions, tokens and links go, and the content of every event that names the person (the audit chain keeps the
    /// commitment to it and still verifies).
    ///
    /// Refused for oneself, for the last administrator of the root, for somebody who holds an office today or will, and
    /// for somebody whose data is erased already. Whoever does this administers all of the person's offices.
    func erase(_ uid: UID, reason: String, at now: Instant) throws -> Person {
        let row = try find(uid)
        let person = row.person.id
        guard person != viewer.personID else { throw AppError.conflict(Message("personal-data.erase.oneself")) }
        // The person may see their own data; erasing is for administrators.
        guard try access.mayHandleData(of: person) else {
            throw AppError.forbidden(Message("personal-data.forbidden"))
        }
        if let day = try ErasedPerson.day(of: person, tx: tx) {
            throw AppError.conflict(Message("personal-data.erase.already", ["day": .day(day)]))
        }
        var found = Validation()
        let reason = StoredText.line(reason, "reason", max: 500, &found)
        try found.check()
        try refuseWhileInOffice(person)
        // Asked while the events are still there to be found.
        let events = try PersonalData.events(of: person, tx)
        let home = try home(of: person)
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: today) {
            // The other way round, so that the name goes last: others are found by it or by the account.
            for kind in PersonalData.inventory.reversed() { try kind.erase?(tx, person) }
        }
        let erased = try mark(uid)
        let activity = ActivityStore(tx: tx, viewer: viewer)
        try activity.erasePersonalData(events, at: now)
        try activity.record(
            Event(.erased, row.person.subject, unit: home, after: ["name": erased.name, "reason": reason]), at: now)
        return erased
    }

    private func refuseWhileInOffice(_ person: ID<Person>) throws {
        let held = try tx.first(
            "SELECT COUNT(*) FROM office WHERE person_id = \(person) AND to_day > \(today) AND from_day < to_day")
        let count = try held?.int(0) ?? 0
        if count > 0 {
            throw AppError.conflict(Message("personal-data.erase.in_office", ["count": .number(count)]))
        }
    }

    /// Remembers that it was done, by the number that now stands for the name.
    private func mark(_ uid: UID) throws -> Person {
        let row = try tx.first("SELECT id, name, version FROM person WHERE uid = \(uid)")
        guard let row, let number = ErasedPerson.number(in: try row.text(1)) else {
            throw StorageError.decoding("an erased person without a number")
        }
        let person = Person(id: try row.id(0), uid: uid, name: try row.text(1), version: try row.int(2))
        try tx.run(
            "INSERT INTO person_erasure (person_id, number, day) VALUES (\(person.id), \(number), \(today))")
        return person
    }
}
