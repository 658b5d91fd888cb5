import HTTPTypes
import Hummingbird
import Storage

/// Pages about people. A form that gives rights asks for the password again before it is filled, not after.
struct PersonPages {
    var routes: [Route] {
        [
            .get("/people", index),
            .get("/people.csv", export),
            .get("/people/new", for: .confirmed, new),
            .post("/people", for: .confirmed, create),
            .get("/people/{person}", show),
            .get("/people/{person}/history", history),
            .get("/people/{person}/name/edit", editName),
            .post("/people/{person}/name", rename),
            .post("/people/{person}/account/disablement", disable),
            .post("/people/{person}/account/enablement", for: .confirmed, enable),
            .post("/people/{person}/account/unlocking", unlock),
        ] + OfficePages().routes
    }

    func index(_ visit: Visit) async throws -> Answer {
        let query = try PersonQuery(visit.query)
        let people = try await visit.database.read { tx in
            try visit.people(tx).list(query.filter, page: PageRequest(after: query.after, limit: 50))
        }
        return visit.html(
            peoplePage(visit.page, people, query, mayCreate: visit.viewer.has(.administrator)))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let query = try PersonQuery(visit.query)
        let text = try await visit.database.read { tx in
            try PersonExport(store: visit.people(tx), page: visit.page).csv(query.filter)
        }
        return visit.csv(name: "people.csv", text)
    }

    func new(_ visit: Visit) async throws -> Answer {
        try requireAdministrator(visit)
        return visit.html(newPersonPage(visit.page, Fields(raw: ["from": visit.page.day(visit.today)])))
    }

    func create(_ visit: Visit) async throws -> Answer {
        try requireAdministrator(visit)
        var form = NewPersonForm(try visit.form())
        do {
            let draft = try form.read()
            let password = try await draft.hash(visit.services.passwords)
            let person = try await visit.database.write { tx in
                try visit.people(tx).create(draft, passwordHash: password, at: visit.now)
            }
            return visit.redirect(
                to: "/people/\(person.uid)", flash: Message("person.created", ["name": .text(person.name)]))
        } catch {
            let values = form.fields
            let chosen = try await visit.chosenUnit(values)
            return try visit.refused(error) { newPersonPage(visit.page, values, $0, chosen: chosen) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let (detail, seats, tasks, events) = try await visit.database.read { tx in
            let store = visit.people(tx)
            let detail = try store.detail(uid)
            let tasks = try TaskStore(tx: tx, viewer: visit.viewer, today: visit.today)
                .summary(of: TaskFilter(person: uid))
            let seats = try CommitteeStore(tx: tx, viewer: visit.viewer, today: visit.today)
                .seats(of: detail.row.person.id, limit: PersonSeat.onPage + 1)
            return (detail, seats, tasks, try store.history(detail, page: PageRequest(after: nil, limit: 20)))
        }
        let more = events.next == nil ? nil : "\(detail.row.href)/history"
        return visit.html(
            personPage(
                visit.page, detail, seats, tasks, now: visit.now,
                history: historySection(events.items, visit.page, more: more, mixed: true)))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let (detail, events) = try await visit.personHistory()
        return visit.html(personHistoryPage(detail.row, events, visit.page))
    }

    func editName(_ visit: Visit) async throws -> Answer {
        let row = try await renamable(visit)
        let values = Fields(raw: ["name": row.person.name, "version": String(row.person.version)])
        return visit.html(renamePersonPage(visit.page, row, values))
    }

    func rename(_ visit: Visit) async throws -> Answer {
        let row = try await renamable(visit)
        var form = try visit.form()
        do {
            let name = form.line("name", max: 120)
            let version = form.integer("version", in: 1...Int.max)
            try form.problems.check()
            let person = try await visit.database.write { tx in
                try visit.people(tx).rename(row.person.uid, to: name, version: version, at: visit.now)
            }
            return visit.redirect(to: row.href, flash: Message("person.renamed", ["name": .text(person.name)]))
        } catch {
            return try await visit.refused(error, form) { renamePersonPage(visit.page, row, $0, $1) }
        }
    }

    func disable(_ visit: Visit) async throws -> Answer {
        try await account(visit, "person.account.was_disabled") { try $0.disableAccount($1, at: visit.now) }
    }

    func enable(_ visit: Visit) async throws -> Answer {
        try await account(visit, "person.account.was_enabled") { try $0.enableAccount($1, at: visit.now) }
    }

    func unlock(_ visit: Visit) async throws -> Answer {
        try await account(visit, "person.account.was_unlocked") { try $0.unlockAccount($1, at: visit.now) }
    }

    private func account(
        _ visit: Visit, _ said: String, _ act: @escaping @Sendable (PersonStore, PersonRow) throws -> Void
    ) async throws -> Answer {
        let uid = try visit.uid("person")
        let row = try await visit.database.write { tx in
            let store = visit.people(tx)
            let row = try store.find(uid)
            try act(store, row)
            return row
        }
        return visit.redirect(to: row.href, flash: Message(said, ["name": .text(row.person.name)]))
    }

    private func renamable(_ visit: Visit) async throws -> PersonRow {
        let uid = try visit.uid("person")
        return try await visit.database.read { tx in
            let store = visit.people(tx)
            let row = try store.find(uid)
            try store.requireAdministrator(of: row.person.id)
            return row
        }
    }

    private func requireAdministrator(_ visit: Visit) throws {
        guard visit.viewer.has(.administrator) else { throw AppError.forbidden(Message("person.may_not_create")) }
    }
}

extension Visit {
    /// The store of people as this visit may use it.
    func people(_ tx: Transaction) -> PersonStore { PersonStore(tx: tx, viewer: viewer, today: today) }

    /// The person of the address with a page of what was done to them.
    func personHistory() async throws -> (PersonDetail, Page<EventRow>) {
        let uid = try uid("person")
        let request = try listRequest(cursorParts: 1)
        return try await database.read { tx in
            let store = people(tx)
            let detail = try store.detail(uid)
            return (detail, try store.history(detail, page: request))
        }
    }

    /// What the unit is called that a refused form names, so that it can be shown again by its name.
    func chosenUnit(_ values: Fields) async throws -> String? {
        let typed = values["unit"]
        guard UID(parsing: typed) != nil else { return nil }
        return try await database.read { tx in
            try UnitLife.typed(typed, tx: tx, viewer: viewer, today)?.name
        }
    }
}
