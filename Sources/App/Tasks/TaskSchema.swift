import Storage

extension Migration {
    /// Tasks, what hangs on them, and the tables that are made from these: `task_scope` (who may know of which, in the
    /// order of lists) and `task_recency` (the same by last change, open tasks only).
    ///
    /// No sort key is NULL: a task without a day is due on `9999-12-31`. `closed`: 0 open, 1 closed, 2 draft.
    static let createTasks = Migration(
        "2026-11-25 task",
        [
            """
            CREATE TABLE task (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                title \(.text) NOT NULL CHECK (title <> ''), title_key \(.text) NOT NULL, title_fold \(.text) NOT NULL,
                description \(.text) NOT NULL, lead_unit_id \(.int64) NOT NULL REFERENCES unit(id),
                assigning_unit_id \(.int64) NOT NULL REFERENCES unit(id),
                performer_id \(.int64) REFERENCES office(id), responsible_id \(.int64) NOT NULL,
                leader_id \(.int64) REFERENCES office(id), authority_id \(.int64) REFERENCES office(id),
                document_id \(.int64) REFERENCES document(id), paragraph \(.text) NOT NULL,
                parent_id \(.int64) REFERENCES task(id) CHECK (parent_id <> id),
                priority \(.text) NOT NULL CHECK (priority IN ('normal', 'high', 'urgent')),
                is_key \(.bool01) NOT NULL CHECK (is_key IN (0, 1)), pillar \(.text) NOT NULL,
                task_group \(.text) NOT NULL, secrecy \(.int64) NOT NULL CHECK (secrecy BETWEEN 0 AND 2),
                deadline_kind \(.text) NOT NULL CHECK (deadline_kind IN
                    ('', 'day', 'month', 'quarter', 'half', 'nine_months', 'year', 'event', 'none')),
                due \(.text) NOT NULL, deadline_words \(.text) NOT NULL, review_on \(.text) NOT NULL,
                original_due \(.text) NOT NULL, start_on \(.text) NOT NULL,
                weight \(.int64) NOT NULL CHECK (weight >= 0),
                state \(.text) NOT NULL, state_before \(.text) NOT NULL CHECK ((state = 'paused') = (state_before <> '')),
                closed \(.int64) NOT NULL CHECK (closed BETWEEN 0 AND 2),
                percent \(.int64) NOT NULL CHECK (percent BETWEEN 0 AND 100),
                declared_on \(.text) NOT NULL, declared_by \(.int64) NOT NULL,
                has_evidence \(.bool01) NOT NULL CHECK (has_evidence IN (0, 1)), extensions \(.int64) NOT NULL,
                updated_at \(.int64) NOT NULL, version \(.int64) NOT NULL,
                CHECK (deadline_kind <> '' OR closed = 2),
                CHECK ((deadline_kind IN ('', 'event', 'none')) = (due = '9999-12-31'))
            ) \(.strict)
            """,
            "CREATE INDEX task_due ON task(closed, due, id)",
            "CREATE INDEX task_responsible ON task(responsible_id, closed, due, id)",
            "CREATE INDEX task_document ON task(document_id, closed, due, id)",
            "CREATE INDEX task_parent ON task(parent_id, id)",
            "CREATE INDEX task_performer ON task(performer_id, closed, due, id)",
            "CREATE INDEX task_leader ON task(leader_id, closed, due, id)",
            "CREATE INDEX task_authority ON task(authority_id, closed, due, id)",
            // Which units a task concerns: one leads, one has assigned, others coordinate.
            """
            CREATE TABLE task_unit (
                task_id \(.int64) NOT NULL REFERENCES task(id),
                part \(.text) NOT NULL CHECK (part IN ('lead', 'assigning', 'coordinating')),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), PRIMARY KEY (task_id, part, unit_id)
            ) \(.clustered)
            """,
            "CREATE INDEX task_unit_unit ON task_unit(unit_id, task_id)",
            """
            CREATE TABLE task_product (
                task_id \(.int64) NOT NULL REFERENCES task(id), position \(.int64) NOT NULL, name \(.text) NOT NULL,
                kind \(.text) NOT NULL, criterion \(.text) NOT NULL, PRIMARY KEY (task_id, position)
            ) \(.clustered)
            """,
            // Who did it from when to when; the one in force ends on `9999-12-31`.
            """
            CREATE TABLE task_assignment (
                id \(.id), task_id \(.int64) NOT NULL REFERENCES task(id),
                office_id \(.int64) NOT NULL REFERENCES office(id), from_day \(.text) NOT NULL, to_day \(.text) NOT NULL,
                reason \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX task_assignment_task ON task_assignment(task_id, id)",
            "CREATE INDEX task_assignment_office ON task_assignment(office_id, task_id)",
            // What the lead unit reported, and what was answered to it.
            """
            CREATE TABLE task_report (
                id \(.id), uid \(.text) NOT NULL UNIQUE, task_id \(.int64) NOT NULL REFERENCES task(id),
                act \(.text) NOT NULL, at \(.int64) NOT NULL, actor \(.text) NOT NULL, text \(.text) NOT NULL,
                percent \(.int64) NOT NULL, evidence_name \(.text) NOT NULL, evidence_url \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX task_report_task ON task_report(task_id, id)",
            // `decision` is empty as long as nobody has decided.
            """
            CREATE TABLE task_extension (
                id \(.id), uid \(.text) NOT NULL UNIQUE, task_id \(.int64) NOT NULL REFERENCES task(id),
                asked_at \(.int64) NOT NULL, asked_by \(.text) NOT NULL, reason \(.text) NOT NULL,
                from_due \(.text) NOT NULL, to_due \(.text) NOT NULL CHECK (to_due > from_due),
                decision \(.text) NOT NULL CHECK (decision IN ('', 'granted', 'refused')),
                decided_at \(.int64), decided_by \(.text) NOT NULL, answer \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX task_extension_task ON task_extension(task_id, decision, id)",
            // One row for each scope in which a task stands. `scope_id` is a unit and a way to know of it: see TaskScope.
            // `running`: somebody still owes something that can be late.
            """
            CREATE TABLE task_scope (
                scope_id \(.int64) NOT NULL, closed \(.int64) NOT NULL, due \(.text) NOT NULL, task_id \(.int64) NOT NULL,
                secrecy \(.int64) NOT NULL, pillar \(.text) NOT NULL, document_id \(.int64) NOT NULL,
                state \(.int64) NOT NULL, running \(.int64) NOT NULL, PRIMARY KEY (scope_id, closed, due, task_id)
            ) \(.clustered)
            """,
            "CREATE INDEX task_scope_task ON task_scope(task_id, scope_id)",
            """
            CREATE TABLE task_recency (
                scope_id \(.int64) NOT NULL, updated_at \(.int64) NOT NULL, task_id \(.int64) NOT NULL,
                secrecy \(.int64) NOT NULL, PRIMARY KEY (scope_id, updated_at, task_id)
            ) \(.clustered)
            """,
            "CREATE INDEX task_recency_task ON task_recency(task_id)",
        ])

    /// Which tasks one act was done to, so that its event can lead to them.
    static let createTaskBulk = Migration(
        "2026-11-30 task bulk",
        [
            """
            CREATE TABLE task_bulk_row (
                bulk_uid \(.text) NOT NULL, task_id \(.int64) NOT NULL REFERENCES task(id),
                PRIMARY KEY (bulk_uid, task_id)
            ) \(.clustered)
            """,
            "CREATE INDEX task_bulk_row_task ON task_bulk_row(task_id)",
        ])
}
