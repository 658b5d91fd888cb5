import Storage

extension Migration {
    /// Files of records, what is found in them, and which bytes nobody needs any more.
    static let createAttachments = Migration(
        "2026-11-23 attachment",
        [
            """
            CREATE TABLE attachment (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                subject_kind \(.text) NOT NULL, subject_id \(.int64) NOT NULL, subject_uid \(.text) NOT NULL,
                name \(.text) NOT NULL CHECK (name <> ''), kind \(.text) NOT NULL,
                size \(.int64) NOT NULL CHECK (size > 0), sha256 \(.text) NOT NULL CHECK (length(sha256) = 64),
                text_state \(.text) NOT NULL CHECK (text_state IN ('waiting', 'done', 'none', 'failed')),
                text_note \(.text) NOT NULL, text_tries \(.int64) NOT NULL,
                added_at \(.int64) NOT NULL, added_by \(.int64) REFERENCES person(id),
                withdrawn_at \(.int64), withdrawal \(.text) NOT NULL,
                CHECK ((withdrawn_at IS NULL) = (withdrawal = ''))
            ) \(.strict)
            """,
            "CREATE INDEX attachment_subject ON attachment(subject_kind, subject_id, id)",
            "CREATE INDEX attachment_sha256 ON attachment(sha256)",
            "CREATE INDEX attachment_added_by ON attachment(added_by)",
            // Nearly always empty: what the background job looks at every second.
            "CREATE INDEX attachment_waiting ON attachment(id) WHERE text_state = 'waiting'",
            // The folded text in pieces, from which the terms are made.
            """
            CREATE TABLE attachment_text (
                attachment_id \(.int64) NOT NULL REFERENCES attachment(id), piece \(.int64) NOT NULL,
                text \(.text) NOT NULL, PRIMARY KEY (attachment_id, piece)
            ) \(.clustered)
            """,
            // In the order in which it is asked: from a word to the records of one kind.
            """
            CREATE TABLE attachment_term (
                term \(.text) NOT NULL, subject_kind \(.text) NOT NULL, subject_id \(.int64) NOT NULL,
                attachment_id \(.int64) NOT NULL, PRIMARY KEY (term, subject_kind, subject_id, attachment_id)
            ) \(.clustered)
            """,
            // Bytes that lost their last row, and when: they stay for a day, so that a backup under way still finds them.
            """
            CREATE TABLE file_release (
                sha256 \(.text) PRIMARY KEY, at \(.int64) NOT NULL
            ) \(.clustered)
            """,
        ])
}
