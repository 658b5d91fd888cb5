/// What the OpenAPI document says of one route under `/api`.
public struct APIOperation: Sendable {
    /// One line, in English.
    public let summary: String
    /// The feature: `units`, `people`.
    public let tag: String
    public let query: [APIParameter]
    /// The JSON body of a request; nil when there is none.
    public let body: APISchema?
    /// The JSON body of the answer.
    public let answer: APISchema
    /// The status of a good answer.
    public let status: Int
    /// Statuses beyond those that every route of its kind has.
    public let errors: [Int]
    /// The change must name the version it was made from in `If-Match`.
    public let needsVersion: Bool
    /// A request that comes again with the same `Idempotency-Key` gets the answer of the first.
    public let isRemembered: Bool

    public init(
        _ summary: String, tag: String, query: [APIParameter] = [], body: APISchema? = nil, answer: APISchema,
        status: Int = 200, errors: [Int] = [], needsVersion: Bool = false, isRemembered: Bool = true
    ) {
        self.summary = summary
        self.tag = tag
        self.query = query
        self.body = body
        self.answer = answer
        self.status = status
        self.errors = errors
        self.needsVersion = needsVersion
        self.isRemembered = isRemembered
    }
}

public struct APIParameter: Sendable {
    public let name: String
    public let schema: APISchema
    public let about: String

    public init(_ name: String, _ schema: APISchema, _ about: String) {
        self.name = name
        self.schema = schema
        self.about = about
    }

    /// The two that every list has.
    public static let paging: [APIParameter] = [
        APIParameter("after", .string, "Cursor: the `next` of the page before."),
        APIParameter("limit", .integer, "Items on a page, 1 to 200, otherwise 50."),
    ]
}

/// A member of a JSON object.
public typealias APIMember = (name: String, schema: APISchema, required: Bool)

/// The few forms of JSON Schema (2020-12) that our bodies need.
public indirect enum APISchema: Sendable {
    case string
    case integer
    case boolean
    /// `yyyy-MM-dd`
    case day
    /// RFC 3339, UTC
    case instant
    case uid
    case choice([String])
    case list(APISchema)
    /// A value that may also be null.
    case nullable(APISchema)
    case object([APIMember])
    /// Text by name.
    case map
    /// No JSON: the bytes of a file, of any type.
    case file

    /// An object whose members are all required.
    public static func record(_ members: KeyValuePairs<String, APISchema>) -> APISchema {
        .object(members.map { ($0.key, $0.value, true) })
    }

    /// `{"items": [...], "next": …, "total": …, "total_is_floor": …}`
    public static func page(_ item: APISchema) -> APISchema {
        .record(["items": .list(item), "next": .nullable(.string), "total": .integer, "total_is_floor": .boolean])
    }

    /// Of an object; none of anything else.
    var members: [APIMember] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The members that are lists, and what the objects in them may hold; nothing when the items are texts.
    var lists: [String: Set<String>] {
        members.reduce(into: [:]) { lists, member in
            if case .list(let item) = member.schema { lists[member.name] = Set(item.members.map(\.name)) }
        }
    }
}
