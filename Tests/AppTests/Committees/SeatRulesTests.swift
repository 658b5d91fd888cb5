import Testing

@testable import App

/// Which seats stand in each other's way; without a database.
@Suite struct SeatRulesTests {
    private static let days = (0...4).map { Day(number: 20_000 + $0 * 30) ?? .never }

    private func span(
        _ field: String?, _ position: SeatPosition, person: Int64? = nil, title: String = "Bí thư", _ from: Int,
        _ to: Int
    ) -> SeatSpan {
        SeatSpan(
            field: field, position: position, person: person.map { ID($0) }, title: title, from: Self.days[from],
            to: Self.days[to])
    }

    private func problems(_ spans: [SeatSpan]) -> [String] {
        var found = Validation()
        SeatRules.check(spans, &found)
        return found.problems.map { "\($0.field) \($0.message.key)" }
    }

    @Test func onePersonSitsOnceAtATime() {
        let old = span(nil, .member, person: 1, 0, 2)
        #expect(problems([old, span("", .secretary, person: 1, 1, 3)]) == ["person committee.error.seat_doubled"])
        #expect(problems([old, span("", .secretary, person: 1, 2, 3)]) == [], "the day on which the other is over")
        #expect(problems([old, span("", .secretary, person: 2, 1, 3)]) == [])
    }

    @Test func thereIsOneHeadAtATimeAndSeveralDeputies() {
        let head = span(nil, .head, person: 1, 0, 4)
        #expect(problems([head, span("", .head, person: 2, 3, 4)]) == ["position committee.error.second_head"])
        let deputies = [span("a.", .deputyHead, person: 3, 0, 4), span("b.", .deputyHead, person: 4, 0, 4)]
        #expect(problems([head] + deputies) == [])
    }

    @Test func twoSeatsOfOneRoleCannotBeToldApart() {
        let old = span(nil, .member, title: "Giám đốc Sở Y tế", 0, 4)
        #expect(
            problems([old, span("", .member, title: "giam doc so y te", 1, 2)]) == ["title committee.error.same_title"])
        #expect(problems([old, span("", .deputyHead, title: "Giám đốc Sở Y tế", 1, 2)]) == [])
        #expect(problems([old, span("", .member, person: 1, title: "Giám đốc Sở Y tế", 1, 2)]) == [])
    }

    @Test func ofTwoNewOnesTheLaterIsTold() {
        let both = [span("a.", .head, person: 1, 0, 4), span("b.", .head, person: 2, 0, 4)]
        #expect(problems(both) == ["b.position committee.error.second_head"])
    }

    @Test func aSeatTakenBackBeforeADayPassedIsInNobodysWay() {
        #expect(problems([span(nil, .head, person: 1, 1, 1), span("", .head, person: 1, 0, 4)]) == [])
    }
}
