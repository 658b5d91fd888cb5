import Storage

/// Every statement about sessions. A session is found by the secret's digest and belongs to one person.
struct SessionStore {
    let tx: Transaction

    /// Columns of ``Session``, in order.
    private static let columns: SQL =
        "s.id, s.person_id, s.office_id, s.delegation_id, s.csrf, s.created_at, s.seen_at, s.confirmed_at"

    /// The living session of the secret with its viewer, on request with the number of unread notices; nil when there is none or the account is disabled.
    static func identify(
        _ secret: Secret, _ database: Database, today: Day, limits: Configuration.Limits, now: Instant,
        countsNotices: Bool = false
    ) async throws -> Identified? {
        let known: SQL = """
            SELECT \(Self.columns), p.uid, p.name, a.language FROM session s \
            JOIN account a ON a.person_id = s.person_id JOIN person p ON p.id = s.person_id \
            WHERE s.digest = \(secret.digest) AND a.disabled = 0
            """
        let person: SQL = "(SELECT q.person_id FROM session q WHERE q.digest = \(secret.digest))"
        let questions = [known] + Asking(person: person, today: today).statements
        return try await database.answers(to: questions) { answers, tx in
            guard let row = answers.first?.first else { return nil }
            let session = try Self.session(row)
            guard session.isAlive(at: now, limits) else { return nil }
            let identity = Viewer.Identity.person(id: session.person, uid: try row.uid(8), name: try row.text(9))
            // Few act on behalf: what they may is asked apart.
            let viewer =
                session.delegation == nil
                ? try Asking.viewer(identity, office: session.office, answers: answers.dropFirst(), today: today)
                : try ViewerStore(tx: tx).viewer(
                    identity, person: session.person, office: session.office, delegation: session.delegation,
                    today: today)
            let language = try row.optionalText(10).flatMap(Language.init(rawValue:))
            var found = Identified(viewer: viewer, session: session, token: nil, language: language)
            if countsNotices, viewer.office != nil {
                found.unreadNotices = try NoticeStore(tx: tx, viewer: viewer, today: today).unread()
            }
            return found
        }
    }

    /// Opens a session. What the person left open and is over is cleared away in passing.
    func open(_ new: NewSession, limits: Configuration.Limits, at now: Instant) throws {
        let (oldest, unused) = (now.adding(.zero - limits.sessionAge), now.adding(.zero - limits.sessionIdle))
        try tx.run(
            """
            DELETE FROM session WHERE person_id = \(new.person) \
            AND (created_at <= \(oldest) OR seen_at <= \(unused))
            """)
        try tx.run(
            """
            INSERT INTO session (digest, person_id, csrf, created_at, seen_at, confirmed_at, address, agent) \
            VALUES (\(new.secret.digest), \(new.person), \(new.csrf), \(now), \(now), \(now), \(new.address), \
            \(new.agent))
            """)
    }

    /// The password was given again: the session goes on under a new secret, so that the old cookie is worth nothing.
    /// The forms' token stays: it opens nothing by itself, and a form that is open in another window must still be good.
    func confirm(_ session: ID<Session>, secret: Secret, at now: Instant) throws {
        let touched = try tx.run(
            """
            UPDATE session SET digest = \(secret.digest), confirmed_at = \(now), seen_at = \(now) WHERE id = \(session)
            """)
        guard touched == 1 else { throw AppError.unauthenticated }
    }

    func end(_ session: ID<Session>) throws {
        try tx.run("DELETE FROM session WHERE id = \(session)")
    }

    func end(_ secret: Secret) throws {
        try tx.run("DELETE FROM session WHERE digest = \(secret.digest)")
    }

    /// Ends all sessions of a person but one; returns how many.
    @discardableResult func endAll(of person: ID<Person>, except kept: ID<Session>? = nil) throws -> Int {
        if let kept { return try tx.run("DELETE FROM session WHERE person_id = \(person) AND id <> \(kept)") }
        return try tx.run("DELETE FROM session WHERE person_id = \(person)")
    }

    /// The person's living sessions, the last used first.
    func list(of person: ID<Person>, limits: Configuration.Limits, at now: Instant) throws -> [SessionRow] {
        try tx.all(
            """
            SELECT \(Self.columns), s.digest, s.address, s.agent FROM session s WHERE s.person_id = \(person) \
            ORDER BY s.seen_at DESC, s.id DESC LIMIT 200
            """
        ).map { row in
            SessionRow(
                session: try Self.session(row), mark: SessionRow.mark(digest: try row.blob(8)),
                address: try row.text(9), agent: try row.text(10))
        }.filter { $0.session.isAlive(at: now, limits) }
    }

    /// Chooses the office in use by its uid, or that of a delegation; both must be the person's own and in force.
    func choose(_ uid: UID, session: Session, today: Day) throws {
        let store = ViewerStore(tx: tx)
        if let office = try store.offices(of: session.person, today: today).first(where: { $0.uid == uid }) {
            try set(session.id, office: office.id, delegation: nil)
        } else if let held = try store.delegations(of: session.person, today: today).first(where: { $0.uid == uid }) {
            try set(session.id, office: held.agent, delegation: held.onBehalf.delegation)
        } else {
            throw AppError.notFound
        }
    }

    private func set(_ session: ID<Session>, office: ID<Office>, delegation: ID<Delegation>?) throws {
        try tx.run("UPDATE session SET office_id = \(office), delegation_id = \(delegation) WHERE id = \(session)")
    }

    private static func session(_ row: Row) throws -> Session {
        Session(
            id: try row.id(0), person: try row.id(1), office: try row.optionalID(2), delegation: try row.optionalID(3),
            csrf: try row.text(4), createdAt: try row.instant(5), seenAt: try row.instant(6),
            confirmedAt: try row.instant(7))
    }
}

/// What a session begins with. Secrets are made before the transaction, which may run twice.
struct NewSession: Sendable {
    let person: ID<Person>
    let secret = Secret.new()
    let csrf = NewSession.csrf()
    let address: String
    /// The browser's own name for itself, shortened.
    let agent: String

    init(person: ID<Person>, address: String, agent: String) {
        self.person = person
        self.address = String(address.prefix(60))
        self.agent = String((CleanText.line(agent) ?? "").prefix(200))
    }

    static func csrf() -> String { Base64URL.encode(Random.bytes(24)) }
}

/// A session as its owner sees it in the list.
struct SessionRow: Sendable {
    let session: Session
    /// Names the session in a URL and tells nothing of its secret.
    let mark: String
    let address: String
    let agent: String

    static func mark(digest: [UInt8]) -> String {
        Base64URL.encode(Array(Secret(text: Base64URL.encode(digest)).digest.prefix(16)))
    }
}
