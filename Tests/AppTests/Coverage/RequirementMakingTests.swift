import Storage
import TestSupport
import Testing

@testable import App

/// Who may require what of whom, and what becomes of it.
@Suite struct RequirementMakingTests {
    @Test(arguments: Engine.allCases) func aSetIsItsUnitsOnTheDayOfTheAct(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            #expect(row.owner?.name == "Sở Khoa học và Công nghệ Gia Lai")
            #expect(row.requirement.firstDue == row.requirement.due)
            #expect(try await world.states { $0.order = .name } == ["Phường Pleiku due", "Phường Quy Nhơn due"])
            // What is founded later is not addressed by itself.
            let (today, now, province) = (world.today, world.now, try world.world.uid(.giaLai))
            let new = try await world.world.database.write { tx in
                try UnitStore(tx: tx, viewer: .system("test"), today: today).create(
                    UnitDraft(kind: .commune, name: "Xã Mới", parent: province, from: today, secrecy: .public), at: now)
            }
            #expect(try await world.states().count == 2)
            let added = try await world.act(as: .secretariat) {
                try $0.address(row.uid, to: .communes(below: province), seen: nil, at: now).added
            }
            #expect(added == 1)
            #expect(try await world.states { $0.order = .name }.contains("\(new.name) due"))
            #expect(try await world.verbs(row) == ["addressed", "created"])
        }
    }

    @Test(arguments: Engine.allCases) func everySetFindsItsUnits(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let country = try world.world.uid(.vietnam), province = try world.world.uid(.giaLai)
            let sets: [(RequirementAudience, [String])] = [
                (.provinces(below: country), ["Tỉnh Gia Lai", "Tỉnh Tây Ninh"]),
                (.communes(below: country), ["Phường Pleiku", "Phường Quy Nhơn", "Xã Tân Biên"]),
                (.kind(.department, below: province), ["Sở Khoa học và Công nghệ Gia Lai", "Sở Tài chính Gia Lai"]),
                (.units([try world.world.uid(.front)]), ["Ủy ban Mặt trận Tổ quốc tỉnh Gia Lai"]),
            ]
            for (set, names) in sets {
                let row = try await world.require(.report, set, as: .root)
                let found = try await world.matrix {
                    $0.order = .name
                    $0.requirement = row.uid
                }
                #expect(found.units.items.map(\.unit.name) == names)
            }
        }
    }

    @Test(arguments: Engine.allCases) func whoDoesNotKeepTheUnitsIsRefused(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let other = try world.world.uid(.tayNinh), country = try world.world.uid(.vietnam)
            let stranger = try world.world.uid(.tanBien), now = world.now
            func refused(_ draft: RequirementDraft, as who: Who) async -> [String] {
                await world.refusal { _ = try await world.act(as: who) { try $0.require(draft, at: now) } }
            }
            let abroad = try world.draft(.plan, .communes(below: other))
            #expect(await refused(abroad, as: .secretariat) == ["base coverage.error.units_forbidden"])
            let whole = try world.draft(.plan, .communes(below: country))
            #expect(await refused(whole, as: .administrator) == ["base coverage.error.units_forbidden"])
            let named = try world.draft(.plan, .units([stranger]))
            #expect(await refused(named, as: .secretariat) == ["units coverage.error.unit_forbidden"])
            let own = try world.draft()
            #expect(
                await refused(own, as: .leader) == [
                    "owner coverage.error.owner_forbidden", "base coverage.error.units_forbidden",
                ])
            var foreign = try world.draft()
            foreign.owner = try world.world.uid(.otherCommittee)
            #expect(await refused(foreign, as: .secretariat) == ["owner coverage.error.unit_unknown"])
            #expect(try await world.matrix().requirements.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func whatCannotBeRequiredIsToldByField(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let now = world.now
            func refused(_ draft: RequirementDraft) async -> [String] {
                await world.refusal { _ = try await world.act { try $0.require(draft, at: now) } }
            }
            #expect(await refused(try world.draft(.letter)) == ["type coverage.error.type"])
            #expect(
                await refused(try world.draft(due: "2026-01-09")) == ["due_on coverage.error.due_before_document"])
            #expect(await refused(try world.draft(.plan, .units([]))) == ["units field.missing"])
            let empty = try world.draft(.plan, .provinces(below: try world.world.uid(.giaLai)))
            #expect(await refused(empty) == ["base coverage.error.no_units"])
            var onDraft = try world.draft()
            onDraft.document = try world.world.documents(.science).draft
            #expect(await refused(onDraft) == ["document coverage.error.not_issued"])
            var unknown = try world.draft()
            unknown.document = UID.new(at: now)
            #expect(await refused(unknown) == ["not found"])
        }
    }

    @Test(arguments: Engine.allCases) func aDeadlineMovesWithAReasonAndTheFirstOneStays(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let (later, now) = (try world.documents.day("2026-12-20"), world.now)
            let silent = RequirementChange(title: "", paragraph: "", due: later)
            let refusal = await world.refusal {
                _ = try await world.act(as: .secretariat) { try $0.change(row.uid, silent, seen: nil, at: now) }
            }
            #expect(refusal == ["reason coverage.error.reason_for_deadline"])
            let change = RequirementChange(title: "của phường", paragraph: "III.2", due: later, reason: "Bão")
            let changed = try await world.act(as: .secretariat) { try $0.change(row.uid, change, seen: 1, at: now) }
            #expect(changed.requirement.due == later)
            #expect(changed.requirement.firstDue == row.requirement.due)
            let cell = try await world.matrix().units.items.first?.cells[row.requirement.id]
            #expect(cell?.due == later)
            let stale = await world.refusal {
                _ = try await world.act(as: .secretariat) { try $0.change(row.uid, change, seen: 1, at: now) }
            }
            #expect(stale == ["stale"])
            let event = try await world.act { try $0.history(of: row).items.first }
            #expect(event?.before["due_on"] == "2026-12-01" && event?.after["due_on"] == "2026-12-20")
            #expect(event?.after["reason"] == "Bão")
        }
    }

    @Test(arguments: Engine.allCases) func theOverviewBeginsWithWhatIsStillToBeIssued(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let early = try await world.require(), now = world.now
            let resolution = world.resolution.uid
            let other = try await world.documents.register(
                .committee, "6/NQ-UBND", .resolution, on: "2026-01-11", title: "Nghị quyết khác", secrecy: .public
            ).uid
            var later = try world.draft(due: "2026-12-31")
            later.document = other
            let draft = later
            _ = try await world.act(as: .secretariat) { try $0.require(draft, at: now) }
            func order() async throws -> [UID] {
                try await world.act { try $0.overview().items.map(\.document.uid) }
                    .filter { [resolution, other].contains($0) }
            }
            #expect(try await order() == [resolution, other])
            try await world.decide(early, .pleiku, .waive(reason: "Đã có"))
            try await world.decide(early, .quyNhon, .waive(reason: "Đã có"))
            #expect(try await order() == [other, resolution])
            // Page by page the list is the same.
            let (whole, paged) = try await world.act { store in
                var paged: [UID] = [], next: Cursor?
                repeat {
                    let page = try store.overview(page: PageRequest(after: next, limit: 1))
                    paged += page.items.map(\.document.uid)
                    next = page.next
                } while next != nil
                return (try store.overview().items.map(\.document.uid), paged)
            }
            #expect(paged == whole)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsTakenBackIsInNoList(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require(), now = world.now
            try await world.decide(row, .pleiku, .release(reason: "Đã sáp nhập"))
            #expect(try await world.states() == ["Phường Quy Nhơn due"])
            let added = try await world.act(as: .secretariat) {
                try $0.address(
                    row.uid, to: .units([try $0.units.find(typed: "Phường Pleiku")?.uid].compactMap { $0 }), seen: nil,
                    at: now
                ).added
            }
            #expect(added == 1)
            _ = try await world.act(as: .secretariat) {
                try $0.withdraw(row.uid, reason: "Thay đổi", seen: nil, at: now)
            }
            #expect(try await world.matrix().requirements.isEmpty)
            #expect(
                try await world.act { try $0.overview().items.contains { $0.document.uid == world.resolution.uid } }
                    == false)
            let again = await world.refusal {
                _ = try await world.act(as: .secretariat) {
                    try $0.withdraw(row.uid, reason: "Nữa", seen: nil, at: now)
                }
            }
            #expect(again == ["conflict coverage.error.withdrawn"])
            #expect(try await world.verbs(row) == ["withdrawn", "addressed", "released", "created"])
        }
    }
}
