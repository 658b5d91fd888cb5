public import HTTPTypes

/// One address of the product: the router, the OpenAPI document and the access test are all made from these.
public struct Route: Sendable {
    public typealias Handler = @Sendable (Visit) async throws -> Answer

    public let method: HTTPRequest.Method
    /// `/units/{unit}/names`
    public let path: String
    public let audience: Audience
    /// Set on every route under `/api`.
    public let operation: APIOperation?
    public let body: Body
    let handler: Handler

    /// How the body of a request is taken.
    public enum Body: Sendable {
        /// Collected before the handler runs, up to so many bytes.
        case whole(limit: Int)
        /// A form that carries files (`multipart/form-data`), up to so many bytes of files: streamed into temporary
        /// files, which the handler finds in ``Visit/upload``. `admit` is asked before the first file is read, so that
        /// nobody sends 200 MB only to hear that they may not; the handler asks again, in its transaction.
        case upload(limit: Int, admit: @Sendable (Visit) async throws -> Void)
    }

    public enum Audience: Sendable {
        /// Machines and style sheets: no session is looked for.
        case unidentified
        /// No session needed.
        case everyone
        /// A session, or a token on `/api`.
        case signedIn
        /// A session whose password was given in the last minutes.
        case confirmed
    }

    public static let formLimit = 256 * 1024
    public static let uploadLimit = 200 * 1024 * 1024

    public init(
        _ method: HTTPRequest.Method, _ path: String, for audience: Audience = .signedIn,
        operation: APIOperation? = nil, bodyLimit: Int = Route.formLimit, _ handler: @escaping Handler
    ) {
        self.init(method, path, for: audience, operation: operation, body: .whole(limit: bodyLimit), handler)
    }

    public init(
        _ method: HTTPRequest.Method, _ path: String, for audience: Audience = .signedIn,
        operation: APIOperation? = nil, body: Body, _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.audience = audience
        self.operation = operation
        self.body = body
        self.handler = handler
    }

    public static func get(_ path: String, for audience: Audience = .signedIn, _ handler: @escaping Handler) -> Route {
        Route(.get, path, for: audience, handler)
    }

    public static func post(
        _ path: String, for audience: Audience = .signedIn, bodyLimit: Int = Route.formLimit,
        _ handler: @escaping Handler
    ) -> Route {
        Route(.post, path, for: audience, bodyLimit: bodyLimit, handler)
    }

    /// A form with files. `limit` is of all files together, in bytes.
    public static func upload(
        _ path: String, for audience: Audience = .signedIn, limit: Int = Route.uploadLimit,
        admit: @escaping @Sendable (Visit) async throws -> Void, _ handler: @escaping Handler
    ) -> Route {
        Route(.post, path, for: audience, body: .upload(limit: limit, admit: admit), handler)
    }

    public var isAPI: Bool { path.hasPrefix("/api/") }
}
