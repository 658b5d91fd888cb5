import Testing

@testable import App

@Suite struct TaskProgressTests {
    private func part(_ weight: Int, _ percent: Int, cancelled: Bool = false) -> TaskProgress.Part {
        TaskProgress.Part(weight: weight, percent: percent, isCancelled: cancelled)
    }

    @Test func theMeanIsWeightedAndRoundedDown() {
        #expect(TaskProgress.of([part(1, 50)]) == 50)
        #expect(TaskProgress.of([part(3, 100), part(1, 0)]) == 75)
        #expect(TaskProgress.of([part(1, 33), part(1, 34)]) == 33)
        #expect(TaskProgress.of([part(1, 0), part(999, 1)]) == 0)
    }

    @Test func withoutWeightsAllAreEqual() {
        #expect(TaskProgress.of([part(0, 100), part(0, 0), part(0, 50)]) == 50)
        #expect(TaskProgress.of([part(-5, 100), part(0, 0)]) == 50)
        #expect(TaskProgress.of([part(-5, 100), part(1, 10)]) == 10)
    }

    @Test func aHundredOnlyWhenAllAreAtAHundred() {
        #expect(TaskProgress.of([part(1, 100), part(1, 100)]) == 100)
        #expect(TaskProgress.of([part(1_000_000, 100), part(1, 99)]) == 99)
        // It weighs nothing, but it is not done.
        #expect(TaskProgress.of([part(1, 100), part(0, 0)]) == 99)
        #expect(TaskProgress.of([part(1, 100), part(0, 100)]) == 100)
    }

    @Test func cancelledPartsDoNotCount() {
        #expect(TaskProgress.of([part(9, 0, cancelled: true), part(1, 40)]) == 40)
        #expect(TaskProgress.of([part(9, 0, cancelled: true), part(1, 100)]) == 100)
        #expect(TaskProgress.of([part(9, 100, cancelled: true), part(0, 40), part(0, 60)]) == 50)
    }

    @Test func withoutPartsThereIsNoProgress() {
        #expect(TaskProgress.of([]) == nil)
        #expect(TaskProgress.of([part(1, 100, cancelled: true)]) == nil)
    }

    @Test func hugeWeightsAndPercentsDoNotTrap() {
        let huge = Array(repeating: part(.max, 100), count: 1_000) + [part(.max, 0)]
        #expect(TaskProgress.of(huge) == 99)
        #expect(TaskProgress.of([part(.max, .max), part(.min, .min)]) == 99)
        #expect(TaskProgress.of([part(1, .min)]) == 0)
    }

    /// Any weights: the mean lies between the extremes, and is what it says, rounded down.
    @Test func theMeanIsBetween() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let weights = (0..<Int.random(in: 1...150, using: &random)).map { _ in
                Int.random(in: 0...1_000, using: &random)
            }
            let total = weights.reduce(0, +)
            let parts = weights.map { part($0, Int.random(in: 0...100, using: &random)) }
            let percents = parts.map(\.percent)
            let mean = TaskProgress.of(parts) ?? -1
            #expect(mean >= percents.min() ?? 0 && mean <= percents.max() ?? 0)
            let all = parts.reduce(0) { $0 + $1.weight * $1.percent }
            if total > 0, mean < 99 { #expect(mean == all / total) }
        }
    }
}
