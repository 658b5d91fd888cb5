import Storage

/// Accounts and tokens by sign-in, for the command line and for whoever sets an installation up: passwords are
/// checked and hashed before the transaction, and whoever has the data folder may do everything.
public struct AccountDesk: Sendable {
    let services: Services
    let viewer: Viewer

    public init(_ services: Services, as viewer: Viewer = .system("command line")) {
        self.services = services
        self.viewer = viewer
    }

    /// The hash of a new password. Throws ``AppError/invalid(_:)`` when the rules refuse it.
    public func hash(_ password: String, signIn: String) async throws -> String {
        let problems = PasswordRules.problems(password, signIn: SignInName.normalised(signIn) ?? signIn)
        guard problems.isEmpty else { throw AppError.invalid(problems) }
        return try await services.passwords.hash(password)
    }

    /// Whose account it will be.
    public enum Holder: Sendable {
        case new(name: String)
        case existing(UID)
    }

    /// An account for a new person, made in the same transaction, or for one who is recorded already.
    @discardableResult
    public func create(_ holder: Holder, signIn: String, password: String) async throws -> Account {
        let hash = try await hash(password, signIn: signIn)
        return try await write { store, _, now in
            let people = PersonStore(tx: store.tx, viewer: store.viewer, today: store.today)
            let person =
                switch holder {
                case .new(let name): try people.create(name: name, at: now).id
                case .existing(let uid): try people.find(uid).person.id
                }
            return try store.create(person: person, signIn: signIn, passwordHash: hash, at: now)
        }
    }

    public func setPassword(signIn: String, password: String) async throws {
        let hash = try await hash(password, signIn: signIn)
        try await change(signIn) { try $0.setPassword($1.person, hash: hash, at: $2) }
    }

    /// A link by which the person makes an account, or chooses a new password: its path below the site's address. It
    /// cannot be shown again, and an older one is good no longer.
    public func invite(_ person: UID, days: Int) async throws -> (invitation: Invitation, path: String) {
        guard Invitation.days.contains(days) else {
            let range = Invitation.days
            throw AppError.invalid([
                Problem("days", "field.integer", ["from": .number(range.lowerBound), "to": .number(range.upperBound)])
            ])
        }
        let secret = Secret.new(prefix: Invitation.prefix)
        let invitation = try await write { store, _, now in
            let row = try PersonStore(tx: store.tx, viewer: store.viewer, today: store.today).find(person)
            return try InvitationStore(tx: store.tx, viewer: store.viewer, today: store.today).invite(
                row.person.id, secret: secret, life: .seconds(86_400 * Int64(days)), at: now)
        }
        return (invitation, Invitation.path(secret))
    }

    /// The links that a person was given, the newest first; never the links themselves.
    public func invitations(of person: UID) async throws -> [Invitation] {
        let (viewer, today) = (viewer, services.clock.today())
        return try await services.database.read { tx in
            let row = try PersonStore(tx: tx, viewer: viewer, today: today).find(person)
            return try InvitationStore(tx: tx, viewer: viewer, today: today).list(of: row.person.id)
        }
    }

    /// Takes a link back at once.
    public func revokeInvitation(_ uid: UID) async throws {
        try await write { store, _, now in
            _ = try InvitationStore(tx: store.tx, viewer: store.viewer, today: store.today).revoke(uid, at: now)
        }
    }

    /// Whose account a sign-in name is.
    public func person(signIn: String) async throws -> UID {
        let (viewer, today) = (viewer, services.clock.today())
        return try await services.database.read { tx in
            let account = try AccountStore(tx: tx, viewer: viewer, today: today).find(signIn: signIn)
            guard let account else { throw AppError.notFound }
            return account.personUID
        }
    }

    public func disable(signIn: String) async throws { try await change(signIn) { try $0.disable($1.person, at: $2) } }
    public func enable(signIn: String) async throws { try await change(signIn) { try $0.enable($1.person, at: $2) } }
    public func unlock(signIn: String) async throws { try await change(signIn) { try $0.unlock($1.person, at: $2) } }

    public func accounts() async throws -> [Account] {
        let (viewer, today) = (viewer, services.clock.today())
        return try await services.database.read { tx in
            try AccountStore(tx: tx, viewer: viewer, today: today).list()
        }
    }

    /// A token for the account's first office, with the text that opens it: it cannot be shown again.
    public func issueToken(signIn: String, _ draft: TokenDraft) async throws -> (token: APIToken, text: String) {
        let secret = Secret.new(prefix: APIToken.prefix)
        let token = try await write { store, tokens, now in
            guard let account = try store.find(signIn: signIn) else { throw AppError.notFound }
            return try tokens.issue(draft, secret: secret, for: account.person, at: now)
        }
        return (token, secret.text)
    }

    /// Tokens of one account, or of all.
    public func tokens(signIn: String? = nil) async throws -> [TokenRow] {
        let (viewer, today) = (viewer, services.clock.today())
        return try await services.database.read { tx in
            let tokens = TokenStore(tx: tx, viewer: viewer, today: today)
            guard let signIn else { return try tokens.listAll() }
            let account = try AccountStore(tx: tx, viewer: viewer, today: today).find(signIn: signIn)
            guard let account else { throw AppError.notFound }
            return try tokens.list(of: account.person)
        }
    }

    public func revokeToken(_ uid: UID) async throws {
        try await write { _, tokens, now in try tokens.revoke(uid, at: now) }
    }

    private func change(
        _ signIn: String, _ act: @escaping @Sendable (AccountStore, Account, Instant) throws -> Void
    ) async throws {
        try await write { store, _, now in
            guard let account = try store.find(signIn: signIn) else { throw AppError.notFound }
            try act(store, account, now)
        }
    }

    private func write<T: Sendable>(
        _ act: @escaping @Sendable (AccountStore, TokenStore, Instant) throws -> T
    ) async throws -> T {
        let (viewer, today, now) = (viewer, services.clock.today(), services.clock.now())
        return try await services.database.write { tx in
            try act(
                AccountStore(tx: tx, viewer: viewer, today: today), TokenStore(tx: tx, viewer: viewer, today: today),
                now)
        }
    }
}
