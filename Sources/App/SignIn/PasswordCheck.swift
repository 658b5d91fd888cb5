import Storage

/// The one way in which a password is checked: counted first, verified outside the transaction, at the same cost
/// whether the account exists or not.
struct PasswordCheck: Sendable {
    let services: Services

    /// The credentials when the password is right, nil when it is wrong or there is no such living account.
    ///
    /// The attempt stays counted; whoever acts on a success calls ``AttemptLimits/succeed(_:at:)`` in its own
    /// transaction. Throws ``AppError/tooMany(retryAfter:)`` before any work is done.
    func check(
        _ password: String, keys: [AttemptKey], at now: Instant,
        _ credentials: @escaping @Sendable (Transaction) throws -> Credentials?
    ) async throws -> Credentials? {
        let found = try await services.database.write { tx in
            try AttemptLimits(tx: tx).count(keys, at: now)
            return try credentials(tx)
        }
        do {
            return try await services.passwords.verify(password, found?.hash) ? found : nil
        } catch {
            // Nothing was guessed: a full queue must not lock anybody out.
            _ = try? await services.database.write { tx in try AttemptLimits(tx: tx).giveBack(keys, at: now) }
            throw error
        }
    }
}
