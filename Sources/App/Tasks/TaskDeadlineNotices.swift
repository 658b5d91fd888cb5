import Storage

/// Tells of deadlines: some days before, and the day after. Any node may run it, more than one at a time, and again.
///
/// It walks the open tasks whose day is near, in the order of `task_due`: each batch is looked at in a short
/// transaction that reads, and only what was not told yet is told in one that writes.
struct TaskDeadlineNotices {
    let tx: Transaction
    let today: Day

    static let batch = 200
    /// That something is late for longer than this is no news. Shorter than ``NoticeCleaning/retention``, so that
    /// nothing is told again because it was cleaned away.
    static let oldest = 60

    /// Where the walk stands: behind this task.
    struct Place: Sendable, Equatable {
        let due: Day
        let id: Int64
    }

    /// Tells everything that is due to be told on the day; returns how many notices it made.
    static func run(_ database: Database, today: Day, at now: Instant) async throws -> Int {
        var told = 0
        var place: Place?
        try await database.write { tx in
            try NoticeTelling(tx: tx, today: today, now: now).withdrawFromTheFuture()
        }
        repeat {
            let from = place
            let (waiting, next) = try await database.read { tx in
                try TaskDeadlineNotices(tx: tx, today: today).waiting(after: from)
            }
            if !waiting.isEmpty {
                told += try await database.write { tx in
                    try TaskDeadlineNotices(tx: tx, today: today).tell(waiting, at: now)
                }
            }
            try Task.checkCancellation()
            place = next
        } while place != nil
        return try await told + TaskReviewNotices.run(database, today: today, at: now)
    }

    /// As ``run(_:today:at:)``, in a transaction that is open already.
    func run(at now: Instant) throws {
        var place: Place?
        repeat {
            let (waiting, next) = try waiting(after: place)
            _ = try tell(waiting, at: now)
            place = next
        } while place != nil
        _ = try TaskReviewNotices(tx: tx, today: today).tell(at: now)
    }

    /// Tasks of one batch that were not told of what holds today, and where the next batch begins.
    func waiting(after place: Place?) throws -> (tasks: [Int64], next: Place?) {
        let rows = try store.rows(
            "\(try near())\(beyond(place))", order: "t.due, t.id", limit: TaskDeadlineNotices.batch)
        let news = try untold(rows.map(\.task))
        let next =
            rows.count < TaskDeadlineNotices.batch
            ? nil : rows.last.map { Place(due: $0.task.due, id: $0.task.id.value) }
        return (news.map { $0.task.id.value }, next)
    }

    /// Looks again, since the tasks may have changed after they were found waiting.
    func tell(_ tasks: [Int64], at now: Instant) throws -> Int {
        guard !tasks.isEmpty else { return 0 }
        let telling = NoticeTelling(tx: tx, today: today, now: now)
        let parties = TaskParties(tx: tx, today: today)
        var count = 0
        let rows = try store.rows("t.id IN (\(list: tasks)) AND \(try near())", order: "t.id", limit: tasks.count)
        for news in try untold(rows.map(\.task)) {
            var offices = news.offices
            if news.kind == .overdue {
                offices += try parties.directing(news.task, TaskParties.chasing, verifying: false)
            }
            // One of them at a time: the nearer day stands for the one before.
            try telling.withdraw([.dueSoon], of: news.task.subject)
            count += try telling.tell(
                Notice.News(
                    kind: news.kind, subject: news.task.subject, occasion: news.occasion, due: news.task.due),
                to: offices)
        }
        return count
    }

    private struct News {
        let task: TaskItem
        let kind: Notice.Kind
        let occasion: String

        /// Who does it and who answers for it.
        var offices: [ID<Office>] { [task.performer, task.leader].compactMap(\.self) }
        func mark(_ office: ID<Office>) -> Mark {
            Mark(task: task.id.value, kind: kind.rawValue, occasion: occasion, office: office.value)
        }
    }

    private struct Mark: Hashable {
        let task: Int64
        let kind: String
        let occasion: String
        let office: Int64
    }

    private var store: TaskStore { TaskStore(tx: tx, viewer: .system("notices"), today: today) }

    /// Open, and somebody still owes something on a day that is near.
    private func near() throws -> SQL {
        let longest = try tx.first("SELECT COALESCE(MAX(warn_days_long), 0) FROM committee_rules")?.int(0) ?? 0
        let furthest = max(longest, TaskWarning.usual.max() ?? 0)
        return """
            t.closed = 0 AND t.due >= \(today.adding(days: -TaskDeadlineNotices.oldest)) \
            AND t.due <= \(today.adding(days: furthest)) AND \(TaskMap.running("t")) = 1
            """
    }

    private func beyond(_ place: Place?) -> SQL {
        place.map { " AND (t.due, t.id) > (\($0.due), \($0.id))" } ?? ""
    }

    /// What holds of the tasks today and was not yet told to all whom they name.
    private func untold(_ tasks: [TaskItem]) throws -> [News] {
        let all = try news(of: tasks)
        let told = try told(of: all.map { $0.task.id.value })
        return all.filter { news in news.offices.contains { !told.contains(news.mark($0)) } }
    }

    /// The rules are looked up once for each unit that assigns.
    private func news(of tasks: [TaskItem]) throws -> [News] {
        var rules: [ID<OrgUnit>: RulesInForce] = [:]
        return try tasks.compactMap { task in
            let known = try rules[task.assigningUnit] ?? store.rulesInForce(assigning: task.assigningUnit)
            rules[task.assigningUnit] = known
            return TaskWarning.told(due: task.due, start: task.start, today: today, known).map {
                News(task: task, kind: $0.kind, occasion: $0.occasion)
            }
        }
    }

    private func told(of tasks: [Int64]) throws -> Set<Mark> {
        guard !tasks.isEmpty else { return [] }
        return Set(
            try tx.all(
                """
                SELECT subject_id, kind, occasion, office_id FROM notice
                WHERE subject_kind = \(Subject.Kind.task.rawValue) AND subject_id IN (\(list: tasks))
                AND kind IN (\(list: Notice.Kind.timed.map(\.rawValue)))
                """
            ).map {
                Mark(task: try $0.int64(0), kind: try $0.text(1), occasion: try $0.text(2), office: try $0.int64(3))
            })
    }
}
