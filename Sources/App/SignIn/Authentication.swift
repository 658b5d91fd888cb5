import Storage

/// Who is asking: what a request's cookie or bearer token proves.
public struct Identified: Sendable {
    public let viewer: Viewer
    public let session: Session?
    public let token: APIToken?
    /// The person's own choice, if any.
    public let language: Language?
    /// Unread ones of the office in use; nil when they were not asked for.
    public internal(set) var unreadNotices: Int?

    static let nobody = Identified(viewer: .anonymous, session: nil, token: nil, language: nil)
}

/// Tells who asks, on every request: three or four statements in one way to the database, no write; for a page one more,
/// which counts what the office has not read.
///
/// Nothing is cached: an account disabled, a session ended, an office that ran out yesterday count at once, on
/// every node. Make one and keep it: it gathers the marks of use.
public struct Authentication: Sendable {
    private let database: Database
    private let configuration: Configuration
    private let clock: WallClock
    private let marks: SeenMarks

    public init(_ services: Services) {
        self.init(database: services.database, configuration: services.configuration, clock: services.clock)
    }

    init(database: Database, configuration: Configuration, clock: WallClock) {
        self.database = database
        self.configuration = configuration
        self.clock = clock
        marks = SeenMarks(database)
    }

    /// With an `Authorization` header only the token counts, and one that opens nothing is ``AppError/unauthenticated``;
    /// a cookie that opens nothing makes an anonymous visit. Wrong tokens are counted by address.
    public func identify(
        cookie: String?, authorization: String?, address: String = "", now: Instant, countsNotices: Bool = false
    ) async throws -> Identified {
        if let authorization { return try await token(authorization, address: address, now: now) }
        guard let secret = SessionCookie.secret(in: cookie, configuration) else { return .nobody }
        let (today, limits) = (clock.day(of: now), configuration.limits)
        let found = try await SessionStore.identify(
            secret, database, today: today, limits: limits, now: now, countsNotices: countsNotices)
        guard let found, let session = found.session else { return .nobody }
        marks.mark(.session, session.id.value, seenAt: session.seenAt, now: now)
        return found
    }

    private func token(_ authorization: String, address: String, now: Instant) async throws -> Identified {
        let key = AttemptKey.bearer(address: address)
        guard let secret = Self.bearer(authorization) else { throw AppError.unauthenticated }
        let today = clock.day(of: now)
        let found = try await TokenStore.identify(secret, key, database, today: today, now: now)
        guard let found, let token = found.token else {
            try await database.write { tx in try AttemptLimits(tx: tx).count([key], at: now) }
            throw AppError.unauthenticated
        }
        marks.mark(.token, token.id.value, seenAt: token.seenAt, now: now)
        return found
    }

    /// The secret of `Authorization: Bearer rsl_…`; nil for any other scheme or shape.
    static func bearer(_ header: String) -> Secret? {
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].hasPrefix(APIToken.prefix),
            parts[1].utf8.count <= 100
        else { return nil }
        return Secret(text: String(parts[1]))
    }
}
