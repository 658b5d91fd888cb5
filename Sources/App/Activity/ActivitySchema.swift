import Storage

extension Migration {
    /// One event per act, the chain that seals them, and the facts of this installation.
    static let createActivity = Migration(
        "2026-11-22 activity",
        [
            "CREATE TABLE installation (key \(.text) NOT NULL PRIMARY KEY, value \(.text) NOT NULL) \(.strict)",
            """
            CREATE TABLE event (
                id \(.id), uid \(.text) NOT NULL UNIQUE, at \(.int64) NOT NULL,
                person_id \(.int64), office_id \(.int64), delegation_id \(.int64), actor \(.text) NOT NULL,
                verb \(.text) NOT NULL, subject_kind \(.text) NOT NULL, subject_id \(.int64) NOT NULL,
                subject_uid \(.text) NOT NULL, unit_id \(.int64), payload \(.text) NOT NULL, salt \(.blob) NOT NULL,
                erased \(.bool01) NOT NULL CHECK (erased IN (0, 1)),
                is_open \(.bool01) NOT NULL CHECK (is_open IN (0, 1))
            ) \(.strict)
            """,
            "CREATE INDEX event_subject ON event(subject_kind, subject_id, id)",
            "CREATE INDEX event_unit ON event(unit_id, id)",
            "CREATE INDEX event_person ON event(person_id, id)",
            "CREATE INDEX event_open ON event(is_open, id)",
            "CREATE INDEX event_verb ON event(verb, id)",
            // Recorded and not yet sealed: a table of its own, so that a look at it costs nothing.
            "CREATE TABLE audit_pending (event_id \(.int64) NOT NULL PRIMARY KEY) \(.strict)",
            """
            CREATE TABLE audit_seal (
                seq \(.int64) NOT NULL PRIMARY KEY, event_id \(.int64) NOT NULL UNIQUE,
                content \(.blob) NOT NULL, digest \(.blob) NOT NULL, chain \(.blob) NOT NULL
            ) \(.strict)
            """,
            """
            CREATE TABLE job_lease (
                name \(.text) NOT NULL PRIMARY KEY, owner \(.text) NOT NULL, until \(.int64) NOT NULL,
                ran_at \(.int64) NOT NULL, outcome \(.text) NOT NULL
            ) \(.strict)
            """,
        ])
}
