import Testing

@testable import App

/// A task is issued when it is clear on every point; the refusal names each that is not, at once.
@Suite struct TaskClarityTests {
    private static var six: CommitteeRules {
        var rules = CommitteeRules.standard
        rules.clearPoints = 6
        return rules
    }

    private func clear() -> TaskFacts {
        TaskFacts(
            title: "Xây dựng nền tảng dữ liệu dùng chung", description: "Kết nối 12 sở",
            start: Day(parsing: "2026-07-01"),
            deadline: Deadline(typed: "quý III/2026"), hasLeadUnit: true, performer: .inPlace, leader: .inPlace,
            products: [
                .init(name: "Nền tảng dữ liệu", kind: "system", criterion: "100% xã đăng nhập và tra cứu được hồ sơ")
            ], hasAuthority: true)
    }

    private func told(_ facts: TaskFacts, _ rules: CommitteeRules = .standard) -> [String] {
        TaskClarity(facts, rules: rules).findings.map {
            "\($0.point.rawValue) \($0.problem.field) \($0.problem.message.key.replacing("task.clarity.", with: ""))"
        }
    }

    @Test func aClearTaskIsClear() {
        #expect(TaskClarity(clear(), rules: Self.six).isClear)
        #expect(TaskClarity(clear(), rules: Self.six).clear == ClarityPoint.allCases)
        #expect(TaskClarity(clear()).clear.count == 5)
    }

    @Test func anEmptyTaskHearsOfAllSix() {
        let clarity = TaskClarity(TaskFacts(), rules: Self.six)
        #expect(
            told(TaskFacts(), Self.six) == [
                "person performer person.missing", "work title work.missing", "time deadline time.missing",
                "responsibility lead_unit responsibility.unit_missing",
                "responsibility leader responsibility.leader_missing", "product products product.missing",
                "authority authority authority.missing",
            ])
        #expect(clarity.clear.isEmpty && !clarity.isClear)
        #expect(clarity.problems.map(\.field).count == 7)
    }

    @Test func authorityIsAskedOnlyBySix() {
        var facts = clear()
        facts.hasAuthority = false
        #expect(told(facts) == [])
        #expect(told(facts, Self.six) == ["authority authority authority.missing"])
    }

    @Test(arguments: TaskFacts.Holder.allCases) func thePersonHoldsAnOfficeInTheLeadUnit(_ holder: TaskFacts.Holder) {
        var facts = clear()
        facts.performer = holder
        let reason = ["nobody": "missing", "elsewhere": "elsewhere"][holder.rawValue]
        #expect(told(facts) == (reason.map { ["person performer person.\($0)"] } ?? []))
    }

    @Test(arguments: TaskFacts.Holder.allCases) func theLeaderAnswersAndIsNotThePerformer(_ holder: TaskFacts.Holder) {
        var facts = clear()
        facts.leader = holder
        let reason = ["nobody": "leader_missing", "elsewhere": "leader_elsewhere"][holder.rawValue]
        #expect(told(facts) == (reason.map { ["responsibility leader responsibility.\($0)"] } ?? []))
        facts.leaderIsPerformer = true
        let same = holder == .nobody ? "leader_missing" : "leader_is_performer"
        #expect(told(facts) == ["responsibility leader responsibility.\(same)"])
    }

    @Test(arguments: [
        ("", "missing"), ("...", "missing"), ("Chuyển đổi", "short"), ("Báo cáo!", "short"),
        ("Hoàn thành nhiệm vụ được giao", "filler"), ("Triển khai thực hiện nhiệm vụ", "filler"),
        ("Ban hành kế hoạch", nil), ("Hoàn thành cao tốc Bắc Nam", nil),
    ]) func aTitleSaysWhatTheWorkIs(_ title: String, _ reason: String?) {
        var facts = clear()
        facts.title = title
        #expect(told(facts) == (reason.map { ["work title work.\($0)"] } ?? []))
    }

    @Test func theTimeIsADeadlineThatStands() throws {
        var facts = clear()
        facts.deadline = .day(try #require(Day(number: 0)))
        #expect(told(facts) == ["time deadline deadline.error.epoch"])
        facts.deadline = Deadline(typed: "30/6/2026")
        #expect(told(facts) == ["time deadline deadline.error.before_start"])
        let review = try #require(Day(parsing: "2026-12-31"))
        facts.deadline = .undated(reason: "Nhiệm vụ thường xuyên hằng năm", reviewOn: review)
        #expect(told(facts) == [])
        facts.deadline = .undated(reason: "không có", reviewOn: review)
        #expect(told(facts) == ["time deadline_words time.filler"])
        facts.deadline = .event("...", reviewOn: review)
        #expect(told(facts) == ["time deadline_words time.filler"])
        facts.deadline = .event(" ", reviewOn: .never)
        #expect(
            told(facts) == ["time deadline_words deadline.error.event_missing", "time review_on deadline.error.year"])
    }

    @Test(arguments: [
        ("", "missing"), (" \n", "missing"), ("...", "filler"), ("N/A", "filler"), ("tbd", "filler"), ("OK", "filler"),
        ("Hoàn thành", "filler"), ("hoàn thành đúng hạn", "filler"), ("HOÀN THÀNH TỐT, đúng thời hạn.", "filler"),
        ("Theo quy định", "filler"), ("Hoàn thành 100% nhiệm vụ được giao theo quy định", "filler"),
        ("Đạt yêu cầu, bảo đảm chất lượng, tiến độ", "filler"), ("Completed on time and as required", "filler"),
        ("hoan thanh dung han", "filler"), ("Nền tảng dữ liệu", "repeats"), ("nền tảng  DỮ LIỆU.", "repeats"),
        ("Xây dựng nền tảng dữ liệu dùng chung", "repeats"), ("kết nối 12 sở", "repeats"), ("98% xong", "filler"),
        ("98% hồ sơ", "short"),
        ("12 sở dùng", "short"), ("Nghiệm thu", "short"), ("3.321 xã", "short"), ("Được UBND tỉnh phê duyệt", nil),
        ("Nghiệm thu A", nil),
        ("Quỹ đất được giao", nil), ("95% hồ sơ đúng hạn", nil),
    ]) func aCriterionSaysSomethingOfItsOwn(_ criterion: String, _ reason: String?) {
        var facts = clear()
        facts.products = [.init(name: "Nền tảng dữ liệu", kind: "system", criterion: criterion)]
        #expect(told(facts) == (reason.map { ["product products.0.criterion criterion.\($0)"] } ?? []))
    }

    @Test func everyProductIsLookedAt() {
        var facts = clear()
        facts.products.append(.init(name: " - ", kind: "", criterion: "tốt"))
        #expect(
            told(facts) == [
                "product products.1.name product.name_missing", "product products.1.kind product.kind_missing",
                "product products.1.criterion criterion.filler",
            ])
        #expect(TaskClarity(facts).clear == [.person, .work, .time, .responsibility])
    }

    @Test func fillerIsWholePhrasesOnly() {
        #expect(FillerWords.isAll(of: "") && FillerWords.isAll(of: "?!") && FillerWords.isAll(of: "2026"))
        #expect(!FillerWords.isAll(of: "hoàn") && !FillerWords.isAll(of: "theo") && !FillerWords.isAll(of: "quy"))
        #expect(FillerWords.isAll(of: String(repeating: "hoàn thành ", count: 20_000)))
    }
}
