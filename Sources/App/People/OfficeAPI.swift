import HTTPTypes
import Hummingbird
import Storage

/// Offices in `/api/v1`: who sits where, how an office ends or its holder moves, and who acts for it.
struct OfficeAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/units/{unit}/offices", operation: OfficeBodies.holders, holders),
            Route(.get, "/api/v1/units/{unit}/vacancies", operation: OfficeBodies.vacancies, vacancies),
            Route(.get, "/api/v1/offices/{office}/work", operation: OfficeBodies.work, work),
            Route(.post, "/api/v1/offices/{office}/end", for: .confirmed, operation: OfficeBodies.ending, end),
            Route(
                .post, "/api/v1/offices/{office}/transfer", for: .confirmed, operation: OfficeBodies.moving, transfer),
            Route(.get, "/api/v1/offices/{office}/delegations", operation: OfficeBodies.delegations, delegations),
            Route(
                .post, "/api/v1/offices/{office}/delegations", for: .confirmed, operation: OfficeBodies.delegating,
                delegate),
            Route(
                .post, "/api/v1/delegations/{delegation}/revocation", operation: OfficeBodies.endingDelegation,
                endDelegation),
            Route(.post, "/api/v1/grants/{grant}/revocation", operation: OfficeBodies.revoking, revoke),
        ]
    }

    func holders(_ visit: Visit) async throws -> Answer {
        let asked = try UnitRosterRequest(visit)
        let page = try await visit.database.read { tx in
            try visit.people(tx).holders(in: asked.unit(tx, visit).unit.id, on: asked.day, page: asked.page)
        }
        return visit.json(page.map(OfficeHolderBody.init))
    }

    func vacancies(_ visit: Visit) async throws -> Answer {
        let asked = try UnitRosterRequest(visit)
        let found = try await visit.database.read { tx in
            let unit = try asked.unit(tx, visit)
            guard let found = try visit.people(tx).vacancies(in: unit, on: asked.day) else {
                throw AppError.forbidden(Message("person.roster.vacancies_unknown"))
            }
            return found
        }
        return visit.json(
            .object([
                (
                    "items",
                    .list(found.map { .object([("title", .text($0.title)), ("since", .text($0.since.text))]) })
                )
            ]))
    }

    func work(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        var query = visit.query
        let asked = query.day("on", required: false)
        try query.problems.check()
        let (items, day) = try await visit.database.read { tx in
            let store = visit.people(tx)
            let office = try store.office(uid)
            try store.requireMayEnd(office)
            let day = asked ?? max(visit.today, office.office.from)
            return (try store.openWork(of: office, on: day, at: visit.now), day)
        }
        return visit.json(OfficeBodies.json(items, on: day, visit.page))
    }

    func end(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        try await mayEnd(uid, visit)
        var body = try visit.jsonBody()
        body.allow(SuccessionDraft.names.union(["from", "decision"]))
        var form = EndingForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let store = visit.people(tx)
            try store.endOffice(uid, draft, at: visit.now)
            return ChangeAnswer(body: try store.office(uid).json)
        }
    }

    func transfer(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        try await mayEnd(uid, visit)
        var body = try visit.jsonBody()
        body.allow(SuccessionDraft.names.union(["unit", "title", "from", "to", "decision"]))
        var form = TransferForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let made = try visit.people(tx).transfer(uid, draft, at: visit.now)
            return ChangeAnswer(
                status: .created, body: made.json, location: "/api/v1/people/\(made.personUID)")
        }
    }

    /// Who may not end the office learns nothing of what else is wrong with the request.
    private func mayEnd(_ uid: UID, _ visit: Visit) async throws {
        try await visit.database.read { tx in
            let store = visit.people(tx)
            try store.requireMayEnd(try store.office(uid))
        }
    }

    func delegations(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        let rows = try await visit.database.read { tx in
            let store = visit.people(tx)
            let office = try store.office(uid)
            return (try store.delegations(from: office), try store.delegations(to: office))
        }
        return visit.json(
            .object([
                ("acted_for_by", .list(rows.0.map { DelegationBody(row: $0).json })),
                ("acts_for", .list(rows.1.map { DelegationBody(row: $0).json })),
            ]))
    }

    func delegate(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        try await visit.database.read { tx in
            let store = visit.people(tx)
            try store.requireMayDelegate(try store.office(uid))
        }
        var body = try visit.jsonBody()
        body.allow(["agent", "capacity", "authority", "from", "to"])
        var form = DelegationForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let store = visit.people(tx)
            let made = try store.delegate(uid, draft, at: visit.now)
            let row = try store.delegations(from: try store.office(uid)).first { $0.delegation.uid == made.uid }
            return ChangeAnswer(
                status: .created, body: row.map { DelegationBody(row: $0).json } ?? .null,
                location: "/api/v1/offices/\(uid)/delegations")
        }
    }

    func endDelegation(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("delegation")
        return try await visit.change { tx in
            let store = visit.people(tx)
            let principal = try store.endDelegation(uid, at: visit.now)
            let row = try store.delegations(from: principal).first { $0.delegation.uid == uid }
            return ChangeAnswer(body: row.map { DelegationBody(row: $0).json } ?? .null)
        }
    }

    func revoke(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("grant")
        return try await visit.change { tx in
            let store = visit.people(tx)
            let office = try store.revoke(uid, at: visit.now)
            return ChangeAnswer(body: try store.grants(of: office).first { $0.uid == uid }?.json ?? .null)
        }
    }
}
