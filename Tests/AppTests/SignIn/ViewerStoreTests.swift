import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct ViewerStoreTests {
    private func viewer(
        _ world: SignInWorld, _ person: ID<Person>, office: Int64? = nil, delegation: Int64? = nil, on day: Day? = nil
    ) async throws -> Viewer {
        let today = day ?? world.today
        return try await world.database.read { tx in
            try ViewerStore(tx: tx).viewer(
                person: person, office: office.map { ID($0) }, delegation: delegation.map { ID($0) }, today: today)
        }
    }

    private func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }

    @Test(arguments: Engine.allCases) func theFirstOfficeStandsInUntilOneIsChosen(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let first = try await viewer(world, SignInWorld.an)
            #expect(first.office?.title == "Chủ tịch")
            #expect(first.office?.unitName == "Lào Cai")
            #expect(first.grants.map(\.role) == [.leader])
            let second = try await viewer(world, SignInWorld.an, office: 12)
            #expect(second.office?.unitName == "Việt Nam")
            #expect(second.grants == [.init(role: .member, hierarchy: .territory, unit: ID(1), ceiling: .restricted)])
        }
    }

    @Test(arguments: Engine.allCases) func anothersOfficeIsNeverInUse(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let found = try await viewer(world, SignInWorld.binh, office: 41)
            #expect(found.office?.id == ID(21))
        }
    }

    @Test(arguments: Engine.allCases) func anOfficeThatIsOverFallsAway(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            try await world.database.write { tx in
                try tx.run("UPDATE office SET to_day = \("2026-11-18") WHERE id = 12")
            }
            #expect(try await viewer(world, SignInWorld.an, office: 12, on: day("2026-11-17")).office?.id == ID(12))
            #expect(try await viewer(world, SignInWorld.an, office: 12, on: day("2026-11-18")).office?.id == ID(11))
            let before = try await viewer(world, SignInWorld.an, on: day("2025-06-30"))
            #expect(before.office == nil && before.grants.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aGrantCountsFromItsFirstDayToTheDayBeforeItsEnd(_ engine: Engine)
        async throws
    {
        try await SignInWorld.with(engine) { world in
            try await world.database.write { tx in
                try world.grant(tx, 21, .secretariat, unit: 3, from: "2026-11-10", to: "2026-11-20")
            }
            for (text, has) in [
                ("2026-11-09", false), ("2026-11-10", true), ("2026-11-19", true), ("2026-11-20", false),
            ] {
                let found = try await viewer(world, SignInWorld.binh, on: day(text))
                #expect(found.has(.secretariat) == has, "\(text)")
                #expect(found.has(.focal))
            }
        }
    }

    @Test(arguments: Engine.allCases) func onBehalfTheGrantsAreThoseOfTheOtherOffice(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            _ = try await world.delegate(from: "2026-11-10", to: "2026-11-20")
            let acting = try await viewer(world, SignInWorld.binh, office: 21, delegation: 71)
            #expect(acting.office?.id == ID(21))
            #expect(acting.office?.onBehalf?.capacity == .kt)
            #expect(acting.office?.onBehalf?.officeTitle == "Chủ tịch")
            #expect(acting.office?.onBehalf?.authority == "Công văn 12/UBND")
            #expect(acting.grants.map(\.role) == [.leader])
            #expect(acting.personID == SignInWorld.binh)
            #expect(try await viewer(world, SignInWorld.binh, office: 21).grants.map(\.role) == [.focal])
        }
    }

    @Test(arguments: Engine.allCases) func aDelegationThatIsOverFallsAway(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            _ = try await world.delegate(from: "2026-11-10", to: "2026-11-20")
            for (text, acts) in [
                ("2026-11-09", false), ("2026-11-10", true), ("2026-11-19", true), ("2026-11-20", false),
            ] {
                let found = try await viewer(world, SignInWorld.binh, office: 21, delegation: 71, on: day(text))
                #expect((found.office?.onBehalf != nil) == acts, "\(text)")
                #expect(found.grants.map(\.role) == [acts ? .leader : .focal], "\(text)")
            }
            try await world.database.write { tx in
                try tx.run("UPDATE office SET to_day = \("2026-11-12") WHERE id = 11")
            }
            let after = try await viewer(world, SignInWorld.binh, office: 21, delegation: 71)
            #expect(after.office?.onBehalf == nil, "the office acted for has ended")
            #expect(after.grants.map(\.role) == [.focal])
        }
    }

    @Test(arguments: Engine.allCases) func aDelegationIsForItsAgentOnly(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            _ = try await world.delegate(from: "2026-11-10", to: "2026-11-20")
            let chi = try await viewer(world, SignInWorld.chi, office: 31, delegation: 71)
            #expect(chi.office?.onBehalf == nil)
            #expect(chi.grants.map(\.role) == [.administrator])
        }
    }

    @Test(arguments: Engine.allCases) func anUnknownRoleGivesNoRight(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            try await world.database.write { tx in
                try tx.run("UPDATE access_grant SET role = \("emperor") WHERE office_id = 21")
            }
            #expect(try await viewer(world, SignInWorld.binh).grants.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aMissingPersonIsNotFound(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let outcome = await world.outcome { _ = try await viewer(world, ID(99)) }
            #expect(outcome == .notFound)
        }
    }
}
