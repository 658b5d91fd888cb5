public import HTTPTypes

@testable public import App

/// A program that talks to the API with somebody's token.
public struct APIClient: Sendable {
    public let world: World
    let token: String?

    public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, path, headers: headers)
    }

    /// Sends a JSON object of texts; `ifMatch` is the version that the change is made from.
    public func send(
        _ method: HTTPRequest.Method, _ path: String, json: KeyValuePairs<String, String>, ifMatch: Int? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        try await send(method, path, members: json.map { ($0.key, $0.value) }, ifMatch: ifMatch, headers: headers)
    }

    public func send(
        _ method: HTTPRequest.Method, _ path: String, members: [(String, String)],
        lists: [(String, JSONValue)] = [], ifMatch: Int? = nil, headers: HTTPFields = [:]
    ) async throws -> Reply {
        let object = JSONValue.object(members.map { ($0.0, .text($0.1)) } + lists)
        var headers = headers
        if let ifMatch { headers[.ifMatch] = "\"v\(ifMatch)\"" }
        return try await send(method, path, raw: object.text, headers: headers)
    }

    /// Sends a body as it is, called JSON unless the headers say otherwise.
    public func send(
        _ method: HTTPRequest.Method, _ path: String, raw: String, headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers: headers, body: Array(raw.utf8))
    }

    public func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = []
    ) async throws -> Reply {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await world.door.send(method, path, headers: headers, body: body)
    }
}
