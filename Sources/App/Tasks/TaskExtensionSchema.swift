import Storage

extension Migration {
    /// A request may end without a decision. What waits of tasks that have ended already is withdrawn; the table is
    /// made anew, since SQLite changes no CHECK.
    static let withdrawExtensions = Migration(
        "2026-12-01 task extensions withdrawn",
        [
            """
            CREATE TABLE task_extension_new (
                id \(.id), uid \(.text) NOT NULL UNIQUE, task_id \(.int64) NOT NULL REFERENCES task(id),
                asked_at \(.int64) NOT NULL, asked_by \(.text) NOT NULL, reason \(.text) NOT NULL,
                from_due \(.text) NOT NULL, to_due \(.text) NOT NULL CHECK (to_due > from_due),
                decision \(.text) NOT NULL CHECK (decision IN ('', 'granted', 'refused', 'withdrawn')),
                decided_at \(.int64), decided_by \(.text) NOT NULL, answer \(.text) NOT NULL
            ) \(.strict)
            """,
            """
            INSERT INTO task_extension_new (uid, task_id, asked_at, asked_by, reason, from_due, to_due, decision,
                decided_at, decided_by, answer)
            SELECT x.uid, x.task_id, x.asked_at, x.asked_by, x.reason, x.from_due, x.to_due,
                CASE WHEN x.decision = '' AND t.closed = 1 THEN 'withdrawn' ELSE x.decision END,
                x.decided_at, x.decided_by, x.answer
            FROM task_extension x JOIN task t ON t.id = x.task_id ORDER BY x.id
            """,
            "DROP TABLE task_extension",
            "ALTER TABLE task_extension_new RENAME TO task_extension",
            "CREATE INDEX task_extension_task ON task_extension(task_id, decision, id)",
        ])
}
