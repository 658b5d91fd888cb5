import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct SignInNameTests {
    @Test(
        arguments: [
            ("An.Nguyen", "an.nguyen"), ("  binh_2@laocai-gov.vn ", "binh_2@laocai-gov.vn"), ("ĐỨC.trần", "đức.trần"),
            ("abc", "abc"), ("ab", nil), (String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
            (String(repeating: "a", count: 65), nil), ("a b c", nil), ("an/nguyen", nil), ("an\u{0}nguyen", nil),
            ("", nil),
            ("an😀nguyen", nil),
        ] as [(String, String?)])
    func itIsFoldedAndShaped(_ typed: String, _ expected: String?) {
        #expect(SignInName.normalised(typed) == expected)
    }

    @Test func decomposedIsTheSameName() {
        #expect(SignInName.normalised("đức.trần".decomposedStringWithCanonicalMapping) == "đức.trần")
    }
}

@Suite struct AccountStoreTests {
    private static let system = Viewer.system("test")

    private func newPerson(_ world: SignInWorld) async throws -> ID<Person> {
        let now = world.clock.now
        return try await world.database.write { tx in
            try tx.run(
                """
                INSERT INTO person (id, uid, origin, name, sort_key, name_fold, version) \
                VALUES (9, \(UID.new(at: now)), \(""), \("Giang"), \("giang"), \("giang"), 1)
                """)
            return ID(9)
        }
    }

    @Test(arguments: Engine.allCases) func anAccountIsMadeOnceUnderAFreeName(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let person = try await newPerson(world)
            func create(_ name: String) async -> AppError? {
                await world.outcome {
                    try await world.accounts(as: Self.system) {
                        _ = try $0.create(person: person, signIn: name, passwordHash: "x", at: $1)
                    }
                }
            }
            #expect(await create("a b") == .invalid([Problem("sign_in", "signin.name.shape")]))
            #expect(await create("BINH") == .invalid([Problem("sign_in", "signin.name.taken")]))
            #expect(await create("Giang.Lê") == nil)
            #expect(await create("giang2") == .conflict(Message("signin.account.exists")))
            let found = try await world.accounts(as: Self.system) { store, _ in try store.find(signIn: " giang.lê") }
            #expect(found?.person == person)
            #expect(found?.isDisabled == false)
        }
    }

    @Test(arguments: Engine.allCases) func disablingEndsSessionsAndTokensForGood(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            let token = Secret.new(prefix: APIToken.prefix)
            let draft = try TokenDraft(name: "n", scope: .read, days: 1)
            try await world.tokens(as: Self.system) {
                _ = try $0.issue(draft, secret: token, for: SignInWorld.binh, at: $1)
            }
            let chi = try await world.viewer(SignInWorld.chi)
            try await world.accounts(as: chi) { try $0.disable(SignInWorld.binh, at: $1) }
            #expect(try await !world.identify(secret).viewer.isSignedIn)
            #expect(
                await world.outcome { _ = try await world.signIn("binh") } == .invalid([Problem("", "signin.refused")]))
            try await world.accounts(as: chi) { try $0.enable(SignInWorld.binh, at: $1) }
            #expect(try await !world.identify(secret).viewer.isSignedIn, "what ended stays ended")
            let bearer = await world.outcome {
                _ = try await world.authentication.identify(
                    cookie: nil, authorization: "Bearer \(token.text)", address: "192.0.2.1", now: world.clock.now)
            }
            #expect(bearer == .unauthenticated)
            _ = try await world.signIn("binh")
            let verbs = try await world.database.read { tx in
                try tx.all("SELECT verb FROM event WHERE person_id = \(SignInWorld.chi) ORDER BY id").map {
                    try $0.text(0)
                }
            }
            #expect(verbs == ["disabled", "enabled"])
        }
    }

    /// Chi administers Lào Cai only; Root's and An's rights reach further.
    @Test(arguments: Engine.allCases) func aLowerAdministratorDoesNotTakeOverAHigherOne(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let chi = try await world.viewer(SignInWorld.chi)
            let refusal = AppError.forbidden(Message("signin.account.forbidden"))
            for person in [SignInWorld.root, SignInWorld.an, SignInWorld.dung] {
                let acts: [@Sendable (AccountStore, Instant) throws -> Void] = [
                    { try $0.setPassword(person, hash: "x", at: $1) }, { try $0.disable(person, at: $1) },
                    { try $0.unlock(person, at: $1) }, { try $0.enable(person, at: $1) },
                ]
                for act in acts {
                    #expect(await world.outcome { try await world.accounts(as: chi, act) } == refusal)
                }
            }
            try await world.accounts(as: chi) { try $0.unlock(SignInWorld.binh, at: $1) }
            let root = try await world.viewer(SignInWorld.root)
            try await world.accounts(as: root) { try $0.unlock(SignInWorld.an, at: $1) }
        }
    }

    @Test(arguments: Engine.allCases) func somebodyWithoutTheRoleManagesOnlyTheirOwnPassword(
        _ engine: Engine
    ) async throws {
        try await SignInWorld.with(engine) { world in
            let binh = try await world.viewer(SignInWorld.binh)
            let refusal = AppError.forbidden(Message("signin.account.forbidden"))
            #expect(
                await world.outcome {
                    try await world.accounts(as: binh) { try $0.setPassword(SignInWorld.an, hash: "x", at: $1) }
                } == refusal)
            #expect(
                await world.outcome {
                    try await world.accounts(as: binh) {
                        _ = try $0.create(person: ID(9), signIn: "giang", passwordHash: "x", at: $1)
                    }
                } == refusal)
            try await world.accounts(as: binh) { try $0.setPassword(SignInWorld.binh, hash: "x", at: $1) }
        }
    }

    @Test(arguments: Engine.allCases) func nobodyDisablesThemselves(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let root = try await world.viewer(SignInWorld.root)
            let outcome = await world.outcome {
                try await world.accounts(as: root) { try $0.disable(SignInWorld.root, at: $1) }
            }
            #expect(outcome == .conflict(Message("signin.account.oneself")))
        }
    }

    @Test(arguments: Engine.allCases) func theDeskRefusesAWeakPassword(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let desk = AccountDesk(world.services)
            let outcome = await world.outcome { try await desk.setPassword(signIn: "binh", password: "matkhau12345") }
            #expect(outcome == .invalid([Problem("password", "signin.password.common")]))
            #expect(
                await world.outcome { try await desk.setPassword(signIn: "nobody", password: "gió mùa đông bắc") }
                    == .notFound)
            try await desk.setPassword(signIn: "binh", password: "gió mùa đông bắc")
            _ = try await world.signIn("binh", "gió mùa đông bắc")
            #expect(try await desk.accounts().map(\.signIn) == SignInWorld.names.sorted())
        }
    }

    @Test(arguments: Engine.allCases) func theLanguageIsKeptWithTheAccount(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            let found = try await world.identify(secret)
            #expect(found.language == nil)
            try await world.accounts(as: found.viewer) { try $0.setLanguage(.english, at: $1) }
            #expect(try await world.identify(secret).language == .english)
        }
    }
}
