import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Links by which people make accounts and choose new passwords.
@Suite struct InvitationTests {
    private static let password = "gió mùa đông bắc"

    private func store<T: Sendable>(
        _ world: SignInWorld, as viewer: Viewer,
        _ act: @escaping @Sendable (InvitationStore, Instant) throws -> T
    ) async throws -> T {
        let (today, now) = (world.today, world.clock.now)
        return try await world.database.write { tx in
            try act(InvitationStore(tx: tx, viewer: viewer, today: today), now)
        }
    }

    private func invite(
        _ world: SignInWorld, _ person: ID<Person>, as viewer: Viewer = .system("test"), days: Int64 = 7
    ) async throws -> Secret {
        let secret = Secret.new(prefix: Invitation.prefix)
        try await store(world, as: viewer) {
            _ = try $0.invite(person, secret: secret, life: .seconds(days * 86_400), at: $1)
        }
        return secret
    }

    /// Giang, who sits in Sa Pa without an account.
    private func giang(_ world: SignInWorld) async throws -> ID<Person> {
        let now = world.clock.now
        return try await world.database.write { tx in
            try tx.run(
                """
                INSERT INTO person (id, uid, origin, name, sort_key, name_fold, version) \
                VALUES (9, \(UID.new(at: now)), \(""), \("Giang"), \("giang"), \("giang"), 1)
                """)
            try world.office(tx, 91, ID(9), unit: 3, "Chuyên viên", from: "2026-01-01")
            return ID(9)
        }
    }

    private func accept(
        _ world: SignInWorld, _ secret: Secret, signIn: String = "giang.le", password: String = password,
        address: String = "192.0.2.1"
    ) async -> AppError? {
        await world.outcome {
            let accepting = Accepting(services: world.services)
            _ = try await accepting.look(secret, address: address, at: world.clock.now)
            try await accepting.accept(
                secret, signIn: signIn, password: password, address: address, at: world.clock.now)
        }
    }

    @Test(arguments: Engine.allCases)
    func aLinkMakesOneAccountOnceAndOnlyItsDigestIsKept(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let giang = try await giang(world)
            let chi = try await world.viewer(SignInWorld.chi)
            let secret = try await invite(world, giang, as: chi)
            #expect(secret.text.hasPrefix("rsi_") && secret.text.count == 4 + 43)
            let stored = try await world.database.read { tx in try tx.first("SELECT digest FROM invitation")?.blob(0) }
            #expect(stored == secret.digest)
            #expect(await accept(world, secret) == nil)
            _ = try await world.signIn("giang.le", Self.password)
            #expect(await accept(world, secret, signIn: "other.name") == .notFound, "once")
            let events = try await world.database.read { tx in
                try tx.all("SELECT verb, subject_kind, unit_id, person_id FROM event ORDER BY id").map(\.values)
            }
            #expect(
                events.prefix(2) == [
                    [.text("invited"), .text("account"), .integer(3), .integer(SignInWorld.chi.value)],
                    [.text("created"), .text("account"), .integer(3), .integer(giang.value)],
                ])
            let payloads = try await world.count(
                "SELECT COUNT(*) FROM event WHERE payload LIKE \("%\(secret.text)%") ESCAPE '\\'")
            #expect(payloads == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func aLinkForANewPasswordEndsTheSessionsWhenItIsUsed(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let session = try await world.signIn("binh")
            let secret = try await invite(world, SignInWorld.binh)
            #expect(try await world.identify(session).viewer.isSignedIn, "not yet")
            let found = try await Accepting(services: world.services).look(
                secret, address: "192.0.2.1", at: world.clock.now)
            #expect(found.signIn == "binh" && found.invitation.purpose == .reset)
            #expect(await accept(world, secret, signIn: "binh") == nil)
            #expect(try await !world.identify(session).viewer.isSignedIn)
            #expect(await world.outcome { _ = try await world.signIn("binh") } != nil)
            _ = try await world.signIn("binh", Self.password)
        }
    }

    @Test(arguments: Engine.allCases)
    func aLinkEndsWithItsTimeItsRevocationAndTheNextOne(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let first = try await invite(world, SignInWorld.binh)
            let second = try await invite(world, SignInWorld.binh)
            #expect(await accept(world, first, signIn: "binh") == .notFound, "replaced")
            let uid = try await store(world, as: .system("test")) { store, _ in
                try store.list(of: SignInWorld.binh).map(\.uid)
            }
            #expect(uid.count == 2)
            let newest = try #require(uid.first)
            try await store(world, as: .system("test")) { _ = try $0.revoke(newest, at: $1) }
            #expect(await accept(world, second, signIn: "binh") == .notFound, "taken back")
            let third = try await invite(world, SignInWorld.binh, days: 2)
            world.clock.advance(.seconds(2 * 86_400 - 1))
            _ = try await Accepting(services: world.services).look(
                third, address: "192.0.2.1", at: world.clock.now)
            world.clock.advance(.seconds(1))
            #expect(await accept(world, third, signIn: "binh") == .notFound, "over")
            let fourth = try await invite(world, SignInWorld.binh)
            try await world.accounts(as: .system("test")) { try $0.disable(SignInWorld.binh, at: $1) }
            #expect(await accept(world, fourth, signIn: "binh") == .notFound, "the account is closed")
            #expect(
                await world.outcome { _ = try await invite(world, SignInWorld.binh) }
                    == .conflict(Message("invitation.disabled")))
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyWhoMayManageTheAccountInvites(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let (chi, binh) = (try await world.viewer(SignInWorld.chi), try await world.viewer(SignInWorld.binh))
            let refusal = AppError.forbidden(Message("signin.account.forbidden"))
            // Root's and An's rights reach beyond Chi's; Dung holds no office.
            for person in [SignInWorld.root, SignInWorld.an, SignInWorld.dung] {
                #expect(await world.outcome { _ = try await invite(world, person, as: chi) } == refusal)
            }
            #expect(await world.outcome { _ = try await invite(world, SignInWorld.chi, as: binh) } == refusal)
            _ = try await invite(world, SignInWorld.binh, as: chi)
            #expect(
                await world.outcome { try await store(world, as: binh) { s, _ in _ = try s.list(of: SignInWorld.chi) } }
                    == refusal)
        }
    }

    @Test(arguments: Engine.allCases)
    func aTakenNameIsToldAndCountsAgainstTheLink(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await invite(world, try await giang(world))
            for _ in 0..<10 {
                #expect(
                    await accept(world, secret, signIn: "BINH") == .invalid([Problem("sign_in", "signin.name.taken")]))
            }
            #expect(await accept(world, secret) == .tooMany(retryAfter: .seconds(60)), "nobody asks for names with it")
            world.clock.advance(.seconds(60))
            #expect(await accept(world, secret) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func wrongLinksAreCountedByAddressAndCostNoHash(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let good = try await invite(world, SignInWorld.binh)
            let before = world.services.passwords.computed
            for _ in 0..<50 { #expect(await accept(world, .new(prefix: "rsi_"), address: "198.51.100.7") == .notFound) }
            guard case .tooMany? = await accept(world, good, signIn: "binh", address: "198.51.100.7") else {
                Issue.record("the address is not blocked")
                return
            }
            #expect(world.services.passwords.computed == before)
            #expect(await accept(world, good, signIn: "binh") == nil, "another address goes on")
        }
    }

    @Test(arguments: Engine.allCases)
    func twoAtOnceMakeOneAccount(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await invite(world, try await giang(world))
            let outcomes = await withTaskGroup(of: AppError?.self) { group in
                for number in 0..<6 { group.addTask { await accept(world, secret, signIn: "giang\(number)") } }
                return await group.reduce(into: [AppError?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(try await world.count("SELECT COUNT(*) FROM account WHERE person_id = 9") == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func anAccountMadeInAnotherWayIsNotTakenOverByAnOlderLink(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let giang = try await giang(world)
            let secret = try await invite(world, giang)
            try await world.accounts(as: .system("test")) {
                _ = try $0.create(person: giang, signIn: "giang", passwordHash: "x", at: $1)
            }
            #expect(await accept(world, secret) == .notFound)
        }
    }
}
