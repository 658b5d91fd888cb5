import Foundation
public import HTTPTypes
import NIOCore

/// A type that says how it looks in the API: the public contract, apart from how we store it.
public protocol APIBody {
    var json: JSONValue { get }
}

extension Visit {
    public func json(_ value: JSONValue, status: HTTPResponse.Status = .ok, version: Int? = nil) -> Answer {
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "private, no-cache"]
        if let version { headers[.eTag] = EntityTag.text(version) }
        return Answer(status: status, headers: headers, bytes: ByteBuffer(bytes: value.bytes))
    }

    public func json(_ body: some APIBody, status: HTTPResponse.Status = .ok, version: Int? = nil) -> Answer {
        json(body.json, status: status, version: version)
    }

    /// The form of every list.
    public func json<Item: APIBody>(_ page: Page<Item>) -> Answer {
        json(
            .object([
                ("items", .list(page.items.map(\.json))), ("next", .optional(page.next?.text)),
                ("total", .int(Int64(page.total))), ("total_is_floor", .bool(page.totalIsFloor)),
            ]))
    }

    /// `after` and `limit` of a list whose cursors have `parts` parts.
    public func listRequest(cursorParts parts: Int) throws(AppError) -> PageRequest {
        var query = query
        var after: Cursor?
        if !query["after"].isEmpty {
            after = Cursor(parsing: query["after"], count: parts)
            if after == nil { query.problems.add("after", "field.cursor") }
        }
        let limit = query.integer("limit", in: 1...200, required: false)
        try query.problems.check()
        return PageRequest(after: after, limit: limit ?? 50)
    }

    /// The version that the caller has seen, from `If-Match`.
    public func expectedVersion() throws(AppError) -> Int {
        guard let header = header(.ifMatch) else { throw .preconditionRequired }
        guard let version = EntityTag.version(header) else { throw .stale(Message("error.stale")) }
        return version
    }

    /// The JSON object in the body, read strictly. `lists` names the members that may be lists, and what the objects
    /// in them may hold; without such a name the items are texts.
    public func jsonBody(
        lists: [String: Set<String>] = [:], passedOver: Set<String> = []
    ) throws(AppError) -> JSONFields {
        let type = header(.contentType)?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type == "application/json" else { throw .unsupportedMediaType(wanted: "application/json") }
        return try JSONFields(parsing: body, lists: lists, passedOver: passedOver)
    }

    /// The members that the body of an operation has, and no others.
    func jsonFields(_ operation: APIOperation) throws(AppError) -> Fields {
        let schema = operation.body ?? .object([])
        var json = try jsonBody(lists: schema.lists)
        json.allow(Set(schema.members.map(\.name)))
        return json.fields
    }
}

/// `"v3"`: the third state of a record.
enum EntityTag {
    static func text(_ version: Int) -> String { "\"v\(version)\"" }
    static func version(_ header: String) -> Int? {
        guard header.hasPrefix("\"v"), header.hasSuffix("\""), header.utf8.count <= 24 else { return nil }
        return Int(header.dropFirst(2).dropLast())
    }
}
