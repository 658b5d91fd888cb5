import HTTPTypes

/// The OpenAPI 3.1 document, made from the routes themselves: a route under `/api` that says nothing of itself fails a test.
enum OpenAPI {
    static func document(_ routes: [Route]) -> JSONValue {
        let described = routes.filter { $0.isAPI && $0.operation != nil }
        let paths = Dictionary(grouping: described, by: \.path).sorted { $0.key < $1.key }
        return .object([
            ("openapi", "3.1.0"),
            (
                "info",
                .object([
                    ("title", "Resolute"), ("version", "1"),
                    ("description", "Steering of public programmes. Bearer tokens are made under /tokens."),
                    ("license", .object([("name", "Apache-2.0"), ("identifier", "Apache-2.0")])),
                ])
            ),
            ("servers", .list([.object([("url", "/")])])),
            ("security", .list([.object([("bearer", .list([]))])])),
            (
                "paths",
                .object(
                    paths.map { path, routes in
                        (path, .object(routes.map { ($0.method.rawValue.lowercased(), operation($0)) }))
                    })
            ),
            ("components", components),
        ])
    }

    private static func operation(_ route: Route) -> JSONValue {
        guard let operation = route.operation else { return .null }
        var members: [(String, JSONValue)] = [
            ("summary", .text(operation.summary)), ("tags", .list([.text(operation.tag)])),
            ("operationId", .text(operationID(route))), ("parameters", .list(parameters(route, operation))),
        ]
        if let body = operation.body {
            members.append(("requestBody", .object([("required", true), ("content", content(body))])))
        } else if case .upload = route.body {
            members.append(("requestBody", .object([("required", true), ("content", upload)])))
        }
        members.append(("responses", .object(responses(route, operation))))
        return .object(members)
    }

    private static func operationID(_ route: Route) -> String {
        route.method.rawValue.lowercased()
            + route.path.split { "/{}.-".contains($0) }.dropFirst(2).map { "_" + $0 }.joined()
    }

    private static func parameters(_ route: Route, _ operation: APIOperation) -> [JSONValue] {
        let inPath = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            let name = String(segment.dropFirst().dropLast())
            let isWord = ["label", "kind"].contains(name)
            return parameter(
                name, place: "path", isWord ? .string : .uid, isWord ? "As it is called." : "Its uid.", required: true)
        }
        let inQuery = operation.query.map { parameter($0.name, place: "query", $0.schema, $0.about, required: false) }
        var headers: [JSONValue] = []
        if route.method != .get, operation.isRemembered {
            headers.append(
                parameter(
                    IdempotencyKey.header, place: "header", .string,
                    "The same key with the same request does it once.", required: false))
        }
        if operation.needsVersion {
            headers.append(
                parameter(
                    "If-Match", place: "header", .string, "The ETag that the change was made from.", required: true))
        }
        return inPath + inQuery + headers
    }

    private static func parameter(
        _ name: String, place: String, _ schema: APISchema, _ about: String, required: Bool
    ) -> JSONValue {
        .object([
            ("name", .text(name)), ("in", .text(place)), ("required", .bool(required)),
            ("description", .text(about)), ("schema", schema.json),
        ])
    }

    private static func responses(_ route: Route, _ operation: APIOperation) -> [(String, JSONValue)] {
        var errors: Set<Int> = [400, 422, 429, 503]
        if route.audience != .everyone { errors.formUnion([401, 403]) }
        if route.path.contains("{") { errors.insert(404) }
        if route.method != .get { errors.formUnion([409, 413, 415]) }
        if operation.needsVersion { errors.formUnion([412, 428]) }
        errors.formUnion(operation.errors)
        let good: (String, JSONValue) = (
            String(operation.status),
            .object([("description", "Done."), ("content", content(operation.answer))])
        )
        return [good]
            + errors.sorted().map { code in
                (String(code), .object([("$ref", .text("#/components/responses/problem"))]))
            }
    }

    /// A form with files. What else is in it stands in the route's documentation.
    private static let upload: JSONValue = {
        let file = JSONValue.object([("type", "string"), ("contentMediaType", "application/octet-stream")])
        let schema = JSONValue.object([
            ("type", "object"),
            ("properties", .object([("file", .object([("type", "array"), ("items", file)]))])),
        ])
        return .object([("multipart/form-data", .object([("schema", schema)]))])
    }()

    private static func content(_ schema: APISchema) -> JSONValue {
        if case .file = schema { return .object([("*/*", .object([("schema", schema.json)]))]) }
        return .object([("application/json", .object([("schema", schema.json)]))])
    }

    private static let components: JSONValue = .object([
        ("securitySchemes", .object([("bearer", .object([("type", "http"), ("scheme", "bearer")]))])),
        (
            "responses",
            .object([
                (
                    "problem",
                    .object([
                        ("description", "What went wrong, RFC 9457."),
                        (
                            "content",
                            .object([
                                ("application/problem+json", .object([("schema", problem.json)]))
                            ])
                        ),
                    ])
                )
            ])
        ),
    ])

    private static let problem = APISchema.object([
        ("type", .string, true), ("title", .string, true), ("status", .integer, true), ("detail", .string, true),
        ("instance", .string, true),
        (
            "errors",
            .list(
                .record([
                    "field": .string, "line": .nullable(.integer), "code": .string, "message": .string,
                ])), false
        ),
    ])
}

extension APISchema {
    var json: JSONValue {
        switch self {
        case .string: .object([("type", "string")])
        case .integer: .object([("type", "integer")])
        case .boolean: .object([("type", "boolean")])
        case .day: .object([("type", "string"), ("format", "date")])
        case .instant: .object([("type", "string"), ("format", "date-time")])
        case .uid: .object([("type", "string"), ("format", "uuid")])
        case .choice(let words): .object([("type", "string"), ("enum", .list(words.map { .text($0) }))])
        case .list(let item): .object([("type", "array"), ("items", item.json)])
        case .nullable(let schema): .object([("anyOf", .list([schema.json, .object([("type", "null")])]))])
        case .file: .object([("type", "string"), ("contentMediaType", "application/octet-stream")])
        case .map: .object([("type", "object"), ("additionalProperties", .object([("type", "string")]))])
        case .object(let members):
            .object([
                ("type", "object"),
                ("required", .list(members.filter(\.required).map { .text($0.name) })),
                ("properties", .object(members.map { ($0.name, $0.schema.json) })),
            ])
        }
    }
}
