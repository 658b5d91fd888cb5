public import HTTPTypes
public import HummingbirdCore
public import NIOCore
public import Storage

/// One request on its way to a handler: who asks, for what, in which language.
public struct Visit: Sendable {
    public let request: Request
    /// Values of the `{names}` in the route's path, percent-decoded.
    public let parameters: [String: String]
    public let query: Fields
    /// The body, collected within the route's limit; empty on GET.
    public let body: ByteBuffer
    public let viewer: Viewer
    /// Nil when nobody has signed in, and on a visit with an API token.
    public let session: Session?
    /// Set on a visit with an API token.
    public let token: APIToken?
    public let page: PageContext
    public let services: Services
    public let now: Instant
    /// The client's address, behind a trusted proxy the one that it reports.
    public let address: String
    public let requestID: String
    /// The fields and files of a form that carries files; nil on every other route.
    public internal(set) var upload: Upload?

    public var database: Database { services.database }
    public var method: HTTPRequest.Method { request.method }
    /// Path and query as sent.
    public var target: String { request.head.path ?? "/" }
    public func header(_ name: HTTPField.Name) -> String? { request.headers[name] }
    public var language: Language { page.language }
    public var today: Day { page.today }

    /// The record named in the path. A name that cannot be one is a record that does not exist.
    public func uid(_ name: String) throws(AppError) -> UID {
        guard let uid = UID(parsing: parameters[name] ?? "") else { throw .notFound }
        return uid
    }

    /// The form in the body.
    public func form() throws(AppError) -> Fields {
        if let upload { return upload.fields }
        let type = header(.contentType)?.split(separator: ";").first.map(String.init) ?? ""
        guard type.lowercased() == "application/x-www-form-urlencoded" else {
            throw .unsupportedMediaType(wanted: "application/x-www-form-urlencoded")
        }
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw .malformed(Message("error.body_not_utf8"))
        }
        return Fields(parsing: text)
    }
}
