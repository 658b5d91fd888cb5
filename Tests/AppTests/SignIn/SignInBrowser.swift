import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

@testable import App

/// A browser as far as signing in needs one: it keeps cookies, fills the hidden fields of the last page and posts forms.
final class SignInBrowser: Sendable {
    struct Page: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
        var location: String? { headers[.location] }

        /// The value of a hidden field.
        func hidden(_ name: String) -> String? {
            guard let start = text.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
            return String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    private let door: Door
    private let address: String
    private let jar = Mutex<[String: String]>([:])

    init(_ world: SignInWorld, address: String = "192.0.2.1") {
        door = Door(
            services: world.services, routes: SignInPages().routes + AccountPages().routes + TokenPages().routes)
        self.address = address
    }

    var cookies: [String: String] { jar.withLock { $0 } }
    func plant(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Page {
        try await send(.get, path, headers: headers, body: "")
    }

    /// Posts the fields; the form token comes from `page`, or from wherever the caller took it.
    func post(
        _ path: String, _ fields: [String: String], from page: Page? = nil, headers: HTTPFields = [:]
    ) async throws -> Page {
        var fields = fields
        if let token = page?.hidden("csrf") { fields["csrf"] = token }
        var all = headers
        all[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\($0)=\(URLText.query($1))" }.joined(separator: "&")
        return try await send(.post, path, headers: all, body: body)
    }

    /// Opens the form and signs in through it.
    @discardableResult
    func signIn(
        _ name: String, _ password: String = SignInWorld.password, to back: String = ""
    ) async throws -> Page {
        let form = try await get("/sign-in?return=" + URLText.query(back))
        return try await post("/sign-in", ["sign_in": name, "password": password, "return": back], from: form)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: String
    ) async throws -> Page {
        var fields = headers
        let kept = cookies
        if !kept.isEmpty { fields[.cookie] = kept.map { "\($0)=\($1)" }.joined(separator: "; ") }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:8080", path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let response = await door.response(to: request, peer: address)
        keep(response.headers)
        let collected = Collected()
        try await response.body.write(Collector(into: collected))
        return Page(status: response.status.code, headers: response.headers, text: collected.text)
    }

    private func keep(_ headers: HTTPFields) {
        for header in headers[values: .setCookie] {
            let parts = header.split(separator: ";").map { $0.drop { $0 == " " } }
            let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            plant(pair[0], parts.contains("Max-Age=0") ? nil : pair[1])
        }
    }
}

private final class Collected: Sendable {
    private let bytes = Mutex(ByteBuffer())
    var text: String { bytes.withLock { String(buffer: $0) } }
    func append(_ buffer: ByteBuffer) { bytes.withLock { _ = $0.writeImmutableBuffer(buffer) } }
}

private struct Collector: ResponseBodyWriter {
    let collected: Collected
    init(into collected: Collected) { self.collected = collected }
    mutating func write(_ buffer: ByteBuffer) async throws { collected.append(buffer) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
