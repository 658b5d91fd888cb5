public import Storage

/// Every statement about invitations: made and taken back by whoever may manage the person's account, used by whoever
/// holds the link.
public struct InvitationStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// Invites a person; an older link of theirs is good no longer. `secret` is made before the transaction and shown
    /// once. Whoever has an account gets a link for a new password.
    @discardableResult
    func invite(_ person: ID<Person>, secret: Secret, life: Duration, at now: Instant) throws -> Invitation {
        try requireManager(person)
        try ErasedPerson.refuse(person, tx: tx)
        let account = try accounts.find(person)
        if account?.isDisabled == true { throw AppError.conflict(Message("invitation.disabled")) }
        try tx.run(
            "UPDATE invitation SET revoked_at = \(now) WHERE person_id = \(person) AND used_at IS NULL AND revoked_at IS NULL"
        )
        let purpose: Invitation.Purpose = account == nil ? .account : .reset
        let uid = UID.new(at: now)
        let expires = now.adding(life)
        try tx.run(
            """
            INSERT INTO invitation (uid, digest, person_id, purpose, created_at, expires_at) \
            VALUES (\(uid), \(secret.digest), \(person), \(purpose.rawValue), \(now), \(expires))
            """)
        guard let invitation = try rows("i.uid = \(uid)").first else { throw AppError.notFound }
        try record(.invited, invitation, after: ["purpose": purpose.rawValue, "expires": expires.text], at: now)
        return invitation
    }

    /// The links of a person, the newest first, for whoever may manage the account.
    public func list(of person: ID<Person>) throws -> [Invitation] {
        try requireManager(person)
        return try rows("i.person_id = \(person)")
    }

    /// Takes a link back at once; one that is over stays as it is. Returns the person's uid. What the viewer may not
    /// know of is not found.
    @discardableResult
    func revoke(_ uid: UID, at now: Instant) throws -> UID {
        let access = PersonAccess(tx: tx, viewer: viewer, today: today)
        let row = try tx.first(
            """
            SELECT \(Self.columns), p.uid FROM invitation i JOIN person p ON p.id = i.person_id \
            WHERE i.uid = \(uid) AND \(try access.known())
            """)
        guard let row else { throw AppError.notFound }
        let invitation = try Self.invitation(row)
        // Whoever may not manage the account is not told that there is a link.
        guard try access.mayManageAccount(of: invitation.person) else { throw AppError.notFound }
        let person = try row.uid(8)
        guard invitation.isAlive(at: now) else { return person }
        try tx.run("UPDATE invitation SET revoked_at = \(now) WHERE id = \(invitation.id)")
        try record(.inviteRevoked, invitation, after: ["purpose": invitation.purpose.rawValue], at: now)
        return person
    }

    /// The living link of a secret. Nil when there is none: used, taken back, over, unknown, or the account has been
    /// disabled since.
    func find(_ secret: Secret, at now: Instant) throws -> InvitedPerson? {
        let row = try tx.first(
            """
            SELECT \(Self.columns), p.uid, p.name, a.sign_in, a.disabled FROM invitation i \
            JOIN person p ON p.id = i.person_id LEFT JOIN account a ON a.person_id = i.person_id \
            WHERE i.digest = \(secret.digest)
            """)
        guard let row else { return nil }
        let invitation = try Self.invitation(row)
        let signIn = try row.optionalText(10)
        let isOpen = try row.isNull(11) || !row.bool(11)
        // An account made in another way meanwhile is not taken over by a link that was for making one.
        guard invitation.isAlive(at: now), isOpen, (signIn == nil) == (invitation.purpose == .account) else {
            return nil
        }
        return InvitedPerson(
            invitation: invitation, uid: try row.uid(8), name: try row.text(9), signIn: signIn)
    }

    /// Uses the link up: the account is made, or gets its new password and its sessions end. The hash was made before
    /// the transaction. ``AppError/notFound`` when the link is good no longer.
    func accept(_ secret: Secret, signIn: String, passwordHash: String, at now: Instant) throws {
        guard let invited = try find(secret, at: now) else { throw AppError.notFound }
        let person = invited.invitation.person
        try tx.run("UPDATE invitation SET used_at = \(now) WHERE id = \(invited.invitation.id)")
        // The person acts, and is told so in the history: in the office that they hold, when they hold one.
        let own = try ViewerStore(tx: tx).viewer(person: person, office: nil, delegation: nil, today: today)
        let accounts = AccountStore(tx: tx, viewer: own, today: today)
        switch invited.invitation.purpose {
        case .account: try accounts.add(person, signIn: signIn, passwordHash: passwordHash, at: now)
        case .reset: try accounts.setPassword(person, hash: passwordHash, at: now)
        }
    }

    private var accounts: AccountStore { AccountStore(tx: tx, viewer: viewer, today: today) }

    private func requireManager(_ person: ID<Person>) throws {
        let access = PersonAccess(tx: tx, viewer: viewer, today: today)
        guard try access.mayManageAccount(of: person) else {
            throw AppError.forbidden(Message("signin.account.forbidden"))
        }
    }

    private func record(
        _ verb: Event.Verb, _ invitation: Invitation, after: [String: String], at now: Instant
    ) throws {
        guard let person = try tx.first("SELECT uid FROM person WHERE id = \(invitation.person)") else { return }
        let subject = Account.subject(invitation.person, try person.uid(0))
        let event = Event(verb, subject, unit: try accounts.home(of: invitation.person), after: after)
        try ActivityStore(tx: tx, viewer: viewer).record(event, at: now)
    }

    private func rows(_ condition: SQL) throws -> [Invitation] {
        try tx.all("SELECT \(Self.columns) FROM invitation i WHERE \(condition) ORDER BY i.id DESC LIMIT 100")
            .map(Self.invitation)
    }

    private static let columns: SQL =
        "i.id, i.uid, i.person_id, i.purpose, i.created_at, i.expires_at, i.used_at, i.revoked_at"

    private static func invitation(_ row: Row) throws -> Invitation {
        guard let purpose = Invitation.Purpose(rawValue: try row.text(3)) else {
            throw StorageError.decoding("invitation.purpose")
        }
        return Invitation(
            id: try row.id(0), uid: try row.uid(1), person: try row.id(2), purpose: purpose,
            createdAt: try row.instant(4), expiresAt: try row.instant(5), usedAt: try row.optionalInstant(6),
            revokedAt: try row.optionalInstant(7))
    }
}
