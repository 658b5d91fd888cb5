import Storage
import TestSupport
import Testing

@testable import App

/// What a working regulation lays down, day by day.
@Suite struct RulesTests {
    private static let day = CommitteeWorld.day

    private static func rules(_ change: (inout CommitteeRules) -> Void = { _ in }) -> CommitteeRules {
        var rules = CommitteeRules.standard
        change(&rules)
        return rules
    }

    @Test(arguments: Engine.allCases) func theStandardHoldsUntilARegulationSaysOtherwise(_ engine: Engine) async throws
    {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let monthly = Self.rules {
                $0.cadence = .monthly
                $0.clearPoints = 6
                $0.extenders = [.head, .standingAgency]
            }
            let found = try await all.act { store in
                let id = try store.find(uid).committee.id
                let first = try store.rules(for: id, on: store.today)
                let draft = RulesDraft(reference: "01-QC/BCĐ", from: Self.day, rules: monthly)
                _ = try store.setRules(uid, draft, seen: nil, at: World.start)
                return [
                    first, try store.rules(for: id, on: Self.day.adding(days: -1)),
                    try store.rules(for: id, on: Self.day),
                ]
            }
            #expect(found.map(\.rules) == [.standard, .standard, monthly])
            #expect(found.map(\.isStandard) == [true, true, false])
            #expect(found.map(\.regulation?.reference) == [nil, nil, "01-QC/BCĐ"])
            #expect(try await all.lastEvent()?.after["extenders"] == "head standing-agency")
        }
    }

    @Test(arguments: Engine.allCases) func aVersionIsNeverOverwritten(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let versions = try await all.act { store in
                for (reference, from, warn) in [("QC 1", store.today, 3), ("QC 2", Self.day, 5)] {
                    let draft = RulesDraft(reference: reference, from: from, rules: Self.rules { $0.warnDays = warn })
                    _ = try store.setRules(uid, draft, seen: nil, at: World.start)
                }
                return try store.regulations(of: try store.find(uid))
            }
            #expect(versions.map(\.rules.warnDays) == [3, 5])
            #expect(versions.map(\.regulation?.to) == [Self.day, .never])
            let event = try await all.lastEvent()
            #expect(event?.before["warn_days"] == "3" && event?.after["warn_days"] == "5")
            #expect(event?.after["cadence"] == nil, "only what changed")
        }
    }

    @Test(arguments: Engine.allCases) func rulesThatCannotBeAreRefused(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let wrong = Self.rules {
                $0.extenders = []
                $0.warnDaysLong = 1
                $0.cutOffDay = 31
            }
            let problems = try await all.refusal { store in
                let draft = RulesDraft(reference: "QC", from: store.today, rules: wrong)
                _ = try store.setRules(uid, draft, seen: nil, at: World.start)
            }
            #expect(
                problems == [
                    "extenders portfolio.error.nobody_extends", "warn_days_long portfolio.error.warn_order",
                    "cut_off_day portfolio.error.cut_off",
                ])
            #expect(try await all.detail().papers.allSatisfy { $0.item != .regulation }, "no half of it stays")
        }
    }

    @Test(arguments: Engine.allCases) func theFormComesBackWithItsBoxes(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let uid = try CommitteeWorld(world: world).uid()
            let browser = try world.browser(as: .secretariat)
            let form = try await browser.get("/committees/\(uid)/rules/new")
            #expect(form.text.contains("name=\"extender.assigner\" checked"))
            let typed = [
                ("version", "1"), ("reference", "01-QC/BCĐ"), ("from", "22/11/2026"), ("cadence", "monthly"),
                ("calendar", "administrative"), ("cut_off_day", "32"), ("clear_points", "6"), ("warn_days", "3"),
                ("warn_days_long", "15"), ("extender.head", "1"),
            ]
            let wrong = try await browser.post("/committees/\(uid)/rules", form: typed)
            #expect(wrong.status == 422 && wrong.text.contains("id=\"f-cut_off_day-reason\""))
            #expect(wrong.text.contains("name=\"extender.head\" checked"))
            let done = try await browser.post(
                "/committees/\(uid)/rules", form: typed.map { $0.0 == "cut_off_day" ? ("cut_off_day", "14") : $0 })
            #expect(done.status == 303)
            let page = try await browser.get("/committees/\(uid)/rules").text
            #expect(page.contains("6 rõ: thêm rõ thẩm quyền") && page.contains("01-QC/BCĐ"))
            // Nothing goes by the meetings and the cut-off yet, and both places where they stand say so.
            let notYet = "hiện chưa có phần nào tính theo các quy định đó"
            #expect(page.contains("Hằng tháng") && page.contains(notYet))
            let committee = try await browser.get("/committees/\(uid)").text
            #expect(committee.contains("Hằng tháng") && committee.contains(notYet))
            let json = try await world.api(as: .member).get("/api/v1/committees/\(uid)/rules").json
            #expect(json["extenders"] as? [String] == ["head"] && json["standard"] as? Bool == false)
        }
    }
}
