import Storage

/// Opening and renewing sessions with a password.
struct SigningIn: Sendable {
    let services: Services

    /// Where an attempt comes from.
    struct Origin: Sendable {
        let address: String
        let agent: String
        /// The session that the browser had, which ends when a new one begins.
        let previous: Secret?
    }

    /// The same words for an unknown sign-in, a wrong password and a disabled account.
    static let refusal = AppError.invalid([Problem("", "signin.refused")])

    /// A new session. Throws ``refusal``, ``AppError/tooMany(retryAfter:)`` or ``AppError/unavailable(retryAfter:)``.
    func signIn(_ typed: String, password: String, from origin: Origin, at now: Instant) async throws -> NewSession {
        let keys = [AttemptKey.account(typed), .address(origin.address)]
        let today = services.clock.day(of: now)
        let found = try await PasswordCheck(services: services).check(password, keys: keys, at: now) { tx in
            try AccountStore(tx: tx, viewer: .anonymous, today: today).credentials(signIn: typed)
        }
        guard let found else { throw Self.refusal }
        let new = NewSession(person: found.account.person, address: origin.address, agent: origin.agent)
        let better = try await rehashed(password, found)
        let limits = services.configuration.limits
        try await services.database.write { tx in
            try AttemptLimits(tx: tx).succeed(keys, at: now)
            let viewer = try ViewerStore(tx: tx).viewer(person: new.person, office: nil, delegation: nil, today: today)
            let accounts = AccountStore(tx: tx, viewer: viewer, today: today)
            // Disabled, or given another password, while this one was being verified.
            guard try accounts.credentials(new.person)?.hash == found.hash else { throw Self.refusal }
            if let better { try accounts.replaceHash(of: new.person, with: better) }
            if let previous = origin.previous { try SessionStore(tx: tx).end(previous) }
            try SessionStore(tx: tx).open(new, limits: limits, at: now)
            try accounts.record(.signedIn, found.account, after: ["address": new.address], at: now)
        }
        return new
    }

    /// The password again, in a session: it goes on under a new secret and is confirmed for some minutes.
    func confirm(
        _ session: Session, of viewer: Viewer, password: String, address: String, at now: Instant
    ) async throws -> Secret {
        guard case .person(let person, let uid, _) = viewer.identity else { throw AppError.unauthenticated }
        let keys = [AttemptKey.person(uid), .address(address)]
        let today = services.clock.day(of: now)
        let found = try await PasswordCheck(services: services).check(password, keys: keys, at: now) { tx in
            try AccountStore(tx: tx, viewer: viewer, today: today).credentials(person)
        }
        guard found != nil else { throw AppError.invalid([Problem("password", "signin.password.wrong")]) }
        let secret = Secret.new()
        try await services.database.write { tx in
            try AttemptLimits(tx: tx).succeed(keys, at: now)
            try SessionStore(tx: tx).confirm(session.id, secret: secret, at: now)
        }
        return secret
    }

    /// A new password for oneself: every other session ends, this one goes on under a new secret.
    func changePassword(
        of viewer: Viewer, in session: Session, to password: String, at now: Instant
    ) async throws -> Secret {
        let hash = try await services.passwords.hash(password)
        let secret = Secret.new()
        let today = services.clock.day(of: now)
        try await services.database.write { tx in
            try AccountStore(tx: tx, viewer: viewer, today: today).setPassword(
                session.person, hash: hash, keeping: session.id, at: now)
            try SessionStore(tx: tx).confirm(session.id, secret: secret, at: now)
        }
        return secret
    }

    /// While the password is at hand: a hash with today's parameters when the stored one has others.
    private func rehashed(_ password: String, _ found: Credentials) async throws -> String? {
        guard services.passwords.isOutdated(found.hash) else { return nil }
        return try await services.passwords.hash(password)
    }
}
