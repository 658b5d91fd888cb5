import Testing

@testable import App

/// What each act is told to whom, as a table, and which warning holds on which day.
@Suite struct TaskNewsTests {
    private static func both(_ kind: Notice.Kind) -> [TaskNews] {
        [TaskNews(kind: kind, party: .performer), TaskNews(kind: kind, party: .leader)]
    }

    @Test func everyActTellsWhomItConcerns() {
        let table: [Event.Verb: [TaskNews]] = [
            .given: [
                TaskNews(kind: .assigned, party: .performer), TaskNews(kind: .accountable, party: .leader),
                TaskNews(kind: .coordinating, party: .coordinating),
            ],
            .accepted: [], .progressed: [], .closed: [], .created: [], .changed: [], .discarded: [],
            .refused: [TaskNews(kind: .refused, party: .directing)],
            .declared: [TaskNews(kind: .declared, party: .verifying)],
            .verified: Self.both(.verified), .returned: Self.both(.returned), .paused: Self.both(.paused),
            .resumed: Self.both(.resumed), .cancelled: Self.both(.cancelled),
            .reopened: Self.both(.reopened) + [TaskNews(kind: .handedOn, party: .predecessor)],
            .reassigned: [
                TaskNews(kind: .handedOver, party: .successor), TaskNews(kind: .handedOn, party: .predecessor),
            ],
            .extensionAsked: [TaskNews(kind: .extensionAsked, party: .extending)],
            .extensionDecided: Self.both(.extensionRefused),
        ]
        for (verb, expected) in table { #expect(TaskNews.told(of: verb) == expected, "\(verb.rawValue)") }
        #expect(TaskNews.told(of: .extensionDecided, granted: true) == Self.both(.extensionGranted))
        for act in TaskWorkflow.Act.allCases { #expect(table[act.verb] != nil, "\(act.rawValue) is not in the table") }
    }

    @Test func whatIsSettledIsTakenBack() {
        let timed: Set<Notice.Kind> = [.dueSoon, .overdue, .review]
        let table: [Event.Verb: Set<Notice.Kind>] = [
            .given: timed.union([.refused]), .declared: timed.union([.extensionAsked, .vacant]),
            .paused: timed, .returned: [.declared], .refused: [.extensionAsked, .vacant], .reassigned: [.vacant],
            .verified: timed.union([.declared, .extensionAsked]),
            .cancelled: timed.union([.declared, .refused, .extensionAsked, .vacant]),
            .extensionDecided: [.extensionAsked],
            .accepted: [], .progressed: [], .resumed: [], .reopened: [], .closed: [],
            .extensionAsked: [],
        ]
        for (verb, expected) in table { #expect(Set(TaskNews.settled(by: verb)) == expected, "\(verb.rawValue)") }
        #expect(Set(TaskNews.settled(by: .extensionDecided, granted: true)) == timed.union([.extensionAsked]))
    }

    private func rules(_ short: Int, _ long: Int) -> RulesInForce {
        var rules = CommitteeRules.standard
        (rules.warnDays, rules.warnDaysLong) = (short, long)
        return RulesInForce(rules: rules, regulation: nil, isStandard: false)
    }

    @Test func theRegulationSaysFromWhenOthersAreWarnedAsUsual() {
        let usual = RulesInForce(rules: .standard, regulation: nil, isStandard: true)
        #expect(TaskWarning.days(span: 10, usual) == [7, 3, 1] && TaskWarning.days(span: 300, usual) == [7, 3, 1])
        #expect(TaskWarning.days(span: 30, rules(3, 15)) == [3, 1])
        #expect(TaskWarning.days(span: 31, rules(3, 15)) == [15, 7, 3, 1])
        #expect(TaskWarning.days(span: 10, rules(0, 0)).allSatisfy { $0 == 0 }, "no warning is wanted")
    }

    @Test func oneWarningHoldsOnADay() throws {
        let today = try #require(Day(parsing: "2026-11-22"))
        let usual = RulesInForce(rules: .standard, regulation: nil, isStandard: true)
        func told(_ left: Int) -> String {
            let found = TaskWarning.told(due: today.adding(days: left), start: .never, today: today, usual)
            return found.map { "\($0.kind.rawValue) \($0.occasion)" } ?? "nothing"
        }
        #expect(told(8) == "nothing")
        #expect(told(7) == "due-soon 2026-11-29/7" && told(4) == "due-soon 2026-11-26/7")
        #expect(told(3) == "due-soon 2026-11-25/3" && told(2) == "due-soon 2026-11-24/3")
        #expect(told(1) == "due-soon 2026-11-23/1" && told(0) == "due-soon 2026-11-22/1")
        #expect(told(-1) == "overdue 2026-11-21" && told(-40) == "overdue 2026-10-13")
        #expect(TaskWarning.told(due: .never, start: .never, today: today, usual) == nil)
        #expect(TaskWarning.told(due: today, start: today, today: today, rules(0, 0)) == nil)
    }
}
