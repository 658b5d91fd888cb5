import Storage

/// What a person's page does to the account, beside what it shows of the person's history.
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

    /// The newest events of the person, of the offices and of the rights that the page shows.
    func history(_ detail: PersonDetail) throws -> [EventRow] {
        let offices = detail.offices.map(\.row.office.subject)
        let grants = detail.offices.flatMap(\.grants).map(\.subject)
        let person = detail.row.person
        let own = [person.subject, Account.subject(person.id, person.uid)]
        let subjects = (own + offices + grants).prefix(40)
        let activity = ActivityStore(tx: tx, viewer: viewer, today: today)
        let events = try subjects.flatMap { subject in
            try activity.history(of: subject, page: PageRequest(after: nil, limit: 20)).items
        }
        return Array(events.sorted { $0.id.value > $1.id.value }.prefix(50))
    }
}
