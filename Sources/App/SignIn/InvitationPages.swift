import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import Storage

/// Invitations: made on a person's page, used on a page that anybody with the link may open.
struct InvitationPages {
    var routes: [Route] {
        [
            .get("/people/{person}/invitations/new", for: .confirmed, new),
            .post("/people/{person}/invitations", for: .confirmed, bodyLimit: 16_384, invite),
            .post("/invitations/{invitation}/revocation", bodyLimit: 16_384, revoke),
            .get("/invitation", for: .everyone, show),
            .post("/invitation", for: .everyone, bodyLimit: 16_384, accept),
        ]
    }

    func new(_ visit: Visit) async throws -> Answer {
        let invited = try await invited(visit)
        let days = visit.services.configuration.limits.invitationDays
        return visit.html(newInvitationPage(visit.page, invited, Fields(raw: ["days": String(days)])))
    }

    /// The only answer that ever holds the link.
    func invite(_ visit: Visit) async throws -> Answer {
        let invited = try await invited(visit)
        var fields = try visit.form()
        do {
            let days = fields.integer("days", in: Invitation.days)
            try fields.problems.check()
            let (invitation, secret) = try await visit.invite(invited.row.person.id, days: days ?? 1)
            return visit.html(
                invitationShownPage(visit.page, invited, invitation, link: visit.absolute(Invitation.path(secret))),
                status: .created
            ).with(.cacheControl, "no-store")
        } catch {
            return try visit.refused(error) { newInvitationPage(visit.page, invited, fields, $0) }
        }
    }

    func revoke(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("invitation")
        let person = try await visit.database.write { tx in
            try InvitationStore(tx: tx, viewer: visit.viewer, today: visit.today).revoke(uid, at: visit.now)
        }
        return visit.redirect(to: "/people/\(person)", flash: Message("invitation.revoked"))
    }

    /// The person's page shows whom the administrator may invite; who sees the person and may not is refused.
    private func invited(_ visit: Visit) async throws -> InvitedRow {
        let uid = try visit.uid("person")
        return try await visit.database.read { tx in
            let people = visit.people(tx)
            let row = try people.find(uid)
            try people.requireAdministrator(of: row.person.id)
            let account = try AccountStore(tx: tx, viewer: visit.viewer, today: visit.today).find(row.person.id)
            return InvitedRow(row: row, hasAccount: account != nil)
        }
    }

    // MARK: For whoever has the link

    func show(_ visit: Visit) async throws -> Answer {
        let secret = Secret(text: visit.query["key"])
        return try await answering(visit) {
            let invited = try await Accepting(services: visit.services).look(
                secret, address: visit.address, at: visit.now)
            return visit.html(acceptPage(visit.page, invited, secret, Fields()))
        }
    }

    func accept(_ visit: Visit) async throws -> Answer {
        let fields = try visit.form()
        let secret = Secret(text: fields["key"])
        let accepting = Accepting(services: visit.services)
        return try await answering(visit) {
            let invited = try await accepting.look(secret, address: visit.address, at: visit.now)
            do {
                let signIn = try check(fields, invited)
                try await accepting.accept(
                    secret, signIn: signIn, password: fields["password"], address: visit.address, at: visit.now)
                return try await welcome(visit, invited)
            } catch AppError.invalid(let problems) {
                return visit.html(
                    acceptPage(visit.page, invited, secret, fields, problems), status: .unprocessableContent)
            }
        }
    }

    /// What is wrong with the form; the sign-in name that it asks for.
    private func check(_ fields: Fields, _ invited: InvitedPerson) throws(AppError) -> String {
        var fields = fields
        let signIn = invited.signIn ?? SignInName.normalised(fields["sign_in"]) ?? ""
        if signIn.isEmpty { fields.problems.add("sign_in", "signin.name.shape") }
        for problem in PasswordRules.problems(fields["password"], signIn: signIn) { fields.problems.add(problem) }
        if fields["password"] != fields["again"] { fields.problems.add("again", "signin.password.differs") }
        try fields.problems.check()
        return signIn
    }

    /// To the sign-in page, in nobody's session: the browser may have been somebody else's.
    private func welcome(_ visit: Visit, _ invited: InvitedPerson) async throws -> Answer {
        let key = invited.invitation.purpose == .account ? "invitation.accepted" : "invitation.reset_done"
        let answer = visit.redirect(to: "/sign-in", flash: Message(key, ["name": .text(invited.name)]))
        guard let session = visit.session else { return answer }
        try await visit.database.write { tx in try SessionStore(tx: tx).end(session.id) }
        return answer.adding(.setCookie, SessionCookie.clear(visit.services.configuration))
    }

    /// One page for every link that is good no longer; the waits in words.
    private func answering(_ visit: Visit, _ act: () async throws -> Answer) async throws -> Answer {
        let answer: Answer
        do {
            answer = try await act()
        } catch AppError.notFound {
            visit.services.logger.notice("invitation refused", metadata: ["address": "\(visit.address)"])
            answer = visit.html(deadLinkPage(visit.page, "invitation.dead"), status: .notFound)
        } catch AppError.tooMany(let wait) {
            answer = visit.html(deadLinkPage(visit.page, "invitation.too_many"), status: .tooManyRequests)
                .with(.retryAfter, String(max(1, wait.components.seconds + 1)))
        } catch AppError.unavailable(let wait) {
            answer = visit.html(deadLinkPage(visit.page, "signin.busy"), status: .serviceUnavailable)
                .with(.retryAfter, String(max(1, wait.components.seconds)))
        }
        return answer.with(.cacheControl, "no-store")
    }
}

extension Visit {
    /// A link for the person, for so many days, with the secret that opens it. Not remembered for a second request with
    /// the same `Idempotency-Key`: a link that is asked for again is a new one, and the older is good no longer.
    func invite(_ person: ID<Person>, days: Int) async throws -> (invitation: Invitation, secret: Secret) {
        let secret = Secret.new(prefix: Invitation.prefix)
        let invitation = try await database.write { tx in
            try InvitationStore(tx: tx, viewer: viewer, today: today).invite(
                person, secret: secret, life: .seconds(86_400 * Int64(days)), at: now)
        }
        return (invitation, secret)
    }

    /// The address of a page of ours as people type it.
    func absolute(_ path: String) -> String {
        let configuration = services.configuration
        if let base = configuration.baseURL?.absoluteString {
            return (base.hasSuffix("/") ? String(base.dropLast()) : base) + path
        }
        return (configuration.isSecure ? "https://" : "http://") + (request.head.authority ?? configuration.host) + path
    }
}

/// The person that an administrator is about to invite.
struct InvitedRow: Sendable {
    let row: PersonRow
    let hasAccount: Bool
}
