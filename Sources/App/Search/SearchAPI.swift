import HTTPTypes
import Storage

/// Search, for programs.
struct SearchAPI {
    var routes: [Route] { [Route(.get, "/api/v1/search", operation: SearchAPI.operation, index)] }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try SearchRequest(visit)
        let (result, _) = try await visit.search(asked) { _ in true }
        return visit.json(SearchBody(result: result))
    }

    static let operation = APIOperation(
        "Tasks and documents that you may know of with all these words, the newest first", tag: "search",
        query: [
            APIParameter("q", .string, "Whole words, in any order; accents do not matter."),
            APIParameter("kind", .choice(SearchSource.all.map(\.kind.rawValue)), "Only these."),
            APIParameter("status", .choice(SearchSource.all.flatMap(\.statuses)), "Only in this state."),
            APIParameter("type", .string, "Only documents of this type."),
            APIParameter("pillar", .string, "Only tasks of this pillar."),
            APIParameter("unit", .uid, "Led or issued by this unit."),
            APIParameter("year", .integer, "Begun or issued in this year."),
            APIParameter("order", .choice(SearchFilter.Order.allCases.map(\.rawValue)), "date otherwise."),
            APIParameter("reach", .choice(["own", "all"]), "all: also public tasks of other units."),
        ] + APIParameter.paging, answer: SearchBody.schema, errors: [404])
}

/// What was found, as the API shows it.
struct SearchBody: APIBody {
    let result: SearchResult

    var json: JSONValue {
        let mark = SearchMark(result.words), facets = result.facets
        return .object([
            ("items", .list(result.cards.map { SearchBody.item($0, mark) })),
            ("next", .optional(result.next?.text)), ("total", .int(Int64(result.total))),
            ("total_is_floor", .bool(result.isCapped || result.isShallow)),
            ("scored_newest_only", .bool(result.scoredFew)), ("files_newest_only", .bool(result.filesCut)),
            (
                "facets",
                .object([
                    ("kind", SearchBody.counts(facets.kinds)), ("status", SearchBody.counts(facets.statuses)),
                    ("type", SearchBody.counts(facets.types)), ("pillar", SearchBody.counts(facets.pillars)),
                    ("unit", SearchBody.counts(facets.units)), ("year", SearchBody.counts(facets.years)),
                ])
            ),
        ])
    }

    private static func item(_ card: SearchCard, _ mark: SearchMark) -> JSONValue {
        let snippet = mark.snippet(title: card.title, card.passages)
        return .object([
            ("kind", .text(card.subject.kind.rawValue)), ("uid", .text(card.subject.uid.text)),
            ("title", pieces(mark.pieces(card.title))), ("snippet", pieces(snippet)), ("unit_name", .text(card.unit)),
            ("state", .text(card.state)), ("day", .day(card.day ?? .never)),
            ("due", .day(card.due ?? .never)), ("file", .optional(card.file)), ("href", .text(card.href)),
        ])
    }

    private static func pieces(_ pieces: [SearchMark.Piece]) -> JSONValue {
        .list(pieces.map { .object([("text", .text($0.text)), ("hit", .bool($0.isHit))]) })
    }

    private static func counts(_ counts: [SearchFacets.Count]) -> JSONValue {
        .list(
            counts.map {
                .object([("value", .text($0.value)), ("name", .text($0.name)), ("count", .int(Int64($0.count)))])
            })
    }

    private static let piece = APISchema.record(["text": .string, "hit": .boolean])
    private static let count = APISchema.record(["value": .string, "name": .string, "count": .integer])

    static let schema = APISchema.record([
        "items": .list(
            .record([
                "kind": .choice(SearchSource.all.map(\.kind.rawValue)), "uid": .uid, "title": .list(piece),
                "snippet": .list(piece), "unit_name": .string, "state": .string, "day": .nullable(.day),
                "due": .nullable(.day), "file": .nullable(.string), "href": .string,
            ])),
        "next": .nullable(.string), "total": .integer, "total_is_floor": .boolean, "scored_newest_only": .boolean,
        "files_newest_only": .boolean,
        "facets": .record([
            "kind": .list(count), "status": .list(count), "type": .list(count), "pillar": .list(count),
            "unit": .list(count), "year": .list(count),
        ]),
    ])
}
