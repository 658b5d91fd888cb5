import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct SessionTests {
    @Test(arguments: Engine.allCases) func aCookieTellsWhoAsksAndInWhichOffice(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let found = try await world.identify(try await world.signIn("an.nguyen"))
            #expect(found.viewer.personID == SignInWorld.an)
            #expect(found.viewer.office?.title == "Chủ tịch")
            #expect(found.session?.person == SignInWorld.an)
            #expect(found.token == nil)
        }
    }

    @Test(arguments: Engine.allCases) func theTableHoldsNoSecret(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            let row = try await world.database.read { tx in try tx.first("SELECT digest, csrf FROM session") }
            #expect(try row?.blob(0) == secret.digest)
            #expect(try row?.blob(0) != Array(secret.text.utf8))
            #expect(Base64URL.decode(secret.text)?.count == 32)
        }
    }

    @Test(arguments: Engine.allCases) func anUnknownCookieIsAnAnonymousVisit(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            _ = try await world.signIn("binh")
            let found = try await world.identify(Secret.new())
            #expect(found.viewer == .anonymous)
            #expect(found.session == nil)
        }
    }

    @Test(arguments: Engine.allCases) func anUnusedSessionEndsAfterTwoHours(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            world.clock.advance(world.configuration.limits.sessionIdle - .seconds(1))
            #expect(try await world.identify(secret).viewer.isSignedIn)
            try await seen(world, at: world.clock.now)
            world.clock.advance(world.configuration.limits.sessionIdle)
            #expect(try await !world.identify(secret).viewer.isSignedIn)
        }
    }

    @Test(arguments: Engine.allCases) func aSessionInUseEndsAfterTwelveHours(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            for _ in 0..<11 {
                world.clock.advance(.seconds(3_600))
                #expect(try await world.identify(secret).viewer.isSignedIn)
                try await seen(world, at: world.clock.now)
            }
            world.clock.advance(.seconds(3_599))
            #expect(try await world.identify(secret).viewer.isSignedIn)
            world.clock.advance(.seconds(1))
            #expect(try await !world.identify(secret).viewer.isSignedIn)
        }
    }

    /// Waits until the mark, which is written beside the request, is in the table.
    private func seen(_ world: SignInWorld, at instant: Instant) async throws {
        for _ in 0..<400 {
            if try await world.count("SELECT COUNT(*) FROM session WHERE seen_at = \(instant)") == 1 { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("the use was not written down")
    }

    @Test(arguments: Engine.allCases) func useIsWrittenAtMostOnceAMinute(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            let began = world.clock.now
            world.clock.advance(.seconds(59))
            _ = try await world.identify(secret)
            try await Task.sleep(for: .milliseconds(60))
            #expect(try await world.count("SELECT COUNT(*) FROM session WHERE seen_at = \(began)") == 1)
            world.clock.advance(.seconds(1))
            _ = try await world.identify(secret)
            try await seen(world, at: world.clock.now)
        }
    }

    @Test(arguments: Engine.allCases) func manyMarksAtOnceAreAllWritten(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            var secrets: [Secret] = []
            for _ in 0..<20 { secrets.append(try await world.signIn("binh", address: "192.0.2.1")) }
            world.clock.advance(.seconds(61))
            let authentication = world.authentication
            let now = world.clock.now
            for secret in secrets {
                _ = try await authentication.identify(cookie: "resolute=\(secret.text)", authorization: nil, now: now)
            }
            for _ in 0..<400 {
                if try await world.count("SELECT COUNT(*) FROM session WHERE seen_at = \(now)") == 20 { return }
                try await Task.sleep(for: .milliseconds(5))
            }
            Issue.record("not all marks were written")
        }
    }

    @Test(arguments: Engine.allCases) func aDisabledAccountIsOutAtOnceOnEveryNode(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("an.nguyen")
            let otherNode = world.authentication
            #expect(try await world.identify(secret).viewer.isSignedIn)
            // As another node would: only the flag, no session deleted.
            try await world.database.write { tx in
                try tx.run("UPDATE account SET disabled = 1 WHERE person_id = \(SignInWorld.an)")
            }
            let found = try await otherNode.identify(
                cookie: "resolute=\(secret.text)", authorization: nil, now: world.clock.now)
            #expect(found.viewer == .anonymous)
        }
    }

    @Test(arguments: Engine.allCases) func theOfficeInUseCanBeChosen(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("an.nguyen")
            let session = try #require(try await world.identify(secret).session)
            let today = world.today
            let second = try await world.database.read { tx in
                try ViewerStore(tx: tx).offices(of: SignInWorld.an, today: today)
            }[1]
            try await world.database.write { tx in
                try SessionStore(tx: tx).choose(second.uid, session: session, today: today)
            }
            let viewer = try await world.identify(secret).viewer
            #expect(viewer.office?.title == "Ủy viên")
            #expect(viewer.grants.map(\.role) == [.member])
        }
    }

    @Test(arguments: Engine.allCases) func somebodyElsesOfficeCannotBeChosen(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let session = try #require(try await world.identify(try await world.signIn("binh")).session)
            let today = world.today
            let foreign = try await world.database.read { tx in
                try ViewerStore(tx: tx).offices(of: SignInWorld.root, today: today)
            }[0]
            await #expect(throws: AppError.notFound) {
                try await world.database.write { tx in
                    try SessionStore(tx: tx).choose(foreign.uid, session: session, today: today)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func theMarkOfASessionTellsNothingOfItsSecret(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let secret = try await world.signIn("binh")
            _ = try await world.signIn("binh")
            let (now, limits) = (world.clock.now, world.configuration.limits)
            let rows = try await world.database.read { tx in
                try SessionStore(tx: tx).list(of: SignInWorld.binh, limits: limits, at: now)
            }
            #expect(rows.count == 2)
            #expect(Set(rows.map(\.mark)).count == 2)
            #expect(!rows.contains { $0.mark == secret.text || secret.text.contains($0.mark) })
            #expect(try await !world.identify(Secret(text: rows[0].mark)).viewer.isSignedIn)
        }
    }
}
