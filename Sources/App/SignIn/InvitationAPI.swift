import HTTPTypes
import Storage

/// Invitations in `/api/v1`: for a program that hands out links.
struct InvitationAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/people/{person}/invitations", operation: Self.listing, list),
            Route(.post, "/api/v1/people/{person}/invitations", for: .confirmed, operation: Self.inviting, invite),
            Route(.post, "/api/v1/invitations/{invitation}/revocation", operation: Self.revoking, revoke),
        ]
    }

    func list(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let rows = try await visit.database.read { tx in
            try store(visit, tx).list(of: try visit.people(tx).find(uid).person.id)
        }
        return visit.json(.object([("items", .list(rows.map { InvitationBody(invitation: $0, link: nil).json }))]))
    }

    func invite(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        let person = try await visit.database.read { tx in
            let people = visit.people(tx)
            let row = try people.find(uid)
            try people.requireAdministrator(of: row.person.id)
            return row.person.id
        }
        var body = try visit.jsonBody()
        body.allow(["days"])
        let days = body.fields.integer("days", in: Invitation.days, required: false)
        try body.fields.problems.check()
        let (invitation, secret) = try await visit.invite(
            person, days: days ?? visit.services.configuration.limits.invitationDays)
        let link = visit.absolute(Invitation.path(secret))
        return visit.json(InvitationBody(invitation: invitation, link: link), status: .created)
            .with(.cacheControl, "no-store")
    }

    func revoke(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("invitation")
        return try await visit.change { tx in
            let person = try store(visit, tx).revoke(uid, at: visit.now)
            return ChangeAnswer(body: .object([("person", .text(person.text))]))
        }
    }

    private func store(_ visit: Visit, _ tx: Transaction) -> InvitationStore {
        InvitationStore(tx: tx, viewer: visit.viewer, today: visit.today)
    }

    static let listing = APIOperation(
        "The links of a person, newest first; never the links themselves.", tag: "people",
        answer: .record(["items": .list(InvitationBody.schema)]))

    static let inviting = APIOperation(
        "Make a link by which the person makes an account, or chooses a new password. It is in this answer only.",
        tag: "people", body: .object([("days", .integer, false)]), answer: InvitationBody.schema, status: 201,
        errors: [409], isRemembered: false)

    static let revoking = APIOperation(
        "Take a link back at once.", tag: "people", answer: .record(["person": .uid]))
}

struct InvitationBody: APIBody, Sendable {
    let invitation: Invitation
    /// In the answer that made it alone.
    let link: String?

    var json: JSONValue {
        .object([
            ("uid", .text(invitation.uid.text)), ("purpose", .text(invitation.purpose.rawValue)),
            ("created", .text(invitation.createdAt.text)), ("expires", .text(invitation.expiresAt.text)),
            ("used", .optional(invitation.usedAt?.text)), ("revoked", .optional(invitation.revokedAt?.text)),
            ("link", .optional(link)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "purpose": .choice(Invitation.Purpose.allCases.map(\.rawValue)), "created": .instant,
        "expires": .instant, "used": .nullable(.instant), "revoked": .nullable(.instant), "link": .nullable(.string),
    ])
}
