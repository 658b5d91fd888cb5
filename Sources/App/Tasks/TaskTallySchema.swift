import Storage

extension Migration {
    /// Which acts were done since a day, wherever: reports on progress are many and not among them.
    static let indexTaskActs = Migration(
        "2026-11-30 task acts",
        ["CREATE INDEX task_report_acts ON task_report(act, day, id) WHERE act <> 'progress'"])

    /// How many tasks stand below each unit. `task_scope` learns by which of its rows a task is counted (`led`: the scopes
    /// of the lead unit, so that parts add up to the whole), and whether a request to extend waits for an answer.
    ///
    /// What many writers share is appended to `unit_tally_delta` and folded by one job: a row of a whole province would
    /// make its communes wait for each other.
    static let createUnitTally = Migration(
        "2026-11-30 unit tally",
        [
            "ALTER TABLE task_report ADD COLUMN day \(.text) NOT NULL DEFAULT ''",
            "ALTER TABLE task_scope ADD COLUMN led \(.bool01) NOT NULL DEFAULT 0 CHECK (led IN (0, 1))",
            "ALTER TABLE task_scope ADD COLUMN waits \(.bool01) NOT NULL DEFAULT 0 CHECK (waits IN (0, 1))",
            """
            UPDATE task_scope SET led = 1 WHERE closed < 2 AND EXISTS (SELECT 1 FROM task t WHERE t.id = task_scope.task_id
                AND (task_scope.scope_id = t.lead_unit_id * 4 + 3 OR EXISTS (SELECT 1 FROM unit_reach r
                WHERE r.unit_id = t.lead_unit_id AND task_scope.scope_id = r.ancestor_id * 4
                    + CASE r.hierarchy WHEN 'territory' THEN 0 WHEN 'state' THEN 1 ELSE 2 END)))
            """,
            """
            UPDATE task_scope SET waits = 1 WHERE closed = 0 AND EXISTS (SELECT 1 FROM task_extension x
                WHERE x.task_id = task_scope.task_id AND x.decision = '')
            """,
            // Done, but after the day.
            """
            UPDATE task_scope SET running = 2 WHERE closed = 1 AND EXISTS (SELECT 1 FROM task t
                WHERE t.id = task_scope.task_id AND t.state IN ('verified', 'closed') AND t.declared_on > t.due
                AND t.declared_on < '9999-12-31')
            """,
            "CREATE INDEX task_scope_waits ON task_scope(scope_id, due, task_id) WHERE waits = 1",
            // `bucket`: see TaskTally.Bucket.
            """
            CREATE TABLE unit_tally (
                scope_id \(.int64) NOT NULL, bucket \(.text) NOT NULL, secrecy \(.int64) NOT NULL,
                n \(.int64) NOT NULL, PRIMARY KEY (scope_id, bucket, secrecy)
            ) \(.clustered)
            """,
            "CREATE INDEX unit_tally_empty ON unit_tally(scope_id) WHERE n = 0",
            """
            CREATE TABLE unit_tally_delta (
                id \(.id), scope_id \(.int64) NOT NULL, bucket \(.text) NOT NULL, secrecy \(.int64) NOT NULL,
                n \(.int64) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX unit_tally_delta_scope ON unit_tally_delta(scope_id)",
            """
            INSERT INTO unit_tally (scope_id, bucket, secrecy, n)
            SELECT scope_id, 's' || CAST(state + 10 AS TEXT), secrecy, COUNT(*) FROM task_scope WHERE led = 1
                GROUP BY scope_id, state, secrecy
            UNION ALL SELECT scope_id, due, secrecy, COUNT(*) FROM task_scope WHERE led = 1 AND running = 1
                GROUP BY scope_id, due, secrecy
            UNION ALL SELECT scope_id, 'x', secrecy, COUNT(*) FROM task_scope WHERE led = 1 AND running = 2
                GROUP BY scope_id, secrecy
            UNION ALL SELECT scope_id, 'w', secrecy, COUNT(*) FROM task_scope WHERE led = 1 AND waits = 1
                GROUP BY scope_id, secrecy
            """,
        ])
}
