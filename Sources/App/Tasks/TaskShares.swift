/// What the weights of the parts of a task come to: each is a share of their sum, which need not be 100. Pure.
public struct TaskShares: Sendable, Equatable {
    /// Somebody has weighed a part that counts; without weights all are equal.
    public let areWeighed: Bool
    /// A part that counts weighs nothing while others do.
    public let hasWeightless: Bool
    private let total: UInt128

    /// What the parts that count weigh together; without weights how many they are.
    public var whole: Int { Int(clamping: total) }

    init(_ parts: [TaskProgress.Part]) {
        let weights = parts.filter { !$0.isCancelled }.map(\.weight)
        let isWeighed = weights.contains { $0 > 0 }
        areWeighed = isWeighed
        hasWeightless = isWeighed && weights.contains { $0 <= 0 }
        // 64 bits of a weight: 128 bits hold the sum of any list that fits into memory.
        total = weights.reduce(0) { $0 + (isWeighed ? UInt128(max($1, 0)) : 1) }
    }

    /// What it is of ``whole``, which is the truth; nil of what does not count.
    public func share(of weight: Int, isCancelled: Bool = false) -> Int? {
        guard !isCancelled, total > 0, !areWeighed || weight > 0 else { return nil }
        return areWeighed ? max(weight, 0) : 1
    }

    /// The same in tenths of a percent, rounded: for show, since the roundings of many parts do not add up.
    public func tenths(of weight: Int, isCancelled: Bool = false) -> Int? {
        share(of: weight, isCancelled: isCancelled).map { Int((UInt128($0) * 2_000 + total) / (total * 2)) }
    }
}
