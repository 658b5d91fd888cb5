import Storage

extension Migration {
    /// What a scope says besides of open tasks: on which day one without a last day is to be reviewed, and which the unit
    /// itself coordinates. Each is few of many rows, with an index of its own; empty and 0 elsewhere.
    static let scopeReviews = Migration(
        "2026-11-30 task reviews",
        [
            "ALTER TABLE task_scope ADD COLUMN review_on \(.text) NOT NULL DEFAULT ''",
            """
            ALTER TABLE task_scope ADD COLUMN coordinates \(.bool01) NOT NULL DEFAULT 0 CHECK (coordinates IN (0, 1))
            """,
            """
            UPDATE task_scope SET review_on = (SELECT t.review_on FROM task t WHERE t.id = task_scope.task_id)
            WHERE task_id IN (SELECT id FROM task WHERE closed = 0 AND due = '9999-12-31'
                AND deadline_kind IN ('event', 'none'))
            """,
            """
            UPDATE task_scope SET coordinates = 1
            WHERE task_id IN (SELECT i.task_id FROM task_unit i JOIN task t ON t.id = i.task_id
                WHERE i.part = 'coordinating' AND t.closed = 0)
            AND EXISTS (SELECT 1 FROM task_unit i WHERE i.task_id = task_scope.task_id AND i.part = 'coordinating'
                AND i.unit_id * 4 + 3 = task_scope.scope_id)
            """,
            "CREATE INDEX task_scope_review ON task_scope(scope_id, review_on, task_id) WHERE review_on > ''",
            "CREATE INDEX task_scope_coordinated ON task_scope(scope_id, due, task_id) WHERE coordinates = 1",
            // The country's, for the notices of a day.
            "CREATE INDEX task_review ON task(review_on, id) WHERE closed = 0 AND review_on < '9999-12-31'",
        ])
}
