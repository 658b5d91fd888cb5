import HTTPTypes
import Hummingbird
import Storage

/// People in `/api/v1`: the same stores and rules as the pages.
struct PersonAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/people", operation: Self.listing, list),
            Route(.post, "/api/v1/people", for: .confirmed, operation: Self.creation, create),
            Route(.get, "/api/v1/people/{person}", operation: Self.reading, find),
            Route(.get, "/api/v1/people/{person}/history", operation: Self.past, history),
            Route(.patch, "/api/v1/people/{person}", operation: Self.renaming, rename),
            Route(.post, "/api/v1/people/{person}/offices", for: .confirmed, operation: Self.appointment, appoint),
            Route(.post, "/api/v1/offices/{office}/grants", for: .confirmed, operation: Self.granting, grant),
            Route(.get, "/api/v1/me", operation: Self.meeting, me),
        ]
    }

    func list(_ visit: Visit) async throws -> Answer {
        let query = try PersonQuery(visit.query)
        let request = try visit.listRequest(cursorParts: 2)
        let people = try await visit.database.read { tx in try visit.people(tx).list(query.filter, page: request) }
        return visit.json(people)
    }

    func create(_ visit: Visit) async throws -> Answer {
        guard visit.viewer.has(.administrator) else { throw AppError.forbidden(Message("person.may_not_create")) }
        var body = try visit.jsonBody()
        body.allow(["name", "unit", "title", "from", "decision"])
        var form = NewPersonForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let store = visit.people(tx)
            let person = try store.create(draft, passwordHash: nil, at: visit.now)
            return ChangeAnswer(
                status: .created, body: try store.find(person.uid).json, version: person.version,
                location: "/api/v1/people/\(person.uid)")
        }
    }

    func find(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let detail = try await visit.database.read { tx in try visit.people(tx).detail(uid) }
        return visit.json(detail, version: detail.row.person.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        visit.json(try await visit.personHistory().1.map(EventBody.init))
    }

    func rename(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        var body = try visit.jsonBody()
        body.allow(["name"])
        let name = body.fields.line("name", max: 120)
        try body.fields.problems.check()
        let version = try visit.expectedVersion()
        return try await visit.change { tx in
            let store = visit.people(tx)
            let person = try store.rename(uid, to: name, version: version, at: visit.now)
            return ChangeAnswer(body: try store.find(uid).json, version: person.version)
        }
    }

    func appoint(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        var body = try visit.jsonBody()
        body.allow(["unit", "title", "from", "to", "decision"])
        var form = OfficeForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let store = visit.people(tx)
            let office = try store.appoint(store.find(uid).person.id, draft, at: visit.now)
            return ChangeAnswer(
                status: .created, body: try store.office(office.uid).json, location: "/api/v1/people/\(uid)")
        }
    }

    func grant(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        var body = try visit.jsonBody()
        body.allow(["role", "hierarchy", "unit", "ceiling", "from", "to"])
        var form = GrantForm(body.fields)
        let draft = try form.read()
        return try await visit.change { tx in
            let store = visit.people(tx)
            let office = try store.office(uid)
            let granted = try store.grant(uid, draft, at: visit.now)
            let row = try store.grants(of: office).first { $0.uid == granted }
            return ChangeAnswer(
                status: .created, body: row?.json ?? .null, location: "/api/v1/people/\(office.personUID)")
        }
    }

    func me(_ visit: Visit) async throws -> Answer {
        guard let person = visit.viewer.personID else { throw AppError.unauthenticated }
        let detail = try await visit.database.read { tx in
            guard let row = try tx.first("SELECT uid FROM person WHERE id = \(person)") else { throw AppError.notFound }
            return try visit.people(tx).detail(try row.uid(0))
        }
        return visit.json(detail, version: detail.row.person.version)
    }
}

extension PersonAPI {
    static let listing = APIOperation(
        "List the people whom the caller may know, by name.", tag: "people",
        query: [
            APIParameter("q", .string, "Words of the name, with or without accents."),
            APIParameter("sort", .choice(["name", "-name"]), "Order; `-name` turns it round."),
        ] + APIParameter.paging,
        answer: .page(PersonRow.schema))

    static let creation = APIOperation(
        "Create a person, usually with a first office.", tag: "people",
        body: .object([
            ("name", .string, true), ("unit", .string, false), ("title", .string, false), ("from", .day, false),
            ("decision", .string, false),
        ]), answer: PersonRow.schema, status: 201)

    static let reading = APIOperation(
        "One person with offices and rights.", tag: "people", answer: PersonDetail.schema)

    static let past = APIOperation(
        "What was done to a person, to the account, offices and rights, newest first.", tag: "people",
        query: APIParameter.paging, answer: .page(EventBody.schema))

    static let renaming = APIOperation(
        "Give a person another name.", tag: "people", body: .record(["name": .string]), answer: PersonRow.schema,
        needsVersion: true)

    static let appointment = APIOperation(
        "Appoint a person to an office in a unit.", tag: "people",
        body: .object([
            ("unit", .string, true), ("title", .string, true), ("from", .day, true), ("to", .nullable(.day), false),
            ("decision", .string, false),
        ]), answer: OfficeRow.schema, status: 201, errors: [409])

    static let granting = APIOperation(
        "Give an office a role over a subtree, never more than the caller holds.", tag: "people",
        body: .object([
            ("role", .choice(Role.allCases.map(\.rawValue)), true),
            ("hierarchy", .choice(Hierarchy.allCases.map(\.rawValue)), true), ("unit", .string, true),
            ("ceiling", .choice(Secrecy.allCases.map(\.name)), true), ("from", .day, true),
            ("to", .nullable(.day), false),
        ]), answer: GrantRow.schema, status: 201, errors: [409])

    static let meeting = APIOperation(
        "Who the caller is: person, offices and rights.", tag: "people", answer: PersonDetail.schema)
}
