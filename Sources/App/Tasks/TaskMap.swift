public import Storage

/// The tables that are made from tasks: `task_scope` (who may know of which; decides access), `task_recency`, and the
/// `unit_tally` that is counted from the scopes. Kept by every change of a task or of today's map of units, rebuilt by
/// `doctor`.
public struct TaskMap {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    private var tally: TaskTally { TaskTally(tx: tx) }

    /// Makes all anew, but not what search looks in. Some minutes for 1,000,000 tasks.
    public func rebuild() throws {
        for portion in try portions() {
            try tx.run("DELETE FROM task_scope WHERE task_id \(portion)")
            try tx.run("DELETE FROM task_recency WHERE task_id \(portion)")
            try insert("t.id \(portion)")
        }
        try tx.measure("task_scope", "task_recency")
        try tally.rebuild()
    }

    /// After a change of whom a task concerns, of its deadline or its secrecy, or when it opens or closes.
    func refresh(_ tasks: [Int64]) throws {
        for batch in KeyBatches.of(tasks) {
            let before = try tally.standing(of: batch, withActs: true)
            try tx.run("DELETE FROM task_scope WHERE task_id IN (\(list: batch))")
            try tx.run("DELETE FROM task_recency WHERE task_id IN (\(list: batch))")
            try insert("t.id IN (\(list: batch))")
            try tally.append(try tally.standing(of: batch, withActs: true), minus: before)
        }
        try SearchMap(tx: tx).refresh(.task, tasks)
    }

    /// After a change of state that moves no key, or of what waits: the rows of the scopes stay where they are. `state`:
    /// the new one, when it is another.
    func restate(_ task: ID<TaskItem>, _ state: TaskWorkflow.State? = nil) throws {
        if let state { try SearchMap(tx: tx).restate(.task, task.value, state: state.rawValue) }
        let before = try tally.standing(of: [task.value], withActs: false)
        try tx.run(
            """
            UPDATE task_scope SET state = (\(TaskMap.code("t"))), running = (\(TaskMap.running("t"))),
            waits = (\(TaskMap.waits("t"))) FROM task t WHERE t.id = task_scope.task_id AND task_scope.task_id = \(task)
            """)
        try tally.append(try tally.standing(of: [task.value], withActs: false), minus: before)
    }

    /// After another office was named, which may know of the task by that.
    func rename(_ task: ID<TaskItem>) throws { try SearchMap(tx: tx).refresh(.task, [task.value]) }

    /// After a change of an open task.
    func touch(_ task: ID<TaskItem>, at now: Instant) throws {
        try tx.run("UPDATE task_recency SET updated_at = \(now) WHERE task_id = \(task)")
    }

    /// After a change of today's map: the scopes of what these units lead, coordinate or have assigned.
    func refreshScopes(ofUnits units: [Int64]) throws {
        for batch in KeyBatches.of(units) {
            let tasks = try tx.all(
                "SELECT DISTINCT task_id FROM task_unit WHERE unit_id IN (\(list: batch)) ORDER BY task_id"
            ).map { try $0.int64(0) }
            try refresh(tasks)
        }
    }

    /// How many rows of each table differ from what a rebuild would make.
    public func differences(today: Day) throws -> [(table: String, missing: Int, surplus: Int)] {
        var scopes = (table: "task_scope", missing: 0, surplus: 0)
        var recency = (table: "task_recency", missing: 0, surplus: 0)
        for portion in try portions() {
            let stored: SQL = "task_id \(portion)", wanted: SQL = "t.id \(portion)"
            try compare(TaskMap.scopes(wanted), "\(TaskMap.storedScopes) WHERE \(stored)", &scopes)
            try compare(TaskMap.recency(wanted), "\(TaskMap.storedRecency) WHERE \(stored)", &recency)
        }
        return [scopes, recency, try tally.differences(today: today)]
    }

    private func compare(
        _ wanted: SQL, _ stored: SQL, _ found: inout (table: String, missing: Int, surplus: Int)
    ) throws {
        let (missing, surplus) = try tx.difference(wanted: wanted, stored: stored)
        found.missing += missing
        found.surplus += surplus
    }

    /// Conditions on the number of a task that share out all that there are, so that no statement takes long.
    private func portions() throws -> [SQL] {
        let last = try tx.first("SELECT COALESCE(MAX(id), 0) FROM task")?.int(0) ?? 0
        let starts = Array(stride(from: 0, through: last, by: TaskMap.portion))
        return starts.map { start in
            start == starts.last ? ">= \(start)" : "BETWEEN \(start) AND \(start &+ TaskMap.portion &- 1)"
        }
    }

    private static let portion = 100_000

    /// In the order of the keys: rows of many scopes would else be written all over the tables.
    private func insert(_ which: SQL) throws {
        try tx.run(
            """
            INSERT INTO task_scope (scope_id, closed, due, task_id, secrecy, pillar, document_id, state, running, waits,
                led, is_key, review_on, coordinates)
            SELECT * FROM (\(TaskMap.scopes(which))) n WHERE true ORDER BY 1, 2, 3, 4
            """)
        try tx.run(
            """
            INSERT INTO task_recency (scope_id, updated_at, task_id, secrecy)
            SELECT * FROM (\(TaskMap.recency(which))) n WHERE true ORDER BY 1, 2, 3
            """)
    }

    private static let storedScopes: SQL = """
        SELECT scope_id, closed, due, task_id, secrecy, pillar, document_id, state, running, waits, led, is_key, \
        review_on, coordinates FROM task_scope
        """
    private static let storedRecency: SQL = "SELECT scope_id, updated_at, task_id, secrecy FROM task_recency"

    /// Which scopes each task stands in: `scope_id`, `task_id`, whether it is counted there, and whether the very unit
    /// coordinates it and it is open. Of a draft those of the assigning unit.
    private static func places(_ which: SQL) -> SQL {
        let mine: SQL = "\(which) AND (t.closed < 2 OR i.part = 'assigning')"
        let led: SQL = "CASE WHEN t.closed < 2 AND i.part = 'lead' THEN 1 ELSE 0 END AS led"
        let open: SQL = "CASE WHEN t.closed = 0 AND i.part = 'coordinating' THEN 1 ELSE 0 END AS coordinates"
        return """
            SELECT q.scope_id, q.task_id, MAX(q.led) AS led, MAX(q.coordinates) AS coordinates FROM ( \
            SELECT r.ancestor_id * 4 + CASE r.hierarchy WHEN 'territory' THEN 0 WHEN 'state' THEN 1 ELSE 2 END \
            AS scope_id, t.id AS task_id, \(led), 0 AS coordinates FROM task t JOIN task_unit i ON i.task_id = t.id \
            JOIN unit_reach r ON r.unit_id = i.unit_id WHERE \(mine) \
            UNION ALL SELECT i.unit_id * 4 + 3, t.id, \(led), \(open) FROM task t JOIN task_unit i ON i.task_id = t.id \
            WHERE \(mine)) q GROUP BY q.scope_id, q.task_id
            """
    }

    private static func scopes(_ which: SQL) -> SQL {
        """
        SELECT p.scope_id, t.closed, t.due, t.id, t.secrecy, t.pillar, COALESCE(t.document_id, 0), \(code("t")), \
        \(running("t")), \(waits("t")), p.led, t.is_key, \
        CASE WHEN t.closed = 0 AND t.deadline_kind IN ('event', 'none') THEN t.review_on ELSE '' END, p.coordinates \
        FROM (\(places(which))) p JOIN task t ON t.id = p.task_id
        """
    }

    private static func recency(_ which: SQL) -> SQL {
        """
        SELECT p.scope_id, t.updated_at, t.id, t.secrecy FROM (\(places(which))) p JOIN task t ON t.id = p.task_id
        WHERE t.closed = 0
        """
    }

    /// The number of the state, as ``TaskWorkflow/State/code``. In the text, for a value in a selection has no type.
    static func code(_ alias: StaticString) -> SQL {
        """
        CASE \(SQL(static: alias)).state WHEN 'draft' THEN 1 WHEN 'issued' THEN 2 WHEN 'accepted' THEN 3 \
        WHEN 'refused' THEN 4 WHEN 'in_progress' THEN 5 WHEN 'declared' THEN 6 WHEN 'returned' THEN 7 \
        WHEN 'verified' THEN 8 WHEN 'closed' THEN 9 WHEN 'paused' THEN 10 WHEN 'cancelled' THEN 11 END
        """
    }

    /// Somebody asked for a later deadline and has no answer yet.
    private static func waits(_ alias: StaticString) -> SQL {
        let task = SQL(static: alias)
        return """
            CASE WHEN \(task).closed = 0 AND EXISTS (SELECT 1 FROM task_extension x WHERE x.task_id = \(task).id \
            AND x.decision = '') THEN 1 ELSE 0 END
            """
    }

    /// As ``TaskSchedule`` sees it: nothing runs while a task is paused, or declared in time and not yet looked at. 2:
    /// it is done, and it was late.
    static func running(_ alias: StaticString) -> SQL {
        let task = SQL(static: alias)
        return """
            CASE WHEN \(task).state IN ('verified', 'closed') AND \(task).declared_on > \(task).due \
            AND \(task).declared_on < \(Day.never) THEN 2 \
            WHEN \(task).state IN ('draft', 'paused', 'cancelled', 'verified', 'closed') THEN 0 \
            WHEN \(task).state = 'declared' AND \(task).declared_on <= \(task).due THEN 0 ELSE 1 END
            """
    }
}
