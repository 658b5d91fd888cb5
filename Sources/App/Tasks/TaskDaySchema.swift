import Storage

extension Migration {
    /// First and last day of a task as whole numbers, days since 1970-01-01, which both engines make by themselves from
    /// the days as they are written: how far the work is behind its time is compared in a list, where SQL counts no days.
    /// What was done after its day has an index of its own, as what waits for a word has.
    static let numberTaskDays = Migration(
        "2026-11-30 task days in numbers",
        [
            """
            \(.only(.sqlite, """
                ALTER TABLE task ADD COLUMN start_number INTEGER
                GENERATED ALWAYS AS (CAST(julianday(start_on) - 2440587.5 AS INTEGER)) VIRTUAL
                """))\(.only(.postgres, """
                ALTER TABLE task ADD COLUMN start_number BIGINT GENERATED ALWAYS AS (
                    make_date(CAST(substr(start_on, 1, 4) AS INTEGER), CAST(substr(start_on, 6, 2) AS INTEGER),
                    CAST(substr(start_on, 9, 2) AS INTEGER)) - DATE '1970-01-01') STORED,
                ADD COLUMN due_number BIGINT GENERATED ALWAYS AS (
                    make_date(CAST(substr(due, 1, 4) AS INTEGER), CAST(substr(due, 6, 2) AS INTEGER),
                    CAST(substr(due, 9, 2) AS INTEGER)) - DATE '1970-01-01') STORED
                """))
            """,
            """
            \(.only(.sqlite, """
                ALTER TABLE task ADD COLUMN due_number INTEGER
                GENERATED ALWAYS AS (CAST(julianday(due) - 2440587.5 AS INTEGER)) VIRTUAL
                """))\(.only(.postgres, "SELECT 1"))
            """,
            "CREATE INDEX task_scope_done_late ON task_scope(scope_id, due, task_id) WHERE running = 2",
        ])
}
