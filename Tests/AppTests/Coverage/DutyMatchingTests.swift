import Storage
import TestSupport
import Testing

@testable import App

/// What fulfils a duty, and what does not.
@Suite struct DutyMatchingTests {
    @Test(arguments: Engine.allCases) func aLinkFulfilsAndTakingItBackOpensAgain(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let plan = try await world.issuePlan()
            let cell = try await world.matrix().units.items.first { $0.unit.name == "Phường Quy Nhơn" }?
                .cells[row.requirement.id]
            #expect(cell?.status == .done && cell?.how == .link)
            #expect(cell?.document?.name == "07/KH-UBND")
            #expect(cell?.issuedOn == plan.document.issuedOn)
            let (now, resolution) = (world.now, world.resolution.uid)
            _ = try await world.documents.act {
                try $0.unlink(plan.uid, .concretises, to: resolution, seen: nil, at: now)
            }
            #expect(try await world.states { $0.order = .name } == ["Phường Pleiku due", "Phường Quy Nhơn due"])
            #expect(try await world.verbs(row) == ["reopened", "fulfilled", "created"])
        }
    }

    @Test(arguments: Engine.allCases) func whatWasIssuedBeforeCountsAtOnce(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            try await world.issuePlan(.wardCommittee, "7/KH-UBND", on: "2026-11-20")
            try await world.issuePlan(.wardCommittee, "8/KH-UBND", on: "2026-10-01", .implements)
            let row = try await world.require()
            let cell = try await world.matrix { $0.state = .done }.units.items.first?.cells[row.requirement.id]
            #expect(cell?.document?.name == "08/KH-UBND", "the earliest counts")
            let event = try await world.act { try $0.history(of: row).items.first }
            #expect(event?.after["fulfilled"] == "1" && event?.after["units"] == "2")
        }
    }

    @Test(arguments: Engine.allCases) func whatIsNotWhatWasWantedDoesNotCount(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require()
            // Of another type; only cited; of a body that does not govern; of another unit; below another document.
            let report = try await world.documents.register(.wardCommittee, "1/BC-UBND", .report, on: "2026-11-01")
            try await world.documents.link(report, .implements, to: world.resolution)
            try await world.issuePlan(.wardCommittee, "2/KH-UBND", .cites)
            try await world.issuePlan(.wardCentre, "3/KH-TTVH")
            try await world.issuePlan(.communeCommittee, "4/KH-UBND")
            let between = try await world.issuePlan(.committee, "5/KH-UBND")
            let below = try await world.documents.register(.wardCommittee, "6/KH-UBND", .plan, on: "2026-11-21")
            try await world.documents.link(below, .implements, to: between)
            #expect(try await world.states { $0.state = .done } == [])
            #expect(try await world.states { $0.state = .missing }.count == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aDraftCountsOnIssueAndNotAfterWithdrawal(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require()
            let draft = try await world.documents.draft(.wardCommittee, "Kế hoạch của phường")
            try await world.documents.link(draft, .implements, to: world.resolution)
            #expect(try await world.states { $0.state = .done } == [])
            let issued = try await world.documents.issue(draft)
            #expect(try await world.states { $0.state = .done } == ["Phường Quy Nhơn done"])
            let (now, today) = (world.now, world.today)
            _ = try await world.documents.act {
                try $0.withdraw(issued.uid, DocumentWithdrawal(on: today, reason: "Sai"), seen: nil, at: now)
            }
            #expect(try await world.states { $0.state = .done } == [])
        }
    }

    @Test(arguments: Engine.allCases) func aTerritorysPlanIsThatOfItsGoverningBody(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let province = try world.world.uid(.giaLai)
            _ = try await world.require(.plan, .units([province]))
            try await world.issuePlan(.science, "1/KH-SKHCN")
            try await world.issuePlan(.wardCommittee, "1/KH-UBND")
            #expect(
                try await world.states() == ["Tỉnh Gia Lai due"],
                "a department's or a ward's plan is not the province's")
            let party = try await world.documents.register(.party, "1-KH/TU", .plan, on: "2026-11-02", term: 14)
            try await world.documents.link(party, .implements, to: world.resolution)
            #expect(try await world.states() == ["Tỉnh Gia Lai done"])
        }
    }

    @Test(arguments: Engine.allCases) func theLastDayCountsAsOnTime(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-20")
            #expect(try await world.states { $0.state = .late }.count == 2)
            try await world.issuePlan(on: "2026-11-20")
            #expect(try await world.states { $0.state = .done } == ["Phường Quy Nhơn done"])
            #expect(try await world.states { $0.state = .doneLate } == [])
            #expect(try await world.states { $0.state = .late } == ["Phường Pleiku late"])
        }
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-20")
            try await world.issuePlan(on: "2026-11-21")
            #expect(try await world.states { $0.state = .doneLate } == ["Phường Quy Nhơn done-late"])
        }
    }

    @Test func aStatusFollowsFromTheDay() throws {
        let due = try #require(Day(parsing: "2026-12-01"))
        let after = due.adding(days: 1)
        #expect(DutyStatus(.open, due: due, fulfilledOn: .never, on: due) == .due)
        #expect(DutyStatus(.open, due: due, fulfilledOn: .never, on: after) == .late)
        #expect(DutyStatus(.done, due: due, fulfilledOn: due, on: after) == .done)
        #expect(DutyStatus(.done, due: due, fulfilledOn: after, on: after) == .doneLate)
        #expect(DutyStatus(.waived, due: due, fulfilledOn: .never, on: after) == .waived)
    }
}
