import Storage

extension Migration {
    /// What search looks in: one row a record, whatever its kind, and one index over the words of all.
    ///
    /// `id` is the order of hits, the newest record first: see ``SearchEntry``. `words`: folded words and the scopes in
    /// which the record is known, so that what a viewer may not know of is never found and never counted. `title`: folded.
    /// The index is the one thing that each engine has its own way of: FTS5 over the table, GIN over its words as a list.
    static let createSearch = Migration(
        "2026-11-30 search",
        [
            """
            CREATE TABLE search_entry (
                id \(.int64) NOT NULL PRIMARY KEY, subject_kind \(.text) NOT NULL, subject_id \(.int64) NOT NULL,
                state \(.text) NOT NULL, type \(.text) NOT NULL, pillar \(.text) NOT NULL, unit_id \(.int64) NOT NULL,
                title \(.text) NOT NULL, words \(.text) NOT NULL, UNIQUE (subject_kind, subject_id)
            ) \(.strict)
            """,
            """
            \(.only(
                .sqlite,
                """
                CREATE VIRTUAL TABLE search_words USING fts5(words, content = 'search_entry', content_rowid = 'id',
                    detail = none, columnsize = 0, tokenize = "ascii tokenchars '_.'")
                """))\
            \(.only(
                .postgres,
                """
                CREATE INDEX search_entry_words ON search_entry USING gin (string_to_array(words, ' '))
                    WITH (fastupdate = off)
                """))
            """,
            """
            \(.only(
                .postgres,
                """
                CREATE VIEW search_words AS SELECT id, subject_kind, subject_id, state, type, pillar, unit_id, title,
                    words AS text, string_to_array(words, ' ') AS words FROM search_entry
                """))
            """,
            // A state that changes is written where the row stands.
            "\(.only(.postgres, "ALTER TABLE search_entry SET (fillfactor = 85)"))",
        ])

    /// Words stand in the index once more with the part of the country: a job makes all entries anew.
    static let partSearch = Migration(
        "2026-11-30 search parts",
        [
            "DELETE FROM search_entry",
            """
            \(.only(.sqlite, "INSERT INTO search_words (search_words) VALUES ('delete-all')"))\
            \(.only(.postgres, "SELECT 1"))
            """,
        ])

    /// Codes stand side by side for each part of the country on SQLite, see ``SearchCodes``, days in the index of PostgreSQL,
    /// see ``SearchDays``: the job makes all entries anew.
    static let codeSearch = Migration(
        "2026-11-30 search codes",
        [
            """
            \(.only(
                .sqlite,
                """
                CREATE TABLE search_code (
                    region_id INTEGER NOT NULL, id INTEGER NOT NULL, state TEXT NOT NULL, type TEXT NOT NULL,
                    pillar TEXT NOT NULL, unit_id INTEGER NOT NULL, PRIMARY KEY (region_id, id)
                ) STRICT, WITHOUT ROWID
                """))\(.only(.postgres, "SELECT 1"))
            """,
            "\(.only(.sqlite, "CREATE INDEX search_code_id ON search_code (id + 0)"))\(.only(.postgres, "SELECT 1"))",
            "DELETE FROM search_entry",
            """
            \(.only(.sqlite, "INSERT INTO search_words (search_words) VALUES ('delete-all')"))\
            \(.only(.postgres, "SELECT 1"))
            """,
        ])
}
