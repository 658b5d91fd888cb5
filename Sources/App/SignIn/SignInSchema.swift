import Storage

extension Migration {
    /// Accounts, sessions, API tokens and the counters that slow guessing down.
    static let createSignIn = Migration(
        "2026-11-22 sign-in",
        [
            """
            CREATE TABLE account (
                person_id \(.int64) PRIMARY KEY REFERENCES person(id), sign_in \(.text) NOT NULL UNIQUE,
                password \(.text) NOT NULL, language \(.text), disabled \(.bool01) NOT NULL CHECK (disabled IN (0, 1)),
                changed_at \(.int64) NOT NULL
            ) \(.strict)
            """,
            """
            CREATE TABLE session (
                id \(.id), digest \(.blob) NOT NULL UNIQUE, person_id \(.int64) NOT NULL REFERENCES person(id),
                office_id \(.int64) REFERENCES office(id), delegation_id \(.int64) REFERENCES delegation(id),
                csrf \(.text) NOT NULL, flash \(.text), created_at \(.int64) NOT NULL, seen_at \(.int64) NOT NULL,
                confirmed_at \(.int64) NOT NULL, address \(.text) NOT NULL, agent \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX session_person ON session(person_id)",
            "CREATE INDEX session_seen ON session(seen_at)",
            """
            CREATE TABLE api_token (
                id \(.id), uid \(.text) NOT NULL UNIQUE, digest \(.blob) NOT NULL UNIQUE, name \(.text) NOT NULL,
                person_id \(.int64) NOT NULL REFERENCES person(id), office_id \(.int64) NOT NULL REFERENCES office(id),
                scope \(.text) NOT NULL CHECK (scope IN ('read', 'write')), created_at \(.int64) NOT NULL,
                expires_at \(.int64) NOT NULL, revoked_at \(.int64), seen_at \(.int64)
            ) \(.strict)
            """,
            "CREATE INDEX api_token_person ON api_token(person_id)",
            """
            CREATE TABLE secret_attempt (
                key \(.text) NOT NULL PRIMARY KEY, failures \(.int64) NOT NULL, since \(.int64) NOT NULL,
                blocked_until \(.int64) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX secret_attempt_since ON secret_attempt(since)",
        ])
}
