import Storage

extension Migration {
    /// Documents still to be issued, and what each of them keeps from going on.
    ///
    /// `settled` repeats what the state says, so that the list of those that are open runs along one index.
    static let createGaps = Migration(
        "2026-11-24 gap",
        [
            """
            CREATE TABLE gap (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                title \(.text) NOT NULL CHECK (title <> ''), title_fold \(.text) NOT NULL, type \(.text) NOT NULL,
                owner_id \(.int64) NOT NULL REFERENCES unit(id), office_id \(.int64) REFERENCES office(id),
                due_on \(.text) NOT NULL, basis_id \(.int64) REFERENCES document(id), paragraph \(.text) NOT NULL,
                reason \(.text) NOT NULL, blocks \(.text) NOT NULL,
                state \(.text) NOT NULL CHECK (state IN ('open', 'drafting', 'closed', 'dropped')),
                settled \(.bool01) NOT NULL CHECK (settled IN (0, 1)),
                document_id \(.int64) REFERENCES document(id), settled_on \(.text) NOT NULL,
                settlement \(.text) NOT NULL, version \(.int64) NOT NULL,
                CHECK ((state IN ('drafting', 'closed')) = (document_id IS NOT NULL)),
                CHECK ((state IN ('closed', 'dropped')) = (settled = 1))
            ) \(.strict)
            """,
            "CREATE INDEX gap_list ON gap(settled, due_on, id)",
            "CREATE INDEX gap_owner ON gap(owner_id, settled, due_on, id)",
            "CREATE INDEX gap_document ON gap(document_id)",
            "CREATE INDEX gap_office ON gap(office_id)",
            """
            CREATE TABLE gap_unit (
                gap_id \(.int64) NOT NULL REFERENCES gap(id), unit_id \(.int64) NOT NULL REFERENCES unit(id),
                PRIMARY KEY (gap_id, unit_id)
            ) \(.clustered)
            """,
            """
            CREATE TABLE gap_blocked_document (
                gap_id \(.int64) NOT NULL REFERENCES gap(id), document_id \(.int64) NOT NULL REFERENCES document(id),
                PRIMARY KEY (gap_id, document_id)
            ) \(.clustered)
            """,
        ])

    /// Tasks that wait for a gap. A draft that is deleted takes its rows along.
    static let blockTasks = Migration(
        "2026-11-30 gap task",
        [
            """
            CREATE TABLE gap_blocked_task (
                gap_id \(.int64) NOT NULL REFERENCES gap(id), task_id \(.int64) NOT NULL REFERENCES task(id),
                PRIMARY KEY (gap_id, task_id)
            ) \(.clustered)
            """,
            "CREATE INDEX gap_blocked_task_task ON gap_blocked_task(task_id, gap_id)",
        ])
}
