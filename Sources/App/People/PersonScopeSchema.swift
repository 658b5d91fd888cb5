import Storage

extension Migration {
    /// One row for each scope in which a person stands, in the order of the list: see ``PersonScope``. The folded name
    /// stands in it so that a search walks one scope and nothing else.
    static let createPersonScopes = Migration(
        "2026-11-30 person scope",
        [
            """
            CREATE TABLE person_scope (
                scope_id \(.int64) NOT NULL, sort_key \(.text) NOT NULL, uid \(.text) NOT NULL,
                person_id \(.int64) NOT NULL, secrecy \(.int64) NOT NULL, name_fold \(.text) NOT NULL,
                PRIMARY KEY (scope_id, sort_key, uid)
            ) \(.clustered)
            """,
            "CREATE INDEX person_scope_person ON person_scope(person_id, scope_id, secrecy)",
            """
            INSERT INTO person_scope (scope_id, sort_key, uid, person_id, secrecy, name_fold)
            SELECT w.scope_id, p.sort_key, p.uid, p.id, w.secrecy, p.name_fold FROM (
            SELECT r.ancestor_id * 4 + CASE r.hierarchy WHEN 'territory' THEN 0 WHEN 'state' THEN 1 ELSE 2 END
            AS scope_id, p.id AS person_id, MIN(u.secrecy) AS secrecy FROM person p
            JOIN office o ON o.person_id = p.id JOIN unit u ON u.id = o.unit_id JOIN unit_reach r ON r.unit_id = u.id
            GROUP BY r.ancestor_id, r.hierarchy, p.id
            UNION ALL SELECT CAST(3 AS BIGINT), p.id, CAST(0 AS BIGINT) FROM person p
            WHERE NOT EXISTS (SELECT 1 FROM office o WHERE o.person_id = p.id)
            ) w JOIN person p ON p.id = w.person_id
            """,
        ])
}
