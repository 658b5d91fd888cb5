import Foundation
public import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

@testable public import App

/// The product's way in, without a server.
public struct TestDoor: Sendable {
    let door: Door
    /// Every route behind it.
    public let routes: [Route]

    init(services: Services, extraRoutes: [Route]) {
        routes = App.Application.routes + extraRoutes
        door = Door(services: services, routes: routes)
    }

    /// Sends one request exactly as given. Without `authority` there is no Host.
    public func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = [],
        authority: String? = "127.0.0.1:8080", peer: String = "127.0.0.1"
    ) async throws -> Reply {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: authority, path: path, headerFields: headers)
        let request = Request(head: head, body: .init(buffer: ByteBuffer(bytes: body)))
        return try await Reply(await door.response(to: request, peer: peer))
    }
}

/// Somebody's browser: keeps cookies and the token of the last page's forms, follows nothing by itself.
public final class Browser: Sendable {
    public let world: World
    private struct State {
        var cookies: [String: String] = [:]
        var csrf: String
    }
    private let state: Mutex<State>

    init(world: World, session: WorldRecords.SessionRecord?) {
        self.world = world
        var cookies: [String: String] = [:]
        if let session { cookies[SessionCookie.name(world.services.configuration)] = session.secret }
        state = Mutex(State(cookies: cookies, csrf: session?.csrf ?? ""))
    }

    public var cookies: [String: String] { state.withLock { $0.cookies } }
    /// What the forms of the last page carried.
    public var csrf: String { state.withLock { $0.csrf } }

    public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, path, headers: headers)
    }

    /// Sends a form with the token of the last page, unless the fields bring their own.
    public func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], headers: HTTPFields = [:]
    ) async throws -> Reply {
        try await post(path, form: fields.map { ($0.key, $0.value) }, headers: headers)
    }

    public func post(
        _ path: String, form fields: [(String, String)], headers: HTTPFields = [:]
    ) async throws -> Reply {
        var pairs = fields
        if !pairs.contains(where: { $0.0 == "csrf" }) { pairs.append(("csrf", csrf)) }
        let text = pairs.map { "\(URLText.query($0.0))=\(URLText.query($0.1))" }.joined(separator: "&")
        return try await post(path, raw: Array(text.utf8), headers: headers)
    }

    /// Sends a body as it is.
    public func post(_ path: String, raw: [UInt8], headers: HTTPFields = [:]) async throws -> Reply {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await send(.post, path, headers: headers, body: raw)
    }

    /// Any request with this browser's cookies.
    public func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = []
    ) async throws -> Reply {
        var headers = headers
        let jar = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !jar.isEmpty { headers[.cookie] = jar }
        let reply = try await world.door.send(method, path, headers: headers, body: body)
        state.withLock { state in
            for cookie in reply.all("Set-Cookie") { Browser.keep(cookie, in: &state.cookies) }
            if let csrf = reply.csrf { state.csrf = csrf }
        }
        return reply
    }

    private static func keep(_ header: String, in cookies: inout [String: String]) {
        let pair = header.prefix { $0 != ";" }
        guard let mark = pair.firstIndex(of: "=") else { return }
        let (name, value) = (String(pair[..<mark]), String(pair[pair.index(after: mark)...]))
        cookies[name] = header.contains("Max-Age=0") ? nil : value
    }
}
