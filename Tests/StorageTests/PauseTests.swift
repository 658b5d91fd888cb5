import Testing

@testable import Storage

/// How long those who collided wait before they try again.
@Suite struct PauseTests {
    private func longest(_ conflicts: Int, _ attempt: Duration) -> Duration {
        PostgresDriver.longestPause(after: conflicts, of: attempt)
    }

    @Test func itGrowsWithWhatWasTriedAndWithEachConflict() {
        #expect(longest(1, .milliseconds(10)) == .milliseconds(20))
        #expect(longest(4, .milliseconds(10)) == .milliseconds(160))
        #expect(longest(1, .microseconds(3)) == .milliseconds(4))
        #expect(longest(4, .seconds(3)) == .seconds(1))
        #expect(longest(.max, .seconds(3_600)) == .seconds(1))
    }
}
