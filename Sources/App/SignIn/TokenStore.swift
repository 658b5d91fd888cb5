public import Storage

/// Every statement about API tokens. A person has their own; the command line has all.
public struct TokenStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public static let longestLife = 366

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// Makes a token for the viewer in the office in use. `secret` is made before the transaction and shown once.
    @discardableResult func issue(_ draft: TokenDraft, secret: Secret, at now: Instant) throws -> APIToken {
        guard let person = viewer.personID else { throw AppError.unauthenticated }
        guard let office = viewer.office else { throw AppError.conflict(Message("signin.token.no_office")) }
        guard office.onBehalf == nil else { throw AppError.conflict(Message("signin.token.on_behalf")) }
        return try issue(draft, secret: secret, person: person, office: office.id, at: now)
    }

    /// Makes a token for somebody in an office that they hold today, the first when none is named; for the system.
    @discardableResult
    func issue(_ draft: TokenDraft, secret: Secret, for person: ID<Person>, at now: Instant) throws -> APIToken {
        guard viewer.isSystem else { throw AppError.forbidden(Message("signin.account.forbidden")) }
        guard let office = try ViewerStore(tx: tx).offices(of: person, today: today).first else {
            throw AppError.conflict(Message("signin.token.no_office"))
        }
        return try issue(draft, secret: secret, person: person, office: office.id, at: now)
    }

    /// The person's tokens, the newest first; past ones stay in the list.
    public func list(of person: ID<Person>) throws -> [TokenRow] {
        guard viewer.isSystem || viewer.personID == person else { throw AppError.notFound }
        return try rows("t.person_id = \(person)")
    }

    /// Every token, for the command line.
    public func listAll() throws -> [TokenRow] {
        guard viewer.isSystem else { throw AppError.notFound }
        return try rows("t.id > 0")
    }

    /// Ends a token at once. Somebody else's is not found; one that is over stays as it is.
    public func revoke(_ uid: UID, at now: Instant) throws {
        let mine: SQL = viewer.isSystem ? "1 = 1" : "t.person_id = \(viewer.personID)"
        guard let row = try rows("t.uid = \(uid) AND \(mine)").first else { throw AppError.notFound }
        guard row.token.revokedAt == nil else { return }
        try tx.run("UPDATE api_token SET revoked_at = \(now) WHERE id = \(row.token.id)")
        try record(.tokenRevoked, row.token, at: now)
    }

    /// The living token of a secret with its viewer. Nil when there is none, when the account is disabled or when the
    /// office is no longer held: a token is for one office and never slips into another.
    static func identify(
        _ secret: Secret, _ key: AttemptKey, _ database: Database, today: Day, now: Instant
    ) async throws -> Identified? {
        let known: SQL = """
            SELECT \(columns), p.uid, p.name, a.language FROM api_token t JOIN account a ON a.person_id = t.person_id \
            JOIN person p ON p.id = t.person_id WHERE t.digest = \(secret.digest) AND a.disabled = 0
            """
        let person: SQL = "(SELECT q.person_id FROM api_token q WHERE q.digest = \(secret.digest))"
        let answers = try await database.answers(
            to: [AttemptLimits.level(of: key), known] + Asking(person: person, today: today).statements)
        try AttemptLimits.check(key, answers.first?.first, at: now)
        guard let row = answers.dropFirst().first?.first else { return nil }
        let token = try token(row)
        guard token.isAlive(at: now) else { return nil }
        let identity = Viewer.Identity.person(id: token.person, uid: try row.uid(10), name: try row.text(11))
        let viewer = try Asking.viewer(identity, office: token.office, answers: answers.dropFirst(2), today: today)
        guard viewer.office?.id == token.office else { return nil }
        let language = try row.optionalText(12).flatMap(Language.init(rawValue:))
        return Identified(viewer: viewer, session: nil, token: token, language: language)
    }

    private func issue(
        _ draft: TokenDraft, secret: Secret, person: ID<Person>, office: ID<Office>, at now: Instant
    ) throws -> APIToken {
        let uid = UID.new(at: now)
        let expires = now.adding(.seconds(86_400 * Int64(draft.days)))
        try tx.run(
            """
            INSERT INTO api_token (uid, digest, name, person_id, office_id, scope, created_at, expires_at) \
            VALUES (\(uid), \(secret.digest), \(draft.name), \(person), \(office), \(draft.scope.rawValue), \(now), \
            \(expires))
            """)
        guard let token = try rows("t.uid = \(uid)").first?.token else { throw AppError.notFound }
        let after = ["name": token.name, "scope": token.scope.rawValue, "expires": token.expiresAt.text]
        try record(.tokenIssued, token, after: after, at: now)
        return token
    }

    private func record(
        _ verb: Event.Verb, _ token: APIToken, after: [String: String] = [:], at now: Instant
    ) throws {
        let subject = Subject(.token, id: token.id.value, uid: token.uid)
        let unit: ID<OrgUnit>? = try tx.first("SELECT unit_id FROM office WHERE id = \(token.office)")?.id(0)
        let event = Event(verb, subject, unit: unit, after: after.isEmpty ? ["name": token.name] : after)
        try ActivityStore(tx: tx, viewer: viewer).record(event, at: now)
    }

    private func rows(_ condition: SQL) throws -> [TokenRow] {
        try tx.all(
            """
            SELECT \(Self.columns), p.name, a.sign_in, o.title FROM api_token t JOIN person p ON p.id = t.person_id \
            JOIN account a ON a.person_id = t.person_id JOIN office o ON o.id = t.office_id \
            WHERE \(condition) ORDER BY t.created_at DESC, t.id DESC LIMIT 500
            """
        ).map { row in
            TokenRow(
                token: try Self.token(row), personName: try row.text(10), signIn: try row.text(11),
                officeTitle: try row.text(12))
        }
    }

    private static let columns: SQL = """
        t.id, t.uid, t.name, t.person_id, t.office_id, t.scope, t.created_at, t.expires_at, t.revoked_at, t.seen_at
        """

    private static func token(_ row: Row) throws -> APIToken {
        guard let scope = APIToken.Scope(rawValue: try row.text(5)) else {
            throw StorageError.decoding("api_token.scope")
        }
        return APIToken(
            id: try row.id(0), uid: try row.uid(1), name: try row.text(2), person: try row.id(3),
            office: try row.id(4), scope: scope, createdAt: try row.instant(6), expiresAt: try row.instant(7),
            revokedAt: try row.optionalInstant(8), seenAt: try row.optionalInstant(9))
    }
}

/// What a form or a command may set.
public struct TokenDraft: Sendable, Equatable {
    public let name: String
    public let scope: APIToken.Scope
    /// 1 to ``TokenStore/longestLife``.
    public let days: Int

    /// Throws ``AppError/invalid(_:)`` that names each field.
    public init(name: String, scope: APIToken.Scope, days: Int) throws(AppError) {
        var found = Validation()
        let clean = CleanText.line(name) ?? ""
        if clean.isEmpty { found.add("name", "field.missing") }
        if clean.count > 100 { found.add("name", "field.long", ["max": 100, "count": .number(clean.count)]) }
        if !(1...TokenStore.longestLife).contains(days) {
            found.add("days", "field.integer", ["from": 1, "to": .number(TokenStore.longestLife)])
        }
        try found.check()
        (self.name, self.scope, self.days) = (clean, scope, days)
    }
}

/// A token with the names that a list shows.
public struct TokenRow: Sendable {
    public let token: APIToken
    public let personName: String
    public let signIn: String
    public let officeTitle: String
}
