import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Checklist and card say the same of the working regulation, and a regulation by which nobody could decide is told of.
@Suite struct RulesNotesTests {
    private static let unstated = "Chưa ghi nhận nội dung"
    private static let nobody = "Không ai quyết định được việc gia hạn"

    private static func rules(_ extenders: Set<DeadlineExtender>, warnDays: Int = 3) -> CommitteeRules {
        var rules = CommitteeRules.standard
        (rules.extenders, rules.warnDays) = (extenders, warnDays)
        return rules
    }

    @Test(arguments: Engine.allCases) func aRegulationKnownByItsNumberAloneIsSaidToBeThere(_ engine: Engine)
        async throws
    {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let browser = try world.browser(as: .secretariat)
            let before = try await browser.get("/committees/\(uid)").text
            #expect(before.contains("Chưa có quy chế nào có hiệu lực") && !before.contains(Self.unstated))
            try await all.act { store in
                let paper = PaperDraft(item: .regulation, reference: "05-QC/BCĐ", from: store.today)
                _ = try store.addPaper(uid, paper, seen: nil, at: World.start)
            }
            let page = try await browser.get("/committees/\(uid)").text
            #expect(!page.contains("Chưa có quy chế nào có hiệu lực"), "the checklist says that there is one")
            // Of the checklist, and of the card.
            #expect(page.components(separatedBy: Self.unstated).count - 1 == 2)
            #expect(page.contains("Đã có quy chế, nhưng chưa ghi nhận nội dung"))
            #expect(try await browser.get("/committees/\(uid)/rules").text.contains(Self.unstated))
            // The form has its number and day, and adds what it lays down.
            let form = try await browser.get("/committees/\(uid)/rules/new").text
            #expect(form.contains("value=\"05-QC/BCĐ\""))
            let held = try await all.act { store in
                let draft = RulesDraft(
                    reference: " 05-QC/BCĐ ", from: store.today, rules: Self.rules([.head, .assigner]))
                _ = try store.setRules(uid, draft, seen: nil, at: World.start)
                return try store.regulations(of: try store.find(uid))
            }
            #expect(held.map(\.isStandard) == [false] && held.map(\.regulation?.reference) == ["05-QC/BCĐ"])
            #expect(held.first?.rules.extenders == [.head, .assigner])
            let after = try await browser.get("/committees/\(uid)").text
            #expect(after.contains("05-QC/BCĐ") && !after.contains(Self.unstated))
            // What it lays down is never overwritten, and another of the same day stays in the way.
            for reference in ["05-QC/BCĐ", "06-QC/BCĐ"] {
                let refused = try await all.refusal { store in
                    let draft = RulesDraft(reference: reference, from: store.today, rules: .standard)
                    _ = try store.setRules(uid, draft, seen: nil, at: World.start)
                }
                #expect(refused == ["from committee.error.regulation_later"])
            }
        }
    }

    @Test(arguments: Engine.allCases) func whereNobodyCouldExtendThePagesWarn(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let (uid, agency) = (try all.uid(), try world.committee(.provinceSteering).organ)
            let browser = try world.browser(as: .secretariat)
            let hint = "Nếu chỉ chọn cơ quan thường trực thì không ai quyết định được"
            #expect(try await browser.get("/committees/\(uid)/rules/new").text.contains(hint) == false)
            try await all.act { store in
                let draft = RulesDraft(reference: "07-QC/BCĐ", from: store.today, rules: Self.rules([.standingAgency]))
                _ = try store.setRules(uid, draft, seen: nil, at: World.start)
            }
            for path in ["", "/rules"] {
                #expect(try await browser.get("/committees/\(uid)\(path)").text.contains(Self.nobody) == false)
            }
            try await all.act { store in
                let end = CommitteeEnd(from: store.today, decision: "QĐ 8")
                _ = try store.endOrgan(uid, organ: agency, end, seen: nil, at: World.start)
            }
            for path in ["", "/rules"] {
                let page = try await browser.get("/committees/\(uid)\(path)").text
                #expect(page.contains(Self.nobody), "\(path)")
                #expect(page.contains("/organs/new?kind=standing-agency"), "\(path)")
            }
            #expect(try await browser.get("/committees/\(uid)/rules/new").text.contains(hint))
        }
    }

    @Test func onlyTheAgencyAloneLeavesNobody() {
        let day = CommitteeWorld.day
        #expect(Self.rules([.standingAgency]).leavesNobody([], on: day))
        for extenders in [Set([DeadlineExtender.assigner]), [.head, .standingAgency], [.assigner, .standingAgency]] {
            #expect(!Self.rules(extenders).leavesNobody([], on: day))
        }
    }

    /// The card tells the days on which people are reminded, as the job reckons them.
    @Test(arguments: Engine.allCases) func theCardTellsTheDaysOfReminders(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let browser = try world.browser(as: .secretariat)
            func told() async throws -> String { try await browser.get("/committees/\(uid)").text }
            #expect(try await told().contains("nhiệm vụ ngắn (đến 30 ngày): 7, 3, 1; nhiệm vụ dài: 7, 3, 1"))
            try await all.act { store in
                for (from, days) in [(store.today, 3), (store.today.adding(days: 1), 0)] {
                    let draft = RulesDraft(
                        reference: "QC \(days)", from: from, rules: Self.rules([.assigner], warnDays: days))
                    _ = try store.setRules(uid, draft, seen: nil, at: World.start)
                }
            }
            #expect(try await told().contains("nhiệm vụ ngắn (đến 30 ngày): 3, 1; nhiệm vụ dài: 15, 7, 3, 1"))
            let next = world.today.adding(days: 1)
            #expect(
                try await browser.get("/committees/\(uid)?on=\(next.text)").text
                    .contains("nhiệm vụ ngắn (đến 30 ngày): không nhắc; nhiệm vụ dài: 15, 7, 3, 1"))
        }
    }
}
