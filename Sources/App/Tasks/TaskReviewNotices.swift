import Storage

/// Tells the assigning side of tasks without a last day when the day of their review has come, once for each such day.
/// Any node may run it, more than one at a time, and again.
struct TaskReviewNotices {
    let tx: Transaction
    let today: Day

    /// Looks in a transaction that reads, and writes only where something was not told yet; returns how many were told.
    static func run(_ database: Database, today: Day, at now: Instant) async throws -> Int {
        let isWaiting = try await database.read { tx in
            try !TaskReviewNotices(tx: tx, today: today).waiting(limit: 1).isEmpty
        }
        guard isWaiting else { return 0 }
        return try await database.write { tx in try TaskReviewNotices(tx: tx, today: today).tell(at: now) }
    }

    func tell(at now: Instant) throws -> Int {
        let telling = NoticeTelling(tx: tx, today: today, now: now)
        let parties = TaskParties(tx: tx, today: today)
        var count = 0
        for row in try waiting(limit: TaskReviewNotices.most) {
            let task = row.task
            guard let review = task.deadline?.review else { continue }
            count += try telling.tell(
                Notice.News(kind: .review, subject: task.subject, occasion: review.text, due: review),
                to: try parties.directing(task, TaskParties.chasing, verifying: false))
        }
        return count
    }

    /// So many on one day; the others are told the next time.
    private static let most = 2_000

    /// Open, somebody still works on it, and nobody was told of its day of review. What is long past is no news.
    private func waiting(limit: Int) throws -> [TaskRow] {
        try TaskStore(tx: tx, viewer: .system("notices"), today: today).rows(
            """
            t.closed = 0 AND t.review_on < '9999-12-31' AND t.review_on <= \(today)
            AND t.review_on >= \(today.adding(days: -TaskDeadlineNotices.oldest)) AND \(TaskMap.running("t")) = 1
            AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.subject_kind = \(Subject.Kind.task.rawValue)
                AND n.subject_id = t.id AND n.kind = \(Notice.Kind.review.rawValue) AND n.occasion = t.review_on)
            """, order: "t.review_on, t.id", limit: limit)
    }
}
