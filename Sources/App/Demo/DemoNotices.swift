import Storage

/// The notices of the demonstration were told by the acts themselves, at their moments. What is left: the deadlines of
/// the day, and that everybody has read what is older than a week.
struct DemoNotices {
    let tx: Transaction
    let today: Day
    let now: Instant

    func finish() throws {
        try TaskDeadlineNotices(tx: tx, today: today).run(at: now)
        let hour: Int64 = 3_600_000
        try tx.run(
            """
            UPDATE notice SET unread = 0, read_at = at + \(hour) WHERE unread = 1 AND day < \(today.adding(days: -7))
            """)
    }
}
