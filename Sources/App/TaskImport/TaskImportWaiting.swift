import Storage

/// A file that waits, as its person finds it again.
struct WaitingImport: Sendable {
    let id: Int64
    let uid: UID
    let name: String
    let madeAt: Instant
    /// What was found when it was checked; nil of a file of which it was not written down.
    let found: Found?

    struct Found: Sendable, Equatable {
        /// Rows that can become drafts, and those of them that the gate finds clear.
        let good: Int
        let clear: Int

        init(good: Int, clear: Int) { (self.good, self.clear) = (good, clear) }

        init(_ report: TaskImportReport) { self.init(good: report.good, clear: report.clear) }
    }

    var href: String { TaskImportRecord.path(uid) }
    /// When it is let go.
    var until: Instant { madeAt.adding(TaskStore.patience) }
}

/// The same with its bytes.
struct KeptImport: Sendable {
    let waiting: WaitingImport
    let content: [UInt8]
}

extension TaskStore {
    /// So long a checked file waits.
    static let patience = Duration.seconds(86_400)

    /// Keeps a checked file, one for each person, and lets go of those that nobody came back for. As long as it waits,
    /// its counts are what would be taken and what is clear.
    func keepImport(_ content: [UInt8], _ report: TaskImportReport, at now: Instant) throws -> WaitingImport {
        guard let person = viewer.personID, let unit = try ownUnits().last else {
            throw AppError.forbidden(Message("task.error.no_office"))
        }
        let (uid, oldest) = (UID.new(at: now), TaskStore.oldest(now))
        try tx.run("DELETE FROM task_import WHERE taken_at = 0 AND (person_id = \(person) OR made_at < \(oldest))")
        let row = try tx.first(
            """
            INSERT INTO task_import
                (uid, person_id, unit_id, name, sha256, made_at, taken_at, lines, taken, issued, content)
            VALUES (\(uid), \(person), \(unit), \(report.file), \(report.hash), \(now), 0, \(report.rows), \(report.good),
                \(report.clear), \(content)) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the file that waits has no id") }
        return WaitingImport(
            id: try row.int64(0), uid: uid, name: report.file, madeAt: now, found: WaitingImport.Found(report))
    }

    /// The file that waits for this person in the unit for which they work.
    func waitingImport(at now: Instant) throws -> WaitingImport? {
        guard let row = try ownImport("taken_at = 0", "NULL", at: now) else { return nil }
        return try waiting(row)
    }

    /// It is this person's and not taken yet.
    func isWaiting(_ uid: UID, at now: Instant) throws -> Bool { try waitingImport(at: now)?.uid == uid }

    /// The checked file, for the person who sent it, in the unit for which they did. Once it is taken it is a conflict.
    func keptImport(_ uid: UID, at now: Instant) throws -> KeptImport {
        guard let row = try ownImport("uid = \(uid)", "content", at: now) else { throw AppError.notFound }
        guard let content = try row.optionalBlob(7) else { throw AppError.conflict(Message("task-import.taken")) }
        return KeptImport(waiting: try waiting(row), content: content)
    }

    /// Lets go of a file that its person does not want.
    func discardImport(_ uid: UID, at now: Instant) throws {
        let kept = try keptImport(uid, at: now).waiting
        try tx.run("DELETE FROM task_import WHERE id = \(kept.id) AND taken_at = 0")
    }

    /// The newest of this person's in the unit for which they work; not one that has waited too long.
    private func ownImport(_ which: SQL, _ content: SQL, at now: Instant) throws -> Row? {
        guard let person = viewer.personID, let unit = try ownUnits().last else { return nil }
        return try tx.first(
            """
            SELECT id, uid, name, made_at, taken, issued, lines, \(content) FROM task_import
            WHERE \(which) AND person_id = \(person) AND unit_id = \(unit)
            AND (taken_at > 0 OR made_at >= \(TaskStore.oldest(now))) ORDER BY id DESC LIMIT 1
            """)
    }

    private func waiting(_ row: Row) throws -> WaitingImport {
        let found = WaitingImport.Found(good: try row.int(4), clear: try row.int(5)), lines = try row.int(6)
        return WaitingImport(
            id: try row.int64(0), uid: try row.uid(1), name: try row.text(2), madeAt: try row.instant(3),
            found: lines > 0 ? found : nil)
    }

    private static func oldest(_ now: Instant) -> Instant { now.adding(Duration.zero - patience) }
}
