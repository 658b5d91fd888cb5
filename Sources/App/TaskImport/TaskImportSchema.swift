import Storage

extension Migration {
    /// Files of tasks: one that was checked waits here, with its bytes, until its person confirms it or a day has
    /// passed; one that was taken keeps its counts, and which task came from which line. `taken_at` is 0 until then.
    static let createTaskImports = Migration(
        "2026-11-30 task import",
        [
            """
            CREATE TABLE task_import (
                id \(.id), uid \(.text) NOT NULL UNIQUE, person_id \(.int64) REFERENCES person(id),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), name \(.text) NOT NULL, sha256 \(.text) NOT NULL,
                made_at \(.int64) NOT NULL, taken_at \(.int64) NOT NULL, lines \(.int64) NOT NULL,
                taken \(.int64) NOT NULL, issued \(.int64) NOT NULL, content \(.blob),
                CHECK (taken_at = 0 OR content IS NULL)
            ) \(.strict)
            """,
            "CREATE INDEX task_import_person ON task_import(person_id, taken_at, id)",
            "CREATE INDEX task_import_file ON task_import(sha256, unit_id, id)",
            """
            CREATE TABLE task_import_row (
                import_id \(.int64) NOT NULL REFERENCES task_import(id), line \(.int64) NOT NULL,
                task_id \(.int64) NOT NULL REFERENCES task(id), PRIMARY KEY (import_id, line)
            ) \(.clustered)
            """,
            "CREATE INDEX task_import_row_task ON task_import_row(task_id)",
        ])
}
