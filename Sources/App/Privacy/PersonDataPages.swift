import HTTPTypes
import Storage

/// What is stored about a person, on pages: one's own, and for administrators that of others.
struct PersonDataPages {
    var routes: [Route] {
        [
            .get("/account/data", own),
            .post("/account/data/copies", for: .confirmed, bodyLimit: 16_384, copyOwn),
            .get("/people/{person}/data", for: .confirmed, show),
            .post("/people/{person}/data/copies", for: .confirmed, bodyLimit: 16_384, copy),
            .get("/people/{person}/erasure", for: .confirmed, newErasure),
            .post("/people/{person}/erasure", for: .confirmed, bodyLimit: 16_384, erase),
        ]
    }

    func own(_ visit: Visit) async throws -> Answer { try await page(visit, of: try ownUID(visit)) }

    func show(_ visit: Visit) async throws -> Answer { try await page(visit, of: try visit.uid("person")) }

    func copyOwn(_ visit: Visit) async throws -> Answer { try await copy(visit, of: try ownUID(visit)) }

    func copy(_ visit: Visit) async throws -> Answer { try await copy(visit, of: try visit.uid("person")) }

    func newErasure(_ visit: Visit) async throws -> Answer {
        let row = try await erasable(visit)
        return visit.html(erasurePage(visit.page, row, Fields()))
    }

    func erase(_ visit: Visit) async throws -> Answer {
        let row = try await erasable(visit)
        var form = try visit.form()
        do {
            let reason = form.line("reason", max: 500)
            // Whoever does this by mistake cannot take it back, so the name is typed.
            if CleanText.line(form["name"]) != visit.page.name(row.person.name) {
                form.problems.add("name", "personal-data.erase.name_differs")
            }
            try form.problems.check()
            let erased = try await visit.database.write { tx in
                try visit.personData(tx).erase(row.person.uid, reason: reason, at: visit.now)
            }
            return visit.redirect(
                to: row.href, flash: Message("personal-data.erased", ["name": .text(visit.page.name(erased.name))]))
        } catch {
            let values = form
            return try visit.refused(error) { erasurePage(visit.page, row, values, $0) }
        }
    }

    private func page(_ visit: Visit, of uid: UID) async throws -> Answer {
        let view = try await visit.database.read { tx in
            let store = visit.personData(tx)
            let row = try store.find(uid)
            let isOwn = row.person.id == visit.viewer.personID
            return PersonDataView(
                row: row, kinds: try store.summary(of: row.person.id), isOwn: isOwn,
                mayErase: try !isOwn && store.access.mayHandleData(of: row.person.id) && !row.person.isErased,
                erasedOn: try ErasedPerson.day(of: row.person.id, tx: tx))
        }
        return visit.html(personDataPage(visit.page, view))
    }

    private func copy(_ visit: Visit, of uid: UID) async throws -> Answer {
        let copy = try await PersonDataExport(database: visit.database, viewer: visit.viewer, today: visit.today)
            .run(uid, at: visit.now)
        return visit.json(copy.json).with(.cacheControl, "private, no-store")
            .with(.contentDisposition, "attachment; filename=\"\(copy.fileName)\"")
    }

    private func erasable(_ visit: Visit) async throws -> PersonRow {
        let uid = try visit.uid("person")
        return try await visit.database.read { tx in
            let store = visit.personData(tx)
            let row = try store.find(uid)
            guard try store.access.mayHandleData(of: row.person.id) else {
                throw AppError.forbidden(Message("personal-data.forbidden"))
            }
            return row
        }
    }

    private func ownUID(_ visit: Visit) throws -> UID {
        guard case .person(_, let uid, _) = visit.viewer.identity else { throw AppError.unauthenticated }
        return uid
    }
}

extension Visit {
    /// What is stored about people, as this visit may use it.
    func personData(_ tx: Transaction) -> PersonDataStore { PersonDataStore(tx: tx, viewer: viewer, today: today) }
}

/// What the page of a person's data shows.
struct PersonDataView: Sendable {
    let row: PersonRow
    let kinds: [PersonalDataSummary]
    let isOwn: Bool
    let mayErase: Bool
    let erasedOn: Day?
}
