import HTTPTypes
import Hummingbird
import Storage

/// Pages on which people get offices, and offices get rights.
struct OfficePages {
    var routes: [Route] {
        [
            .get("/people/{person}/offices/new", for: .confirmed, new),
            .post("/people/{person}/offices", for: .confirmed, appoint),
            .get("/offices/{office}/grants/new", for: .confirmed, newGrant),
            .post("/offices/{office}/grants", for: .confirmed, grant),
            .post("/grants/{grant}/revocation", revoke),
            .get("/offices/{office}/delegations/new", for: .confirmed, newDelegation),
            .post("/offices/{office}/delegations", for: .confirmed, delegate),
            .post("/delegations/{delegation}/revocation", endDelegation),
        ] + OfficeLeavingPages().routes
    }

    func new(_ visit: Visit) async throws -> Answer {
        let row = try await person(visit)
        guard visit.viewer.has(.administrator) else { throw AppError.forbidden(Message("person.may_not_appoint")) }
        return visit.html(newOfficePage(visit.page, row, Fields(raw: ["from": visit.page.day(visit.today)])))
    }

    func appoint(_ visit: Visit) async throws -> Answer {
        let row = try await person(visit)
        var form = OfficeForm(try visit.form())
        do {
            let draft = try form.read()
            try await visit.database.write { tx in
                _ = try visit.people(tx).appoint(row.person.id, draft, at: visit.now)
            }
            return visit.redirect(to: row.href, flash: Message("person.appointed", ["name": .text(row.person.name)]))
        } catch {
            let values = form.fields
            let chosen = try await visit.chosenUnit(values)
            return try visit.refused(error) { newOfficePage(visit.page, row, values, $0, chosen: chosen) }
        }
    }

    func newGrant(_ visit: Visit) async throws -> Answer {
        let office = try await office(visit) { try $0.requireAdministrator(over: $1) }
        let values = Fields(raw: [
            "unit": office.unitUID.text, "hierarchy": Hierarchy.territory.rawValue,
            "ceiling": Secrecy.internal.name, "from": visit.page.day(max(visit.today, office.office.from)),
        ])
        return visit.html(newGrantPage(visit.page, office, values, chosen: office.unitName))
    }

    func grant(_ visit: Visit) async throws -> Answer {
        let office = try await office(visit) { try $0.requireAdministrator(over: $1) }
        var form = GrantForm(try visit.form())
        do {
            let draft = try form.read()
            try await visit.database.write { tx in
                _ = try visit.people(tx).grant(office.office.uid, draft, at: visit.now)
            }
            return visit.redirect(
                to: office.personHref, flash: Message("person.granted", ["title": .text(office.office.title)]))
        } catch {
            let values = form.fields
            let chosen = try await visit.chosenUnit(values)
            return try visit.refused(error) { newGrantPage(visit.page, office, values, $0, chosen: chosen) }
        }
    }

    func revoke(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("grant")
        let office = try await visit.database.write { tx in try visit.people(tx).revoke(uid, at: visit.now) }
        return visit.redirect(to: office.personHref, flash: Message("person.revoked"))
    }

    func newDelegation(_ visit: Visit) async throws -> Answer {
        let office = try await office(visit) { try $0.requireMayDelegate($1) }
        let agents = try await agents(visit, office)
        let values = Fields(raw: ["from": visit.page.day(max(visit.today, office.office.from))])
        return visit.html(newDelegationPage(visit.page, office, agents, values))
    }

    func delegate(_ visit: Visit) async throws -> Answer {
        let office = try await office(visit) { try $0.requireMayDelegate($1) }
        let agents = try await agents(visit, office)
        var form = DelegationForm(try visit.form())
        do {
            let draft = try form.read()
            try await visit.database.write { tx in
                _ = try visit.people(tx).delegate(office.office.uid, draft, at: visit.now)
            }
            return visit.redirect(
                to: office.personHref, flash: Message("person.delegated", ["title": .text(office.office.title)]))
        } catch {
            let values = form.fields
            return try visit.refused(error) { newDelegationPage(visit.page, office, agents, values, $0) }
        }
    }

    func endDelegation(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("delegation")
        let office = try await visit.database.write { tx in try visit.people(tx).endDelegation(uid, at: visit.now) }
        return visit.redirect(to: office.personHref, flash: Message("person.delegation_ended"))
    }

    private func person(_ visit: Visit) async throws -> PersonRow {
        let uid = try visit.uid("person")
        return try await visit.database.read { tx in try visit.people(tx).find(uid) }
    }

    private func office(
        _ visit: Visit, _ check: @escaping @Sendable (PersonStore, OfficeRow) throws -> Void
    ) async throws -> OfficeRow {
        let uid = try visit.uid("office")
        return try await visit.database.read { tx in
            let store = visit.people(tx)
            let office = try store.office(uid)
            try check(store, office)
            return office
        }
    }

    private func agents(_ visit: Visit, _ office: OfficeRow) async throws -> [OfficeRow] {
        try await visit.database.read { tx in try visit.people(tx).possibleAgents(of: office) }
    }
}
