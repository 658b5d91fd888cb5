import Storage

/// What a person's page does to the account.
extension PersonStore {
    /// Closes the account; not that of the last administrator of the root.
    func disableAccount(_ row: PersonRow, at now: Instant) throws {
        try GrantRootGuard(tx: tx, today: today).keepingOne(from: today) {
            try accounts.disable(row.person.id, at: now)
        }
    }

    func enableAccount(_ row: PersonRow, at now: Instant) throws { try accounts.enable(row.person.id, at: now) }

    func unlockAccount(_ row: PersonRow, at now: Instant) throws { try accounts.unlock(row.person.id, at: now) }

    private var accounts: AccountStore { AccountStore(tx: tx, viewer: viewer, today: today) }
}
