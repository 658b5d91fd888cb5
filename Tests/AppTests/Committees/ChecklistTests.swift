import Storage
import TestSupport
import Testing

@testable import App

/// What a committee needs before it can steer: stated, computed, and as of a day.
@Suite struct ChecklistTests {
    @Test(arguments: Engine.allCases) func eachItemSaysSinceWhenAndOnWhatPaper(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let day = CommitteeWorld.day
            try await all.act { store in
                let team = OrganDraft(kind: .supportTeam, name: "Tổ giúp việc Gia Lai", from: day, decision: "QĐ 6")
                _ = try store.addOrgan(uid, team, seen: nil, at: World.start)
                let rules = RulesDraft(reference: "01-QC/BCĐ", from: store.today, rules: .standard)
                _ = try store.setRules(uid, rules, seen: nil, at: World.start)
                let notice = PaperDraft(
                    item: .notice, reference: "02-TB/BCĐ", from: store.today, to: store.today.adding(days: 5))
                _ = try store.addPaper(uid, notice, seen: nil, at: World.start)
            }
            let today = try await all.detail(), later = try await all.detail(on: day)
            #expect(today.checklist.map(\.state) == [.done, .done, .done, .coming, .done])
            #expect(later.checklist.map(\.state) == [.done, .done, .lapsed, .done, .done])
            #expect(later.checklist.map(\.day)[3] == day)
            #expect(later.checklist.map(\.reference)[3] == "Tổ giúp việc Gia Lai")
            #expect(today.progress.missing == [.supportTeam] && later.progress.missing == [.notice])
            let counted = try await all.act { store in
                let id = try store.find(uid).committee.id
                return [store.today, day].map { try? store.progress(of: [id], on: $0)[id] }
            }
            #expect(counted == [today.progress, later.progress], "the list counts as the page does")
        }
    }

    @Test(arguments: Engine.allCases) func aNewRegulationEndsTheOneBefore(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let day = CommitteeWorld.day
            try await all.act { store in
                for (reference, from) in [("QC 1", store.today), ("QC 2", day)] {
                    let paper = PaperDraft(item: .regulation, reference: reference, from: from)
                    _ = try store.addPaper(uid, paper, seen: nil, at: World.start)
                }
            }
            let papers = try await all.detail().papers.filter { $0.item == .regulation }
            #expect(papers.map(\.to) == [day, .never])
            let early = try await all.refusal { store in
                let paper = PaperDraft(item: .regulation, reference: "QC 3", from: store.today)
                _ = try store.addPaper(uid, paper, seen: nil, at: World.start)
            }
            #expect(early == ["from committee.error.regulation_later"])
        }
    }

    @Test(arguments: Engine.allCases) func aPaperStatedWronglyIsTakenBack(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, plan) = (try all.uid(), try world.committee(.provinceSteering).paper)
            let first = try #require(try await all.detail().papers.first { $0.uid == plan }).from
            try await all.act {
                _ = try $0.endPaper(
                    uid, paper: plan, CommitteeEnd(from: first, decision: "Đính chính"), seen: nil, at: World.start)
            }
            #expect(try await all.detail().checklist.last?.state == .missing)
            let team = try await all.refusal { store in
                let paper = PaperDraft(item: .supportTeam, reference: "x", from: store.today)
                _ = try store.addPaper(uid, paper, seen: nil, at: World.start)
            }
            #expect(team == ["item committee.error.item_is_computed"])
        }
    }

    @Test(arguments: Engine.allCases) func anOrganIsAUnitForATime(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, agency, science) = (
                try all.uid(), try world.committee(.provinceSteering).organ, try world.uid(.science)
            )
            let doubled = try await all.refusal { store in
                let organ = OrganDraft(
                    kind: .standingAgency, unit: science, from: store.today, decision: "QĐ 7")
                _ = try store.addOrgan(uid, organ, seen: nil, at: World.start)
            }
            #expect(doubled == ["unit committee.error.organ_doubled"])
            let day = CommitteeWorld.day
            try await all.act {
                let end = CommitteeEnd(from: day, decision: "QĐ 8")
                _ = try $0.endOrgan(uid, organ: agency, end, seen: nil, at: World.start)
                let council = OrganDraft(kind: .advisoryCouncil, name: "Hội đồng tư vấn", from: day, decision: "QĐ 8")
                _ = try $0.addOrgan(uid, council, seen: nil, at: World.start)
            }
            let organs = try await all.detail().organs
            #expect(organs.map(\.organ.kind) == [.standingAgency, .advisoryCouncil])
            #expect(organs.map(\.organ.to) == [day, .never])
            let unit = try await all.act { store in
                try store.units.detail(try #require(organs.last?.unit).uid, on: day)
            }
            #expect(unit.row.kind == .advisoryCouncil)
            #expect(unit.parents.first { $0.hierarchy == .state }?.unit?.name == "Ban Chỉ đạo tỉnh Gia Lai")
        }
    }
}
