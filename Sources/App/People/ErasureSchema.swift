import Storage

extension Migration {
    /// Whose data was erased, and when: without a word of who it was.
    static let createPersonErasure = Migration(
        "2026-11-23 person erasure",
        [
            """
            CREATE TABLE person_erasure (
                person_id \(.int64) PRIMARY KEY REFERENCES person(id), number \(.int64) NOT NULL UNIQUE, day \(.text) NOT NULL
            ) \(.strict)
            """
        ])
}
