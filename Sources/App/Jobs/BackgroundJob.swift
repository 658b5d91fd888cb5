/// Work that is done without anybody asking: shallow, it calls one function of a feature.
///
/// It may be ended anywhere and run again, and on another node: what it does must hold either way.
public struct BackgroundJob: Sendable {
    /// Names the lease; the same on every node.
    public let name: String
    /// From the end of one run to the beginning of the next.
    public let every: Duration
    /// A cheap look that says whether there is anything to do; a run costs a lease, this should cost one query.
    let isNeeded: @Sendable () async throws -> Bool
    /// The work. The words it returns are kept with the lease, for the operator.
    let run: @Sendable () async throws -> String

    public init(
        _ name: String, every: Duration, isNeeded: @escaping @Sendable () async throws -> Bool = { true },
        run: @escaping @Sendable () async throws -> String
    ) {
        self.name = name
        self.every = every
        self.isNeeded = isNeeded
        self.run = run
    }
}
