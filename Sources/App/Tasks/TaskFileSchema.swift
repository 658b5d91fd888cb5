import Storage

extension Migration {
    /// The key first: SQLite 3.40 tells of NULL where there is none when a table that lies in the order of its key has
    /// other columns before it, and then neither `doctor` nor a backup goes through.
    static let reorderTaskTags = Migration(
        "2026-11-30 task tag order",
        [
            """
            CREATE TABLE task_tag_ordered (
                task_id \(.int64) NOT NULL REFERENCES task(id), tag_key \(.text) NOT NULL CHECK (tag_key <> ''),
                position \(.int64) NOT NULL, tag \(.text) NOT NULL CHECK (tag <> ''), PRIMARY KEY (task_id, tag_key)
            ) \(.clustered)
            """,
            """
            INSERT INTO task_tag_ordered (task_id, tag_key, position, tag)
            SELECT task_id, tag_key, position, tag FROM task_tag
            """,
            "DROP TABLE task_tag",
            "ALTER TABLE task_tag_ordered RENAME TO task_tag",
            "CREATE INDEX task_tag_key ON task_tag(tag_key, task_id)",
        ])

    /// Files of tasks and of reports, what was shown once more, who answered for a task from when to when, and by what
    /// else a task is found: a field of a committee, and words of its own.
    static let extendTasks = Migration(
        "2026-11-30 task files, tags and fields",
        [
            // Which report a file was shown with; 0 of a file of the task itself.
            """
            CREATE TABLE task_file (
                attachment_id \(.int64) NOT NULL PRIMARY KEY REFERENCES attachment(id),
                task_id \(.int64) NOT NULL REFERENCES task(id), report_id \(.int64) NOT NULL
            ) \(.clustered)
            """,
            "CREATE INDEX task_file_task ON task_file(task_id, report_id)",
            // What was shown before the task was returned is shown again with this declaration.
            """
            ALTER TABLE task_report ADD COLUMN resubmits \(.bool01) NOT NULL DEFAULT 0 CHECK (resubmits IN (0, 1))
            """,
            """
            ALTER TABLE task_assignment ADD COLUMN part \(.text) NOT NULL DEFAULT 'performer'
            CHECK (part IN ('performer', 'leader'))
            """,
            "ALTER TABLE task ADD COLUMN field_id \(.int64) REFERENCES work_field(id)",
            "CREATE INDEX task_field ON task(field_id, closed, due, id)",
            // `tag_key` is the folded word, by which it is asked for and by which no task has it twice.
            """
            CREATE TABLE task_tag (
                task_id \(.int64) NOT NULL REFERENCES task(id), position \(.int64) NOT NULL,
                tag \(.text) NOT NULL CHECK (tag <> ''), tag_key \(.text) NOT NULL CHECK (tag_key <> ''),
                PRIMARY KEY (task_id, tag_key)
            ) \(.clustered)
            """,
            // From a unit to the committees of which it is the standing agency.
            "CREATE INDEX committee_organ_unit ON committee_organ(unit_id, kind)",
            "CREATE INDEX task_tag_key ON task_tag(tag_key, task_id)",
        ])
}
