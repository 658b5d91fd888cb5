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
    /// Largest body in bytes.
    public let bodyLimit: Int
    let handler: Handler

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

    public init(
        _ method: HTTPRequest.Method, _ path: String, for audience: Audience = .signedIn,
        operation: APIOperation? = nil, bodyLimit: Int = Route.formLimit, _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.audience = audience
        self.operation = operation
        self.bodyLimit = bodyLimit
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

    public var isAPI: Bool { path.hasPrefix("/api/") }
}
