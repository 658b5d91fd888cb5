public import Storage

/// Accounts: made, disabled, unlocked, given a password. Every change is for administrators of the person's offices
/// (``PersonAccess/mayManageAccount(of:)``), except that each may change their own password and language.
public struct AccountStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// Gives a person an account. The hash comes from ``PasswordHasher``, made before the transaction.
    @discardableResult
    public func create(person: ID<Person>, signIn typed: String, passwordHash: String, at now: Instant) throws
        -> Account
    {
        try requireManager(person)
        return try add(person, signIn: typed, passwordHash: passwordHash, at: now)
    }

    /// As above for whoever has shown their right otherwise: by the link of an invitation.
    @discardableResult
    func add(_ person: ID<Person>, signIn typed: String, passwordHash: String, at now: Instant) throws -> Account {
        guard let signIn = SignInName.normalised(typed) else {
            throw AppError.invalid([Problem("sign_in", "signin.name.shape")])
        }
        try ErasedPerson.refuse(person, tx: tx)
        if try find(person) != nil { throw AppError.conflict(Message("signin.account.exists")) }
        if try find(signIn: signIn) != nil { throw AppError.invalid([Problem("sign_in", "signin.name.taken")]) }
        try tx.run(
            """
            INSERT INTO account (person_id, sign_in, password, disabled, changed_at) \
            VALUES (\(person), \(signIn), \(passwordHash), 0, \(now))
            """)
        guard let account = try find(person) else { throw AppError.notFound }
        try record(.created, account, after: ["sign_in": signIn], at: now)
        return account
    }

    public func find(signIn typed: String) throws -> Account? {
        guard let signIn = SignInName.normalised(typed) else { return nil }
        return try first("a.sign_in = \(signIn)")
    }

    public func find(_ person: ID<Person>) throws -> Account? { try first("a.person_id = \(person)") }

    /// All accounts by sign-in, for the command line.
    public func list() throws -> [Account] {
        guard viewer.isSystem else { throw Self.refusal }
        return try tx.all("SELECT \(Self.columns) WHERE a.person_id > 0 ORDER BY a.sign_in").map(Self.account)
    }

    /// A new password: the other sessions end, `kept` goes on.
    public func setPassword(
        _ person: ID<Person>, hash: String, keeping kept: ID<Session>? = nil, at now: Instant
    ) throws {
        let account = try existing(person)
        if viewer.personID != person { try requireManager(person) }
        try tx.run("UPDATE account SET password = \(hash), changed_at = \(now) WHERE person_id = \(person)")
        let ended = try SessionStore(tx: tx).endAll(of: person, except: kept)
        try AttemptLimits(tx: tx).clear(.account(account.signIn))
        try AttemptLimits(tx: tx).clear(.person(account.personUID))
        try record(.passwordChanged, account, after: ["sessions_ended": String(ended)], at: now)
    }

    /// The same password under better parameters: nothing that a person could see changes.
    func replaceHash(of person: ID<Person>, with hash: String) throws {
        try tx.run("UPDATE account SET password = \(hash) WHERE person_id = \(person)")
    }

    /// The account is closed at once, on every node: sessions end, tokens are revoked. Nobody disables themselves, so
    /// that the last administrator stays.
    public func disable(_ person: ID<Person>, at now: Instant) throws {
        let account = try existing(person)
        try requireManager(person)
        guard viewer.personID != person else { throw AppError.conflict(Message("signin.account.oneself")) }
        guard !account.isDisabled else { return }
        try tx.run("UPDATE account SET disabled = 1, changed_at = \(now) WHERE person_id = \(person)")
        let sessions = try SessionStore(tx: tx).endAll(of: person)
        let tokens = try tx.run(
            "UPDATE api_token SET revoked_at = \(now) WHERE person_id = \(person) AND revoked_at IS NULL")
        try record(
            .disabled, account, after: ["sessions_ended": String(sessions), "tokens_revoked": String(tokens)], at: now)
    }

    public func enable(_ person: ID<Person>, at now: Instant) throws {
        let account = try existing(person)
        try requireManager(person)
        guard account.isDisabled else { return }
        try tx.run("UPDATE account SET disabled = 0, changed_at = \(now) WHERE person_id = \(person)")
        try record(.enabled, account, at: now)
    }

    /// Forgets the wrong passwords that were counted against the account.
    public func unlock(_ person: ID<Person>, at now: Instant) throws {
        let account = try existing(person)
        try requireManager(person)
        try AttemptLimits(tx: tx).clear(.account(account.signIn))
        try AttemptLimits(tx: tx).clear(.person(account.personUID))
        try record(.unlocked, account, at: now)
    }

    /// The language of one's own pages.
    func setLanguage(_ language: Language, at now: Instant) throws {
        guard let person = viewer.personID else { throw AppError.unauthenticated }
        let account = try existing(person)
        guard account.language != language else { return }
        try tx.run("UPDATE account SET language = \(language.rawValue) WHERE person_id = \(person)")
        let before = account.language.map { ["language": $0.rawValue] } ?? [:]
        try record(.changed, account, before: before, after: ["language": language.rawValue], at: now)
    }

    func record(
        _ verb: Event.Verb, _ account: Account, before: [String: String] = [:], after: [String: String] = [:],
        at now: Instant
    ) throws {
        let event = Event(verb, account.subject, unit: try home(of: account.person), before: before, after: after)
        try ActivityStore(tx: tx, viewer: viewer).record(event, at: now)
    }

    /// The unit whose administrators may read of the account: that of the office in use, else of an office in force,
    /// to come, or past, in this order. Nil for somebody who never held one.
    func home(of person: ID<Person>) throws -> ID<OrgUnit>? {
        if viewer.personID == person, let unit = viewer.office?.unit { return unit }
        return try tx.first(
            """
            SELECT unit_id FROM office WHERE person_id = \(person) \
            ORDER BY CASE WHEN to_day <= \(today) THEN 2 WHEN from_day > \(today) THEN 1 ELSE 0 END, from_day, id LIMIT 1
            """
        )?.id(0)
    }

    /// The stored hash of a living account, for the one who checks a password.
    func credentials(signIn typed: String) throws -> Credentials? {
        guard let account = try find(signIn: typed), !account.isDisabled else { return nil }
        return try credentials(account)
    }

    func credentials(_ person: ID<Person>) throws -> Credentials? {
        guard let account = try find(person), !account.isDisabled else { return nil }
        return try credentials(account)
    }

    private func credentials(_ account: Account) throws -> Credentials? {
        try tx.first("SELECT password FROM account WHERE person_id = \(account.person)").map {
            Credentials(account: account, hash: try $0.text(0))
        }
    }

    private func existing(_ person: ID<Person>) throws -> Account {
        guard let account = try find(person) else { throw AppError.notFound }
        return account
    }

    private func requireManager(_ person: ID<Person>) throws {
        let access = PersonAccess(tx: tx, viewer: viewer, today: today)
        guard try access.mayManageAccount(of: person) else { throw Self.refusal }
    }

    private static let refusal = AppError.forbidden(Message("signin.account.forbidden"))

    private func first(_ condition: SQL) throws -> Account? {
        try tx.first("SELECT \(Self.columns) WHERE \(condition)").map(Self.account)
    }

    private static let columns: SQL = """
        a.person_id, p.uid, p.name, a.sign_in, a.language, a.disabled, a.changed_at \
        FROM account a JOIN person p ON p.id = a.person_id
        """

    private static func account(_ row: Row) throws -> Account {
        Account(
            person: try row.id(0), personUID: try row.uid(1), personName: try row.text(2), signIn: try row.text(3),
            language: try row.optionalText(4).flatMap(Language.init(rawValue:)), isDisabled: try row.bool(5),
            changedAt: try row.instant(6))
    }
}

/// What a password is checked against; stays between the store and the check.
struct Credentials: Sendable {
    let account: Account
    let hash: String
}
