import Storage
import TestSupport
import Testing

@testable import App

/// What is decided of one unit's duty by hand.
@Suite struct DutyDecisionTests {
    @Test(arguments: Engine.allCases) func aDocumentNamedByHandCountsWithItsReason(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let plan = try await world.documents.register(
                .wardCommittee, "9/KH-UBND", .plan, on: "2026-11-01")
            try await world.decide(row, .quyNhon, .fulfil(by: plan.uid, reason: "Nêu trong phụ lục"))
            let (uid, unit) = (row.uid, try world.world.uid(.quyNhon))
            let detail = try await world.act { try $0.dutyDetail(uid, unit) }
            #expect(detail.status == .done)
            #expect(detail.duty.fulfilment?.how == .hand && detail.duty.fulfilment?.reason == "Nêu trong phụ lục")
            // A link made later does not push it aside; taking it back lets the link count.
            try await world.issuePlan(.wardCommittee, "10/KH-UBND")
            #expect(try await world.act { try $0.dutyDetail(uid, unit).fulfilment?.name } == "09/KH-UBND")
            try await world.decide(row, .quyNhon, .reopen(reason: "Nhầm"))
            let after = try await world.act { try $0.dutyDetail(uid, unit) }
            #expect(after.fulfilment?.name == "10/KH-UBND" && after.duty.fulfilment?.how == .link)
        }
    }

    @Test(arguments: Engine.allCases) func aWaiverYieldsToWhatIsIssuedAllTheSame(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            try await world.decide(row, .quyNhon, .waive(reason: "Dùng kế hoạch của tỉnh"))
            #expect(try await world.states { $0.state = .waived } == ["Phường Quy Nhơn waived"])
            #expect(try await world.matrix().counts.share() == 0)
            let twice = await world.refusal { try await world.decide(row, .quyNhon, .waive(reason: "x")) }
            #expect(twice == ["conflict coverage.error.waived"])
            try await world.issuePlan()
            #expect(try await world.states { $0.state = .done } == ["Phường Quy Nhơn done"])
            try await world.decide(row, .quyNhon, .unwaive(reason: "Không còn căn cứ"))
            #expect(try await world.states { $0.state = .done } == ["Phường Quy Nhơn done"])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsWrongIsTold(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let draft = try world.world.documents(.science).draft
            func refused(_ decision: DutyDecision, _ place: Place = .quyNhon, as who: Who? = .secretariat) async
                -> [String]
            {
                await world.refusal { try await world.decide(row, place, decision, as: who) }
            }
            #expect(await refused(.waive(reason: "")) == ["reason field.missing"])
            #expect(
                await refused(.fulfil(by: draft, reason: "")) == [
                    "document coverage.error.not_issued", "reason field.missing",
                ])
            #expect(
                await refused(.fulfil(by: world.resolution.uid, reason: "x")) == ["document coverage.error.itself"])
            #expect(await refused(.reopen(reason: "x")) == ["conflict coverage.error.not_by_hand"])
            #expect(await refused(.unwaive(reason: "x")) == ["conflict coverage.error.not_waived"])
            #expect(await refused(.waive(reason: "x"), .tanBien) == ["not found"], "the unit is not addressed")
            #expect(await refused(.waive(reason: "x"), as: .leader) == ["forbidden"])
            #expect(await refused(.waive(reason: "x"), as: .nobody) == ["not found"])
        }
    }

    @Test(arguments: Engine.allCases) func theStoredStateFollowsFromTheRest(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            try await world.issuePlan()
            try await world.decide(row, .pleiku, .waive(reason: "x"))
            try await world.decide(row, .pleiku, .release(reason: "x"))
            let wrong = try await world.world.database.read { tx in
                try tx.all(
                    """
                    SELECT id FROM document_duty WHERE state <> CASE WHEN removed = 1 THEN 'removed'
                    WHEN fulfilled_by IS NOT NULL THEN 'done' WHEN waived = 1 THEN 'waived' ELSE 'open' END
                    """)
            }
            #expect(wrong.isEmpty)
        }
    }
}
