import HTTPTypes
import Storage

/// One's own account: who I am, in which office, in which language, where I am signed in, my password.
struct AccountPages {
    var routes: [Route] {
        [
            .get("/account", show),
            .get("/account/password", for: .confirmed, passwordForm),
            .post("/account/password", for: .confirmed, bodyLimit: 16_384, changePassword),
            .post("/account/sessions/{session}/end", bodyLimit: 16_384, endSession),
            .post("/office", bodyLimit: 16_384, chooseOffice),
            .post("/language", for: .everyone, bodyLimit: 16_384, chooseLanguage),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        let limits = visit.services.configuration.limits
        guard let session = visit.session else { throw AppError.unauthenticated }
        let detail = try await visit.database.read { tx in
            guard let account = try AccountStore(tx: tx, viewer: viewer, today: today).find(session.person) else {
                throw AppError.notFound
            }
            let store = ViewerStore(tx: tx), delegations = try store.delegations(of: session.person, today: today)
            return AccountDetail(
                account: account, session: session.id, offices: try store.offices(of: session.person, today: today),
                delegations: delegations, cited: try CitedDocuments(delegations.map(\.onBehalf.authority), tx, viewer),
                sessions: try SessionStore(tx: tx).list(of: session.person, limits: limits, at: now))
        }
        return visit.html(accountPage(visit.page, detail))
    }

    func passwordForm(_ visit: Visit) async throws -> Answer { visit.html(passwordPage(visit.page, [])) }

    func changePassword(_ visit: Visit) async throws -> Answer {
        let fields = try visit.form()
        guard let session = visit.session else { throw AppError.unauthenticated }
        let (viewer, today) = (visit.viewer, visit.today)
        do {
            let account = try await visit.database.read { tx in
                try AccountStore(tx: tx, viewer: viewer, today: today).find(session.person)
            }
            try check(fields, signIn: account?.signIn ?? "")
            let secret = try await SigningIn(services: visit.services).changePassword(
                of: viewer, in: session, to: fields["password"], at: visit.now)
            return visit.redirect(to: "/account", flash: Message("signin.password.changed"))
                .adding(.setCookie, SessionCookie.set(secret, visit.services.configuration))
        } catch {
            return try visit.refused(error) { passwordPage(visit.page, $0) }
        }
    }

    private func check(_ fields: Fields, signIn: String) throws(AppError) {
        try fields.problems.check()
        let problems = PasswordRules.problems(fields["password"], signIn: signIn)
        if !problems.isEmpty { throw .invalid(problems) }
        if fields["password"] != fields["again"] { throw .invalid([Problem("again", "signin.password.differs")]) }
    }

    func endSession(_ visit: Visit) async throws -> Answer {
        guard let session = visit.session else { throw AppError.unauthenticated }
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        let limits = visit.services.configuration.limits
        let mark = visit.parameters["session"] ?? ""
        let ended = try await visit.database.write { tx in
            let store = SessionStore(tx: tx)
            let mine = try store.list(of: session.person, limits: limits, at: now)
            guard let row = mine.first(where: { $0.mark == mark }) else { throw AppError.notFound }
            try store.end(row.session.id)
            let accounts = AccountStore(tx: tx, viewer: viewer, today: today)
            if let account = try accounts.find(session.person) {
                try accounts.record(.signedOut, account, after: ["address": row.address], at: now)
            }
            return row.session.id
        }
        guard ended == session.id else {
            return visit.redirect(to: "/account", flash: Message("signin.session.ended"))
        }
        return visit.redirect(to: "/sign-in", flash: Message("signin.signed_out"))
            .adding(.setCookie, SessionCookie.clear(visit.services.configuration))
    }

    func chooseOffice(_ visit: Visit) async throws -> Answer {
        var fields = try visit.form()
        guard let session = visit.session else { throw AppError.unauthenticated }
        guard let uid = fields.uid("office") else { throw AppError.notFound }
        let today = visit.today
        try await visit.database.write { tx in try SessionStore(tx: tx).choose(uid, session: session, today: today) }
        return visit.redirect(to: ReturnPath.local(fields["return"]) ?? "/", flash: Message("signin.office.chosen"))
    }

    /// For everybody: a person's choice is kept with the account, and in this browser for the sign-in page.
    func chooseLanguage(_ visit: Visit) async throws -> Answer {
        var fields = try visit.form()
        let chosen = fields.choice("language", of: Language.self)
        guard let language = chosen else { throw AppError.invalid(fields.problems.problems) }
        if visit.session != nil {
            let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
            try await visit.database.write { tx in
                try AccountStore(tx: tx, viewer: viewer, today: today).setLanguage(language, at: now)
            }
        }
        return visit.redirect(to: ReturnPath.local(fields["return"]) ?? "/")
            .adding(.setCookie, LanguageCookie.set(language, visit.services.configuration))
    }
}
