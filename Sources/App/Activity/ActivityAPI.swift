import Hummingbird
import Storage

/// Events as JSON: the same store and the same scope as the pages.
struct ActivityAPI {
    var routes: [Route] {
        [
            Route(
                .get, "/api/v1/events",
                operation: APIOperation(
                    "Events that the caller may know of, newest first", tag: "events", query: ActivityAPI.parameters,
                    answer: .page(EventBody.schema), errors: [400, 422]), index)
        ]
    }

    private static let parameters =
        [
            APIParameter("verb", .choice(Event.Verb.allCases.map(\.rawValue)), "Only what was done so."),
            APIParameter("kind", .choice(Subject.Kind.allCases.map(\.rawValue)), "Only records of this kind."),
            APIParameter("person", .uid, "Only what this person did."),
            APIParameter("from", .day, "From the beginning of this day."),
            APIParameter("to", .day, "To the end of this day."),
        ] + APIParameter.paging

    func index(_ visit: Visit) async throws -> Answer {
        let query = try EventQuery(visit.query, clock: visit.services.clock)
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.database.read { tx in
            try ActivityStore(tx: tx, viewer: visit.viewer, today: visit.today).recent(query.filter, page: request)
        }
        return visit.json(events.map(EventBody.init))
    }
}

/// An event as the API shows it.
struct EventBody: APIBody {
    let event: EventRow

    init(_ event: EventRow) { self.event = event }

    static let schema = APISchema.record([
        "uid": .uid, "at": .instant, "verb": .string, "kind": .string, "subject": .uid,
        "subject_name": .nullable(.string), "actor": .string,
        "person": .nullable(.uid), "authority": .nullable(.string), "unit": .nullable(.uid),
        "unit_name": .nullable(.string), "before": .map, "after": .map, "erased": .boolean,
    ])

    var json: JSONValue {
        .object([
            ("uid", .text(event.uid.text)), ("at", .text(event.at.text)), ("verb", .text(event.verb?.rawValue ?? "")),
            ("kind", .text(event.kind?.rawValue ?? "")), ("subject", .text(event.subject.text)),
            ("subject_name", .optional(event.name)), ("actor", .text(event.actor)),
            ("person", .optional(event.person?.text)),
            ("authority", .optional(event.authority)), ("unit", .optional(event.unit?.uid.text)),
            ("unit_name", .optional(event.unit?.name)), ("before", EventBody.map(event.before)),
            ("after", EventBody.map(event.after)), ("erased", .bool(event.isErased)),
        ])
    }

    private static func map(_ values: [String: String]) -> JSONValue {
        .object(values.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
    }
}
