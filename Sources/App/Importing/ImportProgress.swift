/// Where an import stands, for a bar.
public struct ImportProgress: Sendable, Equatable {
    public enum Phase: String, Sendable, CaseIterable { case reading, checking, writing, mapping }
    public let phase: Phase
    /// Rows; bytes while reading.
    public let done: Int
    public let total: Int

    public init(_ phase: Phase, done: Int, total: Int) {
        self.phase = phase
        self.done = done
        self.total = total
    }

    public typealias Callback = @Sendable (ImportProgress) -> Void
}
