import HTTPTypes
import Storage

/// What is stored about a person in `/api/v1`: the same rules as on the pages.
struct PersonDataAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/people/{person}/data", for: .confirmed, operation: Self.reading, show),
            Route(.post, "/api/v1/people/{person}/data/copies", for: .confirmed, operation: Self.copying, copy),
            Route(.post, "/api/v1/people/{person}/erasure", for: .confirmed, operation: Self.erasing, erase),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let kinds = try await visit.database.read { tx in
            let store = visit.personData(tx)
            return try store.summary(of: try store.find(uid).person.id)
        }
        let items = kinds.map { kind -> JSONValue in
            .object([
                ("kind", .text(kind.key)), ("count", .int(Int64(kind.count))), ("erased", .bool(kind.isErased)),
            ])
        }
        return visit.json(.object([("items", .list(items))]))
    }

    func copy(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let copy = try await PersonDataExport(database: visit.database, viewer: visit.viewer, today: visit.today)
            .run(uid, at: visit.now)
        return visit.json(copy.json).with(.cacheControl, "private, no-store")
    }

    func erase(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        // Whoever may not handle the data learns nothing of what else is wrong with the request.
        _ = try await visit.database.read { tx in try visit.personData(tx).find(uid) }
        var body = try visit.jsonBody()
        body.allow(["reason"])
        let reason = body.fields.line("reason", max: 500)
        try body.fields.problems.check()
        return try await visit.change { tx in
            _ = try visit.personData(tx).erase(uid, reason: reason, at: visit.now)
            let row = try visit.people(tx).find(uid)
            return ChangeAnswer(body: row.json, version: row.person.version)
        }
    }

    static let reading = APIOperation(
        "How much is stored about a person, by kind.", tag: "people",
        answer: .record([
            "items": .list(.record(["kind": .string, "count": .integer, "erased": .boolean]))
        ]))

    static let copying = APIOperation(
        "A copy of all that is stored about a person; its making is recorded.", tag: "people",
        answer: .object(
            [("form", .string, true), ("person", .uid, true), ("at", .instant, true)]
                + PersonalData.inventory.map { ($0.key, .list(.map), true) }))

    static let erasing = APIOperation(
        "Erase who somebody was. Offices and decisions stay, by a number in the place of the name.", tag: "people",
        body: .record(["reason": .string]), answer: PersonRow.schema, errors: [409])
}
