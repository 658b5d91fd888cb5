import Storage

/// Writes the rows of a plan: people, offices, rights, links, and the one event of the whole act.
struct PersonImportWriting {
    let tx: Transaction
    let viewer: Viewer
    let today: Day
    let now: Instant
    let progress: ImportProgress.Callback?

    func write(_ plan: PersonImportPlan, _ keys: [Secret], days: Int) throws -> [PersonImportLink] {
        let total = plan.seats.count
        progress?(ImportProgress(.writing, done: 0, total: total))
        let people = try writePeople(plan)
        progress?(ImportProgress(.writing, done: total / 3, total: total))
        let offices = try writeOffices(plan, people)
        try PersonMap(tx: tx).refresh(Set(people.values).sorted())
        progress?(ImportProgress(.writing, done: total / 3 * 2, total: total))
        try writeGrants(plan, offices)
        let links = try writeLinks(plan, people, keys, days: days)
        progress?(ImportProgress(.writing, done: total, total: total))
        return links
    }

    /// The new people, one for each holder; those on record keep their key.
    private func writePeople(_ plan: PersonImportPlan) throws -> [PersonImportPlan.Holder: Int64] {
        var keys: [PersonImportPlan.Holder: Int64] = [:]
        var makers: [Int] = []
        for seat in plan.seats where keys[seat.holder] == nil {
            switch seat.holder {
            case .known(let person): keys[seat.holder] = person.value
            case .new(let place):
                keys[seat.holder] = 0
                makers.append(place)
            }
        }
        let origin = try Installation.origin(tx)
        let ids = try ImportKeys.next(makers.count, of: "person", tx)
        for (id, place) in zip(ids, makers) { keys[.new(place)] = id }
        try tx.insert(
            into: "person", ["id", "uid", "origin", "name", "sort_key", "name_fold", "version"],
            rows: zip(ids, makers).lazy.map { id, place in
                let name = plan.file.rows[place].name
                return [
                    .integer(id), UID.new(at: now).sqlValue, origin.sqlValue, .text(name), .text(Person.sortKey(name)),
                    .text(TextFold.fold(name)), .integer(1),
                ]
            })
        return keys
    }

    /// Keys of the offices, in the order of the seats.
    private func writeOffices(
        _ plan: PersonImportPlan, _ people: [PersonImportPlan.Holder: Int64]
    ) throws -> [Int64] {
        let ids = try ImportKeys.next(plan.seats.count, of: "office", tx)
        try tx.insert(
            into: "office", ["id", "uid", "person_id", "unit_id", "title", "from_day", "to_day", "decision"],
            rows: zip(ids, plan.seats).lazy.map { id, seat in
                let row = plan.file.rows[seat.place]
                return [
                    .integer(id), UID.new(at: now).sqlValue, .integer(people[seat.holder] ?? 0), seat.unit.id.sqlValue,
                    .text(row.title), row.from.sqlValue, seat.to.sqlValue, .text(row.decision),
                ]
            })
        return ids
    }

    private func writeGrants(_ plan: PersonImportPlan, _ offices: [Int64]) throws {
        let given = zip(offices, plan.seats).filter { plan.file.rows[$0.1.place].role != nil }
        let ids = try ImportKeys.next(given.count, of: "access_grant", tx)
        try tx.insert(
            into: "access_grant",
            ["id", "uid", "office_id", "role", "hierarchy", "unit_id", "secrecy", "from_day", "to_day"],
            rows: zip(ids, given).lazy.map { id, pair in
                let row = plan.file.rows[pair.1.place]
                return [
                    .integer(id), UID.new(at: now).sqlValue, .integer(pair.0), .text(row.role?.rawValue ?? ""),
                    .text(Hierarchy.territory.rawValue), pair.1.unit.id.sqlValue, row.ceiling.rawValue.sqlValue,
                    row.from.sqlValue, pair.1.to.sqlValue,
                ]
            })
    }

    private func writeLinks(
        _ plan: PersonImportPlan, _ people: [PersonImportPlan.Holder: Int64], _ keys: [Secret], days: Int
    ) throws -> [PersonImportLink] {
        let expires = now.adding(.seconds(86_400 * Int64(days)))
        var links: [PersonImportLink] = []
        let seats = Dictionary(plan.seats.map { ($0.holder, $0) }) { first, _ in first }
        for (holder, secret) in zip(plan.invited, keys) {
            guard let person = people[holder], let seat = seats[holder] else { continue }
            try tx.run(
                """
                UPDATE invitation SET revoked_at = \(now) WHERE person_id = \(person) AND used_at IS NULL \
                AND revoked_at IS NULL
                """)
            try tx.run(
                """
                INSERT INTO invitation (uid, digest, person_id, purpose, created_at, expires_at) VALUES \
                (\(UID.new(at: now)), \(secret.digest), \(person), \(Invitation.Purpose.account.rawValue), \(now), \(expires))
                """)
            let row = plan.file.rows[seat.place]
            links.append(PersonImportLink(name: row.name, title: row.title, path: Invitation.path(secret)))
        }
        return links
    }

    /// Said in the unit of whoever imported: there it is read.
    func record(_ report: PersonImportReport) throws {
        var after = [
            "file": report.file, "sha256": report.hash, "rows": String(report.taken), "people": String(report.people),
        ]
        if report.grants > 0 { after["grants"] = String(report.grants) }
        if !report.links.isEmpty { after["invited"] = String(report.links.count) }
        if report.rows > report.taken { after["refused"] = String(report.rows - report.taken) }
        let subject = Subject(.installation, id: 0, uid: try Installation.origin(tx))
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(.imported, subject, unit: viewer.office?.unit, after: after), at: now)
    }
}
