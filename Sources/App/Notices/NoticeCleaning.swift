import Storage

/// Throws away what was told long ago, read or not. What was told of the calendar stays as long as its day could make
/// it news again.
struct NoticeCleaning {
    let tx: Transaction
    let today: Day

    /// Days.
    static let retention = 180
    static let batch = 1_000

    /// One batch; returns how many went.
    func run() throws -> Int {
        let last = today.adding(days: -NoticeCleaning.retention)
        return try tx.run(
            """
            DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE day < \(last)
            AND (kind NOT IN (\(list: Notice.Kind.timed.map(\.rawValue))) OR due < \(last))
            ORDER BY day, id LIMIT \(NoticeCleaning.batch))
            """)
    }

    static func job(_ services: Services) -> BackgroundJob {
        BackgroundJob("notice-cleaning", every: .seconds(86_400)) {
            let today = services.clock.today()
            var (gone, all) = (0, 0)
            repeat {
                gone = try await services.database.write { tx in try NoticeCleaning(tx: tx, today: today).run() }
                all += gone
            } while gone == batch && !Task.isCancelled
            return "notices \(all)"
        }
    }
}
