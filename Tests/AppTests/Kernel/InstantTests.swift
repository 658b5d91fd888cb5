import Testing

@testable import App

@Suite struct InstantTests {
    @Test func theTextIsRFC3339InUTC() {
        #expect(Instant(milliseconds: 0).text == "1970-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: 1_751_335_384_567).text == "2025-07-01T02:03:04.567Z")
        #expect(Instant(milliseconds: -1).text == "1969-12-31T23:59:59.999Z")
    }

    @Test func sumsDoNotOverflow() {
        let late = Instant(milliseconds: .max), early = Instant(milliseconds: .min)
        #expect(late.adding(.seconds(1)) == late)
        #expect(Instant(milliseconds: 0).adding(.seconds(Int64.max)).milliseconds == .max)
        #expect(Instant(milliseconds: 5).adding(.milliseconds(-7)).milliseconds == -2)
        #expect(!late.text.isEmpty && !early.text.isEmpty)
        _ = late.since(early)
    }

    /// A step back beyond the beginning stays in the past.
    @Test func aStepBackNeverLeadsForward() {
        let early = Instant(milliseconds: .min)
        #expect(early.adding(.seconds(-1)) <= early)
    }

    @Test func theDistanceIsNegativeWhenTheClockWentBack() {
        #expect(Instant(milliseconds: 1_000).since(Instant(milliseconds: 3_500)) == .milliseconds(-2_500))
    }
}
