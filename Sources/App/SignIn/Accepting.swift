import Storage

/// Using a link up: counted like every check of a secret, hashed outside the transaction, and not hashed at all for a
/// link that is good no longer.
struct Accepting: Sendable {
    let services: Services

    /// Whom the link is for. Throws ``AppError/notFound`` alike for a link that never was, is used, taken back or over,
    /// and ``AppError/tooMany(retryAfter:)`` for an address that tried too many.
    func look(_ secret: Secret, address: String, at now: Instant) async throws -> InvitedPerson {
        let key = AttemptKey.invitation(address: address)
        let today = services.clock.day(of: now)
        let found = try await services.database.read { tx in
            try AttemptLimits(tx: tx).check([key], at: now)
            return try InvitationStore(tx: tx, viewer: .anonymous, today: today).find(secret, at: now)
        }
        if let found { return found }
        try await services.database.write { tx in try AttemptLimits(tx: tx).count([key], at: now) }
        throw AppError.notFound
    }

    /// Makes the account, or gives it its new password. A name that is taken counts as a wrong try of the link, so that
    /// nobody asks for names with it.
    func accept(
        _ secret: Secret, signIn: String, password: String, address: String, at now: Instant
    ) async throws {
        let keys = [AttemptKey.invitation(address: address), .link(secret)]
        let today = services.clock.day(of: now)
        try await services.database.write { tx in try AttemptLimits(tx: tx).count(keys, at: now) }
        do {
            let hash = try await services.passwords.hash(password)
            try await services.database.write { tx in
                try InvitationStore(tx: tx, viewer: .anonymous, today: today).accept(
                    secret, signIn: signIn, passwordHash: hash, at: now)
                try AttemptLimits(tx: tx).succeed(keys, at: now)
            }
        } catch AppError.unavailable(let wait) {
            // Nothing was tried: a full queue must not lock anybody out.
            _ = try? await services.database.write { tx in try AttemptLimits(tx: tx).giveBack(keys, at: now) }
            throw AppError.unavailable(retryAfter: wait)
        }
    }
}
