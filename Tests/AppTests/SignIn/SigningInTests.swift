import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct SigningInTests {
    @Test(arguments: Engine.allCases) func unknownWrongAndDisabledAreOneAnswerAtOneCost(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            try await world.accounts(as: .system("test")) { try $0.disable(SignInWorld.dung, at: $1) }
            let attempts = [
                ("nobody.here", SignInWorld.password), ("binh", "sai mật khẩu rồi"), ("dung", SignInWorld.password),
                ("x", "y"), (String(repeating: "z", count: 900), ""),
            ]
            for (name, password) in attempts {
                let before = world.services.passwords.computed
                let outcome = await world.outcome { _ = try await world.signIn(name, password) }
                #expect(outcome == .invalid([Problem("", "signin.refused")]), "\(name)")
                #expect(world.services.passwords.computed == before + 1, "\(name)")
            }
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func anUnknownNameIsBlockedLikeAKnownOne(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            var waits: [AppError?] = []
            for name in ["binh", "nobody.here"] {
                for number in 0..<10 {
                    let outcome = await world.outcome {
                        _ = try await world.signIn(name, "sai mật khẩu rồi", address: "192.0.2.\(number)")
                    }
                    #expect(outcome == .invalid([Problem("", "signin.refused")]))
                }
                waits.append(await world.outcome { _ = try await world.signIn(name, address: "192.0.2.99") })
            }
            #expect(waits == [.tooMany(retryAfter: .seconds(60)), .tooMany(retryAfter: .seconds(60))])
        }
    }

    @Test(arguments: Engine.allCases) func aBlockedGuessCostsNoHash(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            for _ in 0..<10 { _ = await world.outcome { _ = try await world.signIn("binh", "sai mật khẩu rồi") } }
            let before = world.services.passwords.computed
            _ = await world.outcome { _ = try await world.signIn("binh") }
            #expect(world.services.passwords.computed == before)
        }
    }

    @Test(arguments: Engine.allCases) func twentyGuessesAtOnceMakeTenHashes(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let before = world.services.passwords.computed
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { _ = await world.outcome { _ = try await world.signIn("binh", "sai mật khẩu rồi") } }
                }
            }
            #expect(world.services.passwords.computed - before == 10)
        }
    }

    @Test(arguments: Engine.allCases) func thereAreThreeWaysOutOfABlock(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            func block() async {
                for _ in 0..<10 { _ = await world.outcome { _ = try await world.signIn("binh", "sai mật khẩu rồi") } }
            }
            await block()
            #expect(await world.outcome { _ = try await world.signIn("binh") } == .tooMany(retryAfter: .seconds(60)))
            world.clock.advance(.seconds(60))
            _ = try await world.signIn("binh")
            await block()
            try await AccountDesk(world.services).unlock(signIn: "binh")
            _ = try await world.signIn("binh")
            await block()
            let chi = try await world.viewer(SignInWorld.chi)
            try await world.accounts(as: chi) { try $0.unlock(SignInWorld.binh, at: $1) }
            _ = try await world.signIn("binh")
        }
    }

    @Test(arguments: Engine.allCases) func aNewSignInEndsTheSessionThatTheBrowserHad(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let first = try await world.signIn("binh")
            let second = try await world.signIn("binh", previous: first)
            #expect(first != second)
            #expect(try await !world.identify(first).viewer.isSignedIn)
            #expect(try await world.identify(second).viewer.isSignedIn)
        }
    }

    @Test(arguments: Engine.allCases) func signingInClearsOverSessionsAndLeavesAnEvent(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            _ = try await world.signIn("binh")
            world.clock.advance(world.configuration.limits.sessionAge)
            _ = try await world.signIn("binh")
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 1)
            #expect(
                try await world.count(
                    "SELECT COUNT(*) FROM event WHERE verb = \("signed-in") AND person_id = \(SignInWorld.binh)") == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aHashWithOldParametersIsRenewed(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let better = PasswordHasher(parameters: .init(kibibytes: 128, passes: 2, lanes: 1))
            let services = Services(
                configuration: world.configuration, database: world.database, clock: world.services.clock,
                catalogue: world.services.catalogue, assets: world.services.assets, passwords: better,
                metrics: world.services.metrics, logger: world.services.logger)
            let origin = SigningIn.Origin(address: "192.0.2.1", agent: "", previous: nil)
            _ = try await SigningIn(services: services).signIn(
                "binh", password: SignInWorld.password, from: origin, at: world.clock.now)
            let hash = try await world.database.read { tx in
                try tx.first("SELECT password FROM account WHERE sign_in = \("binh")")?.text(0)
            }
            #expect(hash?.hasPrefix("$argon2id$v=19$m=128,t=2,p=1$") == true)
            _ = try await SigningIn(services: services).signIn(
                "binh", password: SignInWorld.password, from: origin, at: world.clock.now)
        }
    }

    @Test(arguments: Engine.allCases) func aFullQueueLocksNobodyOut(_ engine: Engine) async throws {
        let slow = PasswordHasher(parameters: .init(kibibytes: 64 * 1024, passes: 3, lanes: 1), atOnce: 1, waiting: 0)
        try await SignInWorld.with(engine, hasher: slow) { world in
            // Whoever asks meanwhile finds the one place taken, in whatever order the two begin.
            let occupied = Task {
                while !Task.isCancelled {
                    _ = try? await slow.hash("bận rộn cả buổi sáng")
                    await Task.yield()
                }
            }
            var refused = 0
            for _ in 0..<15 {
                let outcome = await world.outcome { _ = try await world.signIn("binh", "sai mật khẩu rồi") }
                if case .unavailable = outcome { refused += 1 }
                if refused == 3 { break }
            }
            occupied.cancel()
            _ = await occupied.value
            let counted = try await world.count(
                "SELECT COALESCE(MAX(failures), 0) FROM secret_attempt WHERE key = \(AttemptKey.account("binh").text)")
            #expect(refused > 0)
            #expect(counted < 10)
        }
    }

    @Test(arguments: Engine.allCases) func confirmingRenewsTheSecretAndKeepsTheFormToken(_ engine: Engine) async throws
    {
        try await SignInWorld.with(engine) { world in
            let limits = world.configuration.limits
            let secret = try await world.signIn("binh")
            world.clock.advance(limits.confirmation)
            let found = try await world.identify(secret)
            let session = try #require(found.session)
            #expect(!session.isConfirmed(at: world.clock.now, limits))
            let renewed = try await SigningIn(services: world.services).confirm(
                session, of: found.viewer, password: SignInWorld.password, address: "192.0.2.1", at: world.clock.now)
            #expect(try await !world.identify(secret).viewer.isSignedIn)
            let after = try #require(try await world.identify(renewed).session)
            #expect(after.isConfirmed(at: world.clock.now, limits))
            #expect(after.id == session.id)
            // A form that is open in another window is still good.
            #expect(after.csrf == session.csrf)
            #expect(after.createdAt == session.createdAt)
        }
    }

    @Test(arguments: Engine.allCases) func confirmingIsLimitedApartFromTheDoor(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let found = try await world.identify(try await world.signIn("binh"))
            let session = try #require(found.session)
            func confirm(_ password: String) async -> AppError? {
                await world.outcome {
                    _ = try await SigningIn(services: world.services).confirm(
                        session, of: found.viewer, password: password, address: "192.0.2.1", at: world.clock.now)
                }
            }
            // A stranger locks the door from outside; the person inside still confirms.
            for number in 0..<10 {
                _ = await world.outcome { _ = try await world.signIn("binh", "sai", address: "198.51.100.\(number)") }
            }
            #expect(await confirm(SignInWorld.password) == nil)
            for _ in 0..<10 {
                #expect(await confirm("sai") == .invalid([Problem("password", "signin.password.wrong")]))
            }
            #expect(await confirm(SignInWorld.password) == .tooMany(retryAfter: .seconds(60)))
        }
    }

    @Test(arguments: Engine.allCases) func changingThePasswordEndsTheOtherSessions(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let other = try await world.signIn("binh")
            let mine = try await world.signIn("binh")
            let stranger = try await world.signIn("an.nguyen")
            let found = try await world.identify(mine)
            let renewed = try await SigningIn(services: world.services).changePassword(
                of: found.viewer, in: try #require(found.session), to: "gió mùa đông bắc thổi", at: world.clock.now)
            #expect(try await !world.identify(other).viewer.isSignedIn)
            #expect(try await !world.identify(mine).viewer.isSignedIn)
            #expect(try await world.identify(renewed).viewer.isSignedIn)
            #expect(try await world.identify(stranger).viewer.isSignedIn)
            #expect(
                await world.outcome { _ = try await world.signIn("binh") } == .invalid([Problem("", "signin.refused")]))
            _ = try await world.signIn("binh", "gió mùa đông bắc thổi")
        }
    }
}
