import Storage

extension Migration {
    /// Answers kept for a day, so that a request sent twice is done once.
    static let createAPI = Migration(
        "2026-11-22 idempotency",
        [
            """
            CREATE TABLE idempotency (
                person_id \(.int64) NOT NULL, key \(.text) NOT NULL, request \(.blob) NOT NULL, status \(.int64) NOT NULL,
                body \(.text) NOT NULL, etag \(.text), location \(.text), at \(.int64) NOT NULL,
                PRIMARY KEY (person_id, key)
            ) \(.clustered)
            """,
            "CREATE INDEX idempotency_at ON idempotency(at)",
        ])
}
