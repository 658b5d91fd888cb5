import HTTPTypes
import Hummingbird
import Logging
import Storage

/// Signing in and out, and giving the password again before a sensitive act.
struct SignInPages {
    var routes: [Route] {
        [
            .get("/sign-in", for: .everyone, form),
            .post("/sign-in", for: .everyone, bodyLimit: CarriedForm.bodyLimit, signIn),
            .post("/sign-out", for: .everyone, bodyLimit: 16_384, signOut),
            .get("/confirmation", confirmation),
            .post("/confirmation", bodyLimit: CarriedForm.bodyLimit, confirm),
        ]
    }

    func form(_ visit: Visit) async throws -> Answer {
        let back = visit.query["return"]
        if visit.viewer.isSignedIn { return visit.redirect(to: ReturnPath.afterSignIn(back)) }
        let demonstration = try await visit.demonstration()
        return visit.html(signInPage(visit.page, Fields(raw: ["return": back]), demonstration: demonstration))
            .with(.cacheControl, "no-store")
    }

    func signIn(_ visit: Visit) async throws -> Answer {
        let fields = try visit.form()
        let configuration = visit.services.configuration
        let origin = SigningIn.Origin(
            address: visit.address, agent: visit.header(.userAgent) ?? "",
            previous: SessionCookie.secret(in: visit.header(.cookie), configuration))
        let carried = CarriedForm(broughtBy: fields)
        let demonstration = try await visit.demonstration()
        return try await answering(
            visit, { signInPage(visit.page, fields, $0, carried: carried, demonstration: demonstration) }
        ) {
            try fields.problems.check()
            let new = try await SigningIn(services: visit.services).signIn(
                fields["sign_in"], password: fields["password"], from: origin, at: visit.now)
            return onward(visit, fields, carried, csrf: new.csrf)
                .adding(.setCookie, SessionCookie.set(new.secret, configuration))
        }
    }

    func signOut(_ visit: Visit) async throws -> Answer {
        if let session = visit.session {
            let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
            try await visit.database.write { tx in
                try SessionStore(tx: tx).end(session.id)
                let accounts = AccountStore(tx: tx, viewer: viewer, today: today)
                if let account = try accounts.find(session.person) { try accounts.record(.signedOut, account, at: now) }
            }
        }
        return visit.redirect(to: "/sign-in", flash: Message("signin.signed_out"))
            .adding(.setCookie, SessionCookie.clear(visit.services.configuration))
    }

    func confirmation(_ visit: Visit) async throws -> Answer {
        visit.html(confirmationPage(visit.page, Fields(raw: ["return": visit.query["return"]])))
            .with(.cacheControl, "no-store")
    }

    func confirm(_ visit: Visit) async throws -> Answer {
        let fields = try visit.form()
        guard let session = visit.session else { throw AppError.unauthenticated }
        let carried = CarriedForm(broughtBy: fields)
        return try await answering(visit, { confirmationPage(visit.page, fields, $0, carried: carried) }) {
            try fields.problems.check()
            let secret = try await SigningIn(services: visit.services).confirm(
                session, of: visit.viewer, password: fields["password"], address: visit.address, at: visit.now)
            return onward(visit, fields, carried, csrf: session.csrf)
                .adding(.setCookie, SessionCookie.set(secret, visit.services.configuration))
        }
    }

    /// To the page that was asked for, or to the form that waits to be sent with the token of the session.
    private func onward(_ visit: Visit, _ fields: Fields, _ carried: CarriedForm?, csrf: String) -> Answer {
        guard let carried else { return visit.redirect(to: ReturnPath.afterSignIn(fields["return"])) }
        var page = visit.page
        page.csrf = csrf
        return visit.html(carriedFormPage(page, carried)).with(.cacheControl, "no-store")
    }

    /// Refusals come back as the form itself: 422, or 429 and 503 with `Retry-After` and the wait in words.
    private func answering(
        _ visit: Visit, _ view: ([Problem]) -> HTML, _ act: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await act()
        } catch AppError.tooMany(let wait) {
            visit.services.logger.notice("sign-in blocked", metadata: ["address": "\(visit.address)"])
            let minutes = max(1, (wait.components.seconds + 59) / 60)
            let problem = Problem("", "signin.too_many", ["minutes": .number(Int(minutes))])
            return visit.html(view([problem]), status: .tooManyRequests)
                .with(.retryAfter, String(max(1, wait.components.seconds + 1)))
        } catch AppError.unavailable(let wait) {
            return visit.html(view([Problem("", "signin.busy")]), status: .serviceUnavailable)
                .with(.retryAfter, String(max(1, wait.components.seconds)))
        } catch AppError.invalid(let problems) {
            visit.services.logger.notice("sign-in refused", metadata: ["address": "\(visit.address)"])
            return visit.html(view(problems), status: .unprocessableContent)
        }
    }
}
