import Storage

extension Migration {
    /// Lists of tasks under a name, and which of them a person's list begins with.
    static let createSavedViews = Migration(
        "2026-11-30 saved view",
        [
            """
            CREATE TABLE saved_view (
                id \(.id), uid \(.text) NOT NULL UNIQUE, person_id \(.int64) NOT NULL REFERENCES person(id),
                unit_id \(.int64) REFERENCES unit(id), name \(.text) NOT NULL CHECK (name <> ''),
                name_fold \(.text) NOT NULL, name_key \(.text) NOT NULL, query \(.text) NOT NULL,
                is_shared \(.bool01) NOT NULL CHECK (is_shared IN (0, 1)), version \(.int64) NOT NULL,
                UNIQUE (person_id, name_fold), CHECK (is_shared = 0 OR unit_id IS NOT NULL)
            ) \(.strict)
            """,
            "CREATE INDEX saved_view_unit ON saved_view(unit_id, is_shared, name_key, id)",
            """
            CREATE TABLE saved_view_default (
                person_id \(.int64) PRIMARY KEY REFERENCES person(id),
                view_id \(.int64) NOT NULL REFERENCES saved_view(id)
            ) \(.strict)
            """,
            "CREATE INDEX saved_view_default_view ON saved_view_default(view_id)",
        ])
}
