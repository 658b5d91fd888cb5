public import Storage

/// `unit_tally` and `unit_standing`: how many tasks are led below each unit, by day and by act, and by state, so that no
/// page counts tasks.
///
/// A cache, kept in the transaction of every change and rebuilt by `doctor`. No row depends on today: what is late is a
/// range of days, so that nothing has to move on at midnight.
public struct TaskTally {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// What is counted, as the text that orders it: days first, then acts, then states.
    enum Bucket {
        static let afterActs = "s"
        static let extensionWaits = "w"
        static let doneLate = "x"

        /// Somebody owes something by this day.
        static func due(_ day: Day) -> String { day.text }
        static func state(_ state: TaskWorkflow.State) -> String { "s\(state.code + 10)" }
        static func act(_ act: TaskWorkflow.Act, on day: Day) -> String { "a\(day.text) \(act.rawValue)" }
        /// Before every act of that day.
        static func acts(from day: Day) -> String { "a\(day.text)" }
    }

    struct Key: Hashable {
        let scope: Int64
        let bucket: String
        let secrecy: Int
    }

    /// Reports on progress are many and change no state: they are not counted.
    static func counts(_ act: TaskWorkflow.Act) -> Bool { act != .progress }

    // MARK: - What each task adds

    /// What these tasks add to the tally as their scopes stand now.
    func standing(of tasks: [Int64], withActs: Bool) throws -> [Key: Int] {
        var sum: [Key: Int] = [:]
        let rows = try tx.all(
            """
            SELECT scope_id, secrecy, state, due, running, waits FROM task_scope
            WHERE task_id IN (\(list: tasks)) AND led = 1
            """)
        for row in rows {
            let scope = try row.int64(0), secrecy = try row.int(1)
            for bucket in try TaskTally.buckets(row) {
                sum[Key(scope: scope, bucket: bucket, secrecy: secrecy), default: 0] += 1
            }
        }
        guard withActs else { return sum }
        for row in try tx.all(TaskTally.acts("s.task_id IN (\(list: tasks))")) {
            let key = Key(scope: try row.int64(0), bucket: try row.text(1), secrecy: try row.int(2))
            sum[key, default: 0] += try row.int(3)
        }
        return sum
    }

    private static func buckets(_ row: Row) throws -> [String] {
        var all = ["s\(try row.int(2) + 10)"]
        switch try row.int(4) {
        case 1: all.append(try row.text(3))
        case 2: all.append(Bucket.doneLate)
        default: break
        }
        if try row.bool(5) { all.append(Bucket.extensionWaits) }
        return all
    }

    /// Appends what has changed.
    func append(_ after: [Key: Int], minus before: [Key: Int]) throws {
        let changed = Set(after.keys).union(before.keys).compactMap { key -> (Key, Int)? in
            let change = (after[key] ?? 0) - (before[key] ?? 0)
            return change == 0 ? nil : (key, change)
        }
        guard !changed.isEmpty else { return }
        let ordered = changed.sorted {
            ($0.0.scope, $0.0.bucket, $0.0.secrecy) < ($1.0.scope, $1.0.bucket, $1.0.secrecy)
        }
        try tx.insert(
            into: "unit_tally_delta", ["scope_id", "bucket", "secrecy", "n"],
            rows: ordered.map { key, n in
                [.integer(key.scope), .text(key.bucket), .integer(Int64(key.secrecy)), .integer(Int64(n))]
            })
    }

    /// Counts one act of each task where it stands.
    func count(_ act: TaskWorkflow.Act, of tasks: [ID<TaskItem>], on day: Day) throws {
        guard TaskTally.counts(act) else { return }
        try tx.run(
            """
            INSERT INTO unit_tally_delta (scope_id, bucket, secrecy, n)
            SELECT scope_id, CAST(\(Bucket.act(act, on: day)) AS TEXT), secrecy, 1 FROM task_scope
            WHERE task_id IN (\(list: tasks)) AND led = 1
            """)
    }

    // MARK: - Folding

    /// So many appended rows are folded at a time.
    static let batch = 20_000

    func hasPending() throws -> Bool { try tx.first("SELECT 1 FROM unit_tally_delta LIMIT 1") != nil }

    /// Adds what was appended to the rows of the tally; returns how much there was. What is appended meanwhile is in
    /// neither of the two statements, which see one snapshot.
    func fold() throws -> Int {
        let end = try tx.first(
            """
            SELECT MAX(id) FROM (SELECT id FROM unit_tally_delta ORDER BY id LIMIT \(TaskTally.batch)) b
            """)
        guard let last = try end?.optionalInt64(0) else { return 0 }
        try tx.run(
            """
            INSERT INTO unit_tally (scope_id, bucket, secrecy, n)
            SELECT scope_id, bucket, secrecy, CAST(SUM(n) AS BIGINT) FROM unit_tally_delta
            WHERE id <= \(last) AND bucket < \(Bucket.afterActs)
            GROUP BY scope_id, bucket, secrecy HAVING SUM(n) <> 0
            ON CONFLICT (scope_id, bucket, secrecy) DO UPDATE SET n = unit_tally.n + excluded.n
            """)
        try tx.run(
            TaskStanding.add("SELECT scope_id, bucket, secrecy, n FROM unit_tally_delta WHERE id <= \(last)"))
        let count = try tx.run("DELETE FROM unit_tally_delta WHERE id <= \(last)")
        try tx.run("DELETE FROM unit_tally WHERE n = 0")
        return count
    }

    /// Acts are counted so many days back.
    static let actDays = 92

    /// Forgets the acts of long ago.
    func forgetActs(today: Day) throws {
        let first = Bucket.acts(from: TaskTally.firstDay(today))
        try tx.run("DELETE FROM unit_tally WHERE bucket >= 'a' AND bucket < \(first)")
    }

    private static func firstDay(_ today: Day) -> Day { today.adding(days: -actDays) }

    // MARK: - Making anew

    func rebuild() throws {
        try tx.run("DELETE FROM unit_tally_delta")
        try tx.run("DELETE FROM unit_tally")
        try tx.run("DELETE FROM unit_standing")
        try tx.run(
            """
            INSERT INTO unit_tally (scope_id, bucket, secrecy, n)
            SELECT * FROM (\(TaskTally.wantedDays("1 = 1"))) w WHERE true
            """)
        try tx.run(TaskStanding.add(TaskTally.wantedStates("1 = 1")))
    }

    /// So many units are compared at a time.
    private static let portion: Int64 = 1_000

    /// How many rows differ from what a rebuild would make; what was appended counts. Of acts, those that are counted:
    /// older ones may be forgotten or not.
    func differences(today: Day) throws -> (table: String, missing: Int, surplus: Int) {
        var found = (table: "unit_tally", missing: 0, surplus: 0)
        let since = TaskTally.firstDay(today)
        let end = try tx.first(
            """
            SELECT MAX(scope_id) FROM (SELECT MAX(scope_id) AS scope_id FROM task_scope
            UNION ALL SELECT MAX(scope_id) FROM unit_tally UNION ALL SELECT MAX(scope_id) FROM unit_standing
            UNION ALL SELECT MAX(scope_id) FROM unit_tally_delta) m
            """)
        for first in stride(from: 0, through: try end?.optionalInt64(0) ?? 0, by: Int(TaskTally.portion) * 4) {
            let which: SQL = "scope_id >= \(first) AND scope_id < \(first + TaskTally.portion * 4)"
            let row = try tx.first(
                """
                SELECT COUNT(CASE WHEN n < 0 THEN 1 END), COUNT(CASE WHEN n > 0 THEN 1 END) FROM (SELECT SUM(n) AS n FROM (
                \(stored(which, since)) UNION ALL
                SELECT scope_id, bucket, secrecy, -n FROM (\(TaskTally.wantedStates(which)) UNION ALL
                \(TaskTally.wantedDays(which, since))) w) x GROUP BY scope_id, bucket, secrecy) y
                """)
            found.missing += try row?.int(0) ?? 0
            found.surplus += try row?.int(1) ?? 0
        }
        return found
    }

    private func stored(_ which: SQL, _ since: Day) -> SQL {
        let kept: SQL = "(bucket < 'a' OR bucket >= \(Bucket.acts(from: since)))"
        return """
            SELECT scope_id, bucket, secrecy, n FROM unit_tally WHERE \(which) AND \(kept) UNION ALL
            SELECT scope_id, bucket, secrecy, n FROM unit_tally_delta WHERE \(which) AND \(kept) UNION ALL
            SELECT scope_id, bucket, secrecy, n FROM (\(TaskStanding.rows)) r WHERE \(which)
            """
    }

    private static func acts(_ which: SQL) -> SQL {
        """
        SELECT s.scope_id, 'a' || r.day || ' ' || r.act AS bucket, s.secrecy, COUNT(*) AS n FROM task_scope s
        JOIN task_report r ON r.task_id = s.task_id WHERE s.led = 1 AND r.act <> 'progress' AND \(which)
        GROUP BY s.scope_id, r.day, r.act, s.secrecy
        """
    }

    private static func wantedStates(_ which: SQL) -> SQL {
        """
        SELECT scope_id, 's' || CAST(state + 10 AS TEXT) AS bucket, secrecy, COUNT(*) AS n FROM task_scope \
        WHERE led = 1 AND \(which) GROUP BY scope_id, state, secrecy \
        UNION ALL SELECT scope_id, 'x', secrecy, COUNT(*) FROM task_scope WHERE led = 1 AND running = 2 AND \(which) \
        GROUP BY scope_id, secrecy \
        UNION ALL SELECT scope_id, 'w', secrecy, COUNT(*) FROM task_scope WHERE led = 1 AND waits = 1 AND \(which) \
        GROUP BY scope_id, secrecy
        """
    }

    /// `since`: acts from this day on.
    private static func wantedDays(_ which: SQL, _ since: Day? = nil) -> SQL {
        let late: SQL = since.map { " AND r.day >= \($0)" } ?? ""
        return """
            SELECT scope_id, due AS bucket, secrecy, COUNT(*) AS n FROM task_scope WHERE led = 1 AND running = 1 AND \(which) \
            GROUP BY scope_id, due, secrecy UNION ALL \(acts("\(which)\(late)"))
            """
    }
}
