import Storage

extension Migration {
    /// What lists and counts ask of a scope without reading a task: whether it is a key task, and the few that wait for
    /// somebody's word. The states of the tally move into one row for each unit.
    ///
    /// On PostgreSQL the key of `task_scope` holds what most lists are narrowed by; nothing that changes often, since a
    /// row is then written anew in every index.
    static let indexTaskScopes = Migration(
        "2026-11-30 task scope lists",
        [
            "ALTER TABLE task_scope ADD COLUMN is_key \(.bool01) NOT NULL DEFAULT 0 CHECK (is_key IN (0, 1))",
            """
            UPDATE task_scope SET is_key = 1
            WHERE EXISTS (SELECT 1 FROM task t WHERE t.id = task_scope.task_id AND t.is_key = 1)
            """,
            "CREATE INDEX task_scope_key ON task_scope(scope_id, closed, due, task_id) WHERE is_key = 1",
            // Refused, declared, returned: TaskQuery says the same words, so that the engines know them again.
            "CREATE INDEX task_scope_awaiting ON task_scope(scope_id, state, due, task_id) WHERE state IN (4, 6, 7)",
            """
            \(.only(.sqlite, "SELECT 1"))\(.only(.postgres, """
                CREATE UNIQUE INDEX task_scope_list ON task_scope(scope_id, closed, due, task_id)
                INCLUDE (secrecy, pillar, document_id)
                """))
            """,
            """
            \(.only(.sqlite, "SELECT 1"))\(.only(.postgres, "ALTER TABLE task_scope DROP CONSTRAINT task_scope_pkey"))
            """,
            """
            \(.only(.sqlite, "SELECT 1"))\(.only(.postgres,
                "ALTER TABLE task_scope ADD CONSTRAINT task_scope_pkey PRIMARY KEY USING INDEX task_scope_list"))
            """,
            """
            CREATE TABLE unit_standing (
                scope_id \(.int64) NOT NULL, secrecy \(.int64) NOT NULL,
                issued \(.int64) NOT NULL, accepted \(.int64) NOT NULL, refused \(.int64) NOT NULL,
                in_progress \(.int64) NOT NULL, declared \(.int64) NOT NULL, returned \(.int64) NOT NULL,
                verified \(.int64) NOT NULL, closed \(.int64) NOT NULL, paused \(.int64) NOT NULL,
                cancelled \(.int64) NOT NULL, done_late \(.int64) NOT NULL, waiting \(.int64) NOT NULL,
                PRIMARY KEY (scope_id, secrecy)
            ) \(.clustered)
            """,
            """
            INSERT INTO unit_standing (scope_id, secrecy, issued, accepted, refused, in_progress, declared, returned,
                verified, closed, paused, cancelled, done_late, waiting)
            SELECT scope_id, secrecy, CAST(SUM(CASE WHEN bucket = 's12' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's13' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's14' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's15' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's16' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's17' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's18' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's19' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's20' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 's21' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 'x' THEN n ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN bucket = 'w' THEN n ELSE 0 END) AS BIGINT)
            FROM unit_tally WHERE bucket >= 's' GROUP BY scope_id, secrecy
            """,
            "DELETE FROM unit_tally WHERE bucket >= 's'",
        ])
}
