import Storage

extension TaskDeadlineNotices {
    private static let name = "task-deadlines"

    /// Once for each day in the configured zone, and again for a day to which the clock went back.
    static func job(_ services: Services) -> BackgroundJob {
        BackgroundJob(name, every: .seconds(60)) {
            let today = services.clock.today()
            return try await services.database.read { tx in
                isNeeded(today: today, last: try JobDay.last(name, tx).flatMap { Day(parsing: $0) })
            }
        } run: {
            let (today, now) = (services.clock.today(), services.clock.now())
            let told = try await run(services.database, today: today, at: now)
            try await services.database.write { tx in try JobDay.keep(name, today, tx) }
            return "notices \(told) for \(today)"
        }
    }

    /// One day ahead is the clock of another node shortly before midnight here.
    static func isNeeded(today: Day, last: Day?) -> Bool {
        guard let last else { return true }
        return last < today || last > today.adding(days: 1)
    }
}
