import Storage

extension Migration {
    /// Links by which people make their account or choose a new password: the digest alone, never the link.
    static let createInvitations = Migration(
        "2026-11-23 invitation",
        [
            """
            CREATE TABLE invitation (
                id \(.id), uid \(.text) NOT NULL UNIQUE, digest \(.blob) NOT NULL UNIQUE,
                person_id \(.int64) NOT NULL REFERENCES person(id),
                purpose \(.text) NOT NULL CHECK (purpose IN ('account', 'reset')),
                created_at \(.int64) NOT NULL, expires_at \(.int64) NOT NULL, used_at \(.int64), revoked_at \(.int64)
            ) \(.strict)
            """,
            "CREATE INDEX invitation_person ON invitation(person_id, id)",
            "CREATE INDEX invitation_expires ON invitation(expires_at)",
        ])
}
