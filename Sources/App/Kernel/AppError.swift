/// How an act can end other than well. Thrown where it is found, turned into a page or JSON in one place.
public enum AppError: Error, Sendable, Equatable {
    /// There is no such thing, or the viewer may not know of it: the two are not told apart. 404
    case notFound
    /// The viewer sees the thing but may not do this. 403
    case forbidden(Message)
    /// Nobody has signed in. 401, or the sign-in page.
    case unauthenticated
    /// The act needs the password again. A page that asks for it, or 403.
    case confirmationNeeded
    /// A form of a page of ours whose token is no longer good: the page was opened before the last signing in. 403
    case staleForm
    /// The request cannot be read at all. 400
    case malformed(Message)
    /// Fields that must be mended. 422
    case invalid([Problem])
    /// Somebody else was first, or the thing is in a state that excludes the act. 409
    case conflict(Message)
    /// `If-Match` or a form names an older version; where the record stands now, when that is known. 412
    case stale(Message, Overtaken? = nil)
    /// `If-Match` is needed and missing. 428
    case preconditionRequired
    /// 413, with the limit in bytes.
    case tooLarge(limit: Int)
    /// 429, with the wait.
    case tooMany(retryAfter: Duration)
    /// 503, with the wait.
    case unavailable(retryAfter: Duration)
    /// 405, with the methods that are allowed.
    case methodNotAllowed([String])
    /// 415, with the content type that is wanted.
    case unsupportedMediaType(wanted: String)
    /// The request did not arrive in time. 408
    case requestTimeout
}
