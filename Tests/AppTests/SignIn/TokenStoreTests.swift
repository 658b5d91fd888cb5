import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct TokenStoreTests {
    private func bearer(_ world: SignInWorld, _ text: String, address: String = "192.0.2.1") async throws -> Identified
    {
        try await world.authentication.identify(
            cookie: nil, authorization: "Bearer \(text)", address: address, now: world.clock.now)
    }

    @Test(arguments: Engine.allCases) func aTokenActsAsThePersonInTheOffice(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let desk = AccountDesk(world.services)
            let draft = try TokenDraft(name: "Báo cáo", scope: .write, days: 30)
            let (token, text) = try await desk.issueToken(signIn: "an.nguyen", draft)
            #expect(text.hasPrefix("rsl_"))
            #expect(text.count == 4 + 43)
            let found = try await bearer(world, text)
            #expect(found.viewer.personID == SignInWorld.an)
            #expect(found.viewer.office?.title == "Chủ tịch")
            #expect(found.token?.uid == token.uid)
            #expect(found.session == nil)
            let stored = try await world.database.read { tx in try tx.first("SELECT digest FROM api_token")?.blob(0) }
            #expect(stored == Secret(text: text).digest)
        }
    }

    @Test(arguments: Engine.allCases) func itEndsWithItsDaysItsRevocationAndItsOffice(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let desk = AccountDesk(world.services)
            let draft = try TokenDraft(name: "n", scope: .read, days: 2)
            let (_, first) = try await desk.issueToken(signIn: "binh", draft)
            let (second, text) = try await desk.issueToken(signIn: "binh", draft)
            let (_, third) = try await desk.issueToken(
                signIn: "an.nguyen", try TokenDraft(name: "n", scope: .read, days: 9))
            try await desk.revokeToken(second.uid)
            #expect(await world.outcome { _ = try await bearer(world, text) } == .unauthenticated)
            world.clock.advance(.seconds(2 * 86_400 - 1))
            _ = try await bearer(world, first)
            world.clock.advance(.seconds(1))
            #expect(await world.outcome { _ = try await bearer(world, first) } == .unauthenticated)
            _ = try await bearer(world, third)
            let today = world.today
            try await world.database.write { tx in try tx.run("UPDATE office SET to_day = \(today) WHERE id = 11") }
            // An still holds another office; the token does not slip into it.
            #expect(await world.outcome { _ = try await bearer(world, third) } == .unauthenticated)
        }
    }

    @Test(arguments: Engine.allCases) func onesOwnTokensAreListedAndRevokedAndNobodyElses(_ engine: Engine) async throws
    {
        try await SignInWorld.with(engine) { world in
            let draft = try TokenDraft(name: "n", scope: .read, days: 2)
            let (binh, root) = (try await world.viewer(SignInWorld.binh), try await world.viewer(SignInWorld.root))
            let token = try await world.tokens(as: binh) { try $0.issue(draft, secret: .new(), at: $1) }
            #expect(
                await world.outcome { try await world.tokens(as: root) { try $0.revoke(token.uid, at: $1) } }
                    == .notFound)
            #expect(
                await world.outcome {
                    _ = try await world.tokens(as: root) { store, _ in try store.list(of: SignInWorld.binh) }
                } == .notFound)
            try await world.tokens(as: binh) { try $0.revoke(token.uid, at: $1) }
            let rows = try await world.tokens(as: binh) { store, _ in try store.list(of: SignInWorld.binh) }
            #expect(rows.map(\.token.revokedAt) == [world.clock.now])
            let verbs = try await world.database.read { tx in
                try tx.all("SELECT verb FROM event WHERE subject_kind = \("token") ORDER BY id").map { try $0.text(0) }
            }
            #expect(verbs == ["token-issued", "token-revoked"])
        }
    }

    @Test(arguments: Engine.allCases) func noTokenWithoutAnOfficeOrOnBehalf(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let draft = try TokenDraft(name: "n", scope: .read, days: 2)
            let dung = try await world.viewer(SignInWorld.dung)
            #expect(
                await world.outcome {
                    _ = try await world.tokens(as: dung) { try $0.issue(draft, secret: .new(), at: $1) }
                }
                    == .conflict(Message("signin.token.no_office")))
            _ = try await world.delegate(from: "2026-11-01", to: "2026-12-01")
            let today = world.today
            let acting = try await world.database.read { tx in
                try ViewerStore(tx: tx).viewer(
                    person: SignInWorld.binh, office: ID(21), delegation: ID(71), today: today)
            }
            #expect(
                await world.outcome {
                    _ = try await world.tokens(as: acting) { try $0.issue(draft, secret: .new(), at: $1) }
                }
                    == .conflict(Message("signin.token.on_behalf")))
        }
    }

    @Test(arguments: Engine.allCases) func wrongTokensAreCountedByAddress(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let draft = try TokenDraft(name: "n", scope: .read, days: 2)
            let (_, text) = try await AccountDesk(world.services).issueToken(signIn: "binh", draft)
            let address = "2001:db8:1:2::1"
            for _ in 0..<100 {
                let wrong = Secret.new(prefix: APIToken.prefix).text
                #expect(
                    await world.outcome { _ = try await bearer(world, wrong, address: address) } == .unauthenticated)
            }
            let neighbour = "2001:db8:1:2::ffff"
            guard case .tooMany = await world.outcome({ _ = try await bearer(world, text, address: neighbour) }) else {
                Issue.record("the /64 is not blocked")
                return
            }
            _ = try await bearer(world, text, address: "2001:db8:1:3::1")
            world.clock.advance(.seconds(9))
            _ = try await bearer(world, text, address: neighbour)
        }
    }

    @Test func onlyBearerTokensOfOursAreLookedUp() {
        #expect(Authentication.bearer("Bearer rsl_abc")?.text == "rsl_abc")
        #expect(Authentication.bearer("bearer  rsl_abc")?.text == "rsl_abc")
        for header in [
            "", "Bearer", "Bearer abc", "Basic rsl_abc", "Bearer rsl_a b", "rsl_abc",
            "Bearer rsl_" + String(repeating: "a", count: 100),
        ] {
            #expect(Authentication.bearer(header) == nil, "\(header)")
        }
    }

    @Test(arguments: Engine.allCases) func aWrongHeaderNeverFallsBackToTheCookie(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("root")
            let outcome = await world.outcome {
                _ = try await world.authentication.identify(
                    cookie: "resolute=\(secret.text)", authorization: "Basic abc", address: "192.0.2.1",
                    now: world.clock.now)
            }
            #expect(outcome == .unauthenticated)
        }
    }

    @Test func aReadTokenOnlyLooks() throws {
        func token(_ scope: APIToken.Scope) -> APIToken {
            let now = SignInWorld.start
            return APIToken(
                id: ID(1), uid: .new(at: now), name: "n", person: ID(1), office: ID(1), scope: scope, createdAt: now,
                expiresAt: now.adding(.seconds(1)), revokedAt: nil, seenAt: nil)
        }
        for method in ["POST", "PUT", "PATCH", "DELETE", "get", "TRACE"] {
            #expect(!token(.read).allows(method: method))
            #expect(token(.write).allows(method: method))
        }
        for method in ["GET", "HEAD"] { #expect(token(.read).allows(method: method)) }
    }

    @Test func aDraftNamesWhatIsWrong() {
        func fields(_ name: String, _ days: Int) -> [String] {
            do throws(AppError) { _ = try TokenDraft(name: name, scope: .read, days: days) } catch {
                if case .invalid(let problems) = error { return problems.map(\.field) }
            }
            return []
        }
        #expect(fields("n", 1).isEmpty && fields("n", 366).isEmpty)
        #expect(fields(" ", 0) == ["name", "days"])
        #expect(fields(String(repeating: "n", count: 101), 367) == ["name", "days"])
    }
}
