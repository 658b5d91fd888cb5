import Storage

extension Migration {
    /// What offices are told. `office_id` is a person in a unit, so that rights come from an office held today.
    ///
    /// The unique key is the promise that nothing is told twice, whichever nodes tell it. It begins with the subject,
    /// whose unread notices are withdrawn by it. `due` is `9999-12-31` where there is none.
    static let createNotices = Migration(
        "2026-11-30 notice",
        [
            """
            CREATE TABLE notice (
                id \(.id), uid \(.text) NOT NULL UNIQUE, office_id \(.int64) NOT NULL REFERENCES office(id),
                kind \(.text) NOT NULL CHECK (kind <> ''), subject_kind \(.text) NOT NULL, subject_id \(.int64) NOT NULL,
                subject_uid \(.text) NOT NULL, occasion \(.text) NOT NULL, due \(.text) NOT NULL, day \(.text) NOT NULL,
                at \(.int64) NOT NULL, unread \(.bool01) NOT NULL CHECK (unread IN (0, 1)), read_at \(.int64),
                CHECK ((unread = 1) = (read_at IS NULL)),
                UNIQUE (subject_kind, subject_id, kind, occasion, office_id)
            ) \(.strict)
            """,
            // In the order of the list, unread first; the count in the head of every page reads its beginning.
            "CREATE INDEX notice_office ON notice(office_id, unread, day, id)",
            "CREATE INDEX notice_day ON notice(day, id)",
        ])
}
