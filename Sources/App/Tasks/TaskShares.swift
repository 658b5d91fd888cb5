/// What the weights of the parts of a task come to: each is a share of their sum, which need not be 100. Pure.
public struct TaskShares: Sendable, Equatable {
    /// Somebody has weighed a part that counts; without weights all are equal.
    public let areWeighed: Bool
    /// A part that counts weighs nothing while others do.
    public let hasWeightless: Bool
    private let total: UInt128

    init(_ parts: [TaskProgress.Part]) {
        let weights = parts.filter { !$0.isCancelled }.map(\.weight)
        let isWeighed = weights.contains { $0 > 0 }
        areWeighed = isWeighed
        hasWeightless = isWeighed && weights.contains { $0 <= 0 }
        // 64 bits of a weight: 128 bits hold the sum of any list that fits into memory.
        total = weights.reduce(0) { $0 + (isWeighed ? UInt128(max($1, 0)) : 1) }
    }

    /// In whole percent, rounded; nil of what does not count.
    public func share(of weight: Int, isCancelled: Bool = false) -> Int? {
        guard !isCancelled, total > 0, !areWeighed || weight > 0 else { return nil }
        let own = areWeighed ? UInt128(max(weight, 0)) : 1
        return Int((own * 200 + total) / (total * 2))
    }
}
