import HTTPTypes
import Storage

/// One's own API tokens: listed, made and shown once, revoked.
struct TokenPages {
    var routes: [Route] {
        [
            .get("/tokens", index),
            .get("/tokens/new", for: .confirmed, new),
            .post("/tokens", for: .confirmed, bodyLimit: 16_384, issue),
            .post("/tokens/{token}/revocation", bodyLimit: 16_384, revoke),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        guard let session = visit.session else { throw AppError.unauthenticated }
        let (viewer, today) = (visit.viewer, visit.today)
        let rows = try await visit.database.read { tx in
            try TokenStore(tx: tx, viewer: viewer, today: today).list(of: session.person)
        }
        return visit.html(tokensPage(visit.page, rows, now: visit.now))
    }

    func new(_ visit: Visit) async throws -> Answer {
        visit.html(tokenForm(visit.page, Fields(raw: ["days": "90", "scope": "read"])))
    }

    func issue(_ visit: Visit) async throws -> Answer {
        var fields = try visit.form()
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        do {
            let draft = try TokenPages.draft(&fields)
            let secret = Secret.new(prefix: APIToken.prefix)
            let token = try await visit.database.write { tx in
                try TokenStore(tx: tx, viewer: viewer, today: today).issue(draft, secret: secret, at: now)
            }
            return visit.html(tokenShownPage(visit.page, token, secret), status: .created)
                .with(.cacheControl, "no-store")
        } catch {
            return try visit.refused(error) { tokenForm(visit.page, fields, $0) }
        }
    }

    func revoke(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("token")
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        try await visit.database.write { tx in
            try TokenStore(tx: tx, viewer: viewer, today: today).revoke(uid, at: now)
        }
        return visit.redirect(to: "/tokens", flash: Message("signin.token.revoked.flash"))
    }

    private static func draft(_ fields: inout Fields) throws -> TokenDraft {
        let name = fields.line("name", max: 100)
        let scope = fields.choice("scope", of: APIToken.Scope.self)
        let days = fields.integer("days", in: 1...TokenStore.longestLife)
        try fields.problems.check()
        guard let scope, let days else { throw AppError.invalid([]) }
        return try TokenDraft(name: name, scope: scope, days: days)
    }
}
