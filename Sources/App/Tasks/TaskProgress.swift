/// Progress in whole percent, and how parts of a task add up to it. Weights are whole numbers; a negative one is none.
public enum TaskProgress {
    public static let range = 0...100

    static func clamped(_ percent: Int) -> Int { min(max(percent, range.lowerBound), range.upperBound) }

    /// A part of a task as the sum sees it.
    public struct Part: Sendable, Hashable {
        public var weight: Int
        public var percent: Int
        /// Does not count, whatever its weight.
        public var isCancelled: Bool

        public init(weight: Int, percent: Int, isCancelled: Bool = false) {
            self.weight = weight
            self.percent = percent
            self.isCancelled = isCancelled
        }
    }

    /// The weighted mean, rounded down, and 100 only when every part is at 100, also one that weighs nothing.
    /// Nil without a part that counts.
    public static func of(_ parts: [Part]) -> Int? {
        let parts = parts.filter { !$0.isCancelled }
        guard !parts.isEmpty else { return nil }
        let weights = effective(parts.map(\.weight))
        // 64 bits of a weight, 7 of a percent: 128 bits hold the sum of any list that fits into memory.
        var sum: UInt128 = 0, total: UInt128 = 0
        for (part, weight) in zip(parts, weights) {
            sum += weight * UInt128(clamped(part.percent))
            total += weight
        }
        let mean = total > 0 ? Int(sum / total) : 0
        return parts.allSatisfy { $0.percent >= range.upperBound } ? 100 : min(mean, 99)
    }

    /// All equal when nobody has weighed them.
    private static func effective(_ weights: [Int]) -> [UInt128] {
        weights.contains { $0 > 0 } ? weights.map { UInt128(max($0, 0)) } : weights.map { _ in 1 }
    }
}
