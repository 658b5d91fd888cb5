import Storage

extension Migration {
    /// The registry of units: what is fixed, what changes over time, the three trees, and the tables rebuilt from them.
    static let createUnits = Migration(
        "2026-11-22 unit",
        [
            """
            CREATE TABLE unit (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day > from_day),
                secrecy \(.int64) NOT NULL CHECK (secrecy BETWEEN 0 AND 2),
                latitude \(.int64), longitude \(.int64), area \(.int64) CHECK (area >= 0),
                version \(.int64) NOT NULL,
                CHECK ((latitude IS NULL) = (longitude IS NULL)),
                CHECK (latitude BETWEEN -90000000 AND 90000000), CHECK (longitude BETWEEN -180000000 AND 180000000)
            ) \(.strict)
            """,
            """
            CREATE TABLE unit_version (
                id \(.id), unit_id \(.int64) NOT NULL REFERENCES unit(id),
                kind \(.text) NOT NULL, level \(.int64) NOT NULL, name \(.text) NOT NULL CHECK (name <> ''),
                sort_key \(.text) NOT NULL, name_fold \(.text) NOT NULL,
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day > from_day),
                basis \(.text) NOT NULL, UNIQUE (unit_id, from_day)
            ) \(.strict)
            """,
            "CREATE INDEX unit_version_sort ON unit_version(sort_key, unit_id)",
            "CREATE INDEX unit_version_level ON unit_version(level, sort_key, unit_id)",
            "CREATE INDEX unit_version_kind ON unit_version(kind, sort_key, unit_id)",
            """
            CREATE TABLE unit_name (
                version_id \(.int64) NOT NULL REFERENCES unit_version(id), language \(.text) NOT NULL,
                name \(.text) NOT NULL CHECK (name <> ''), PRIMARY KEY (version_id, language)
            ) \(.clustered)
            """,
            """
            CREATE TABLE unit_code (
                scheme \(.text) NOT NULL, code \(.text) NOT NULL CHECK (code <> ''),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), PRIMARY KEY (scheme, code)
            ) \(.clustered)
            """,
            "CREATE INDEX unit_code_unit ON unit_code(unit_id)",
            """
            CREATE TABLE unit_edge (
                id \(.id), unit_id \(.int64) NOT NULL REFERENCES unit(id),
                parent_id \(.int64) NOT NULL REFERENCES unit(id) CHECK (parent_id <> unit_id),
                hierarchy \(.text) NOT NULL CHECK (hierarchy IN ('territory', 'state', 'party')),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day > from_day),
                basis \(.text) NOT NULL, UNIQUE (unit_id, hierarchy, from_day)
            ) \(.strict)
            """,
            "CREATE INDEX unit_edge_parent ON unit_edge(parent_id, hierarchy, to_day)",
            """
            CREATE TABLE unit_closure (
                hierarchy \(.text) NOT NULL, ancestor_id \(.int64) NOT NULL, unit_id \(.int64) NOT NULL,
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL, depth \(.int64) NOT NULL,
                PRIMARY KEY (hierarchy, ancestor_id, unit_id, from_day)
            ) \(.clustered)
            """,
            "CREATE INDEX unit_closure_up ON unit_closure(unit_id, hierarchy, from_day)",
            """
            CREATE TABLE unit_reach (
                hierarchy \(.text) NOT NULL, ancestor_id \(.int64) NOT NULL, unit_id \(.int64) NOT NULL,
                PRIMARY KEY (hierarchy, ancestor_id, unit_id)
            ) \(.clustered)
            """,
            "CREATE INDEX unit_reach_up ON unit_reach(unit_id, hierarchy, ancestor_id)",
            """
            CREATE TABLE unit_term (
                term \(.text) NOT NULL, version_id \(.int64) NOT NULL, unit_id \(.int64) NOT NULL,
                PRIMARY KEY (term, version_id)
            ) \(.clustered)
            """,
            "CREATE INDEX unit_term_unit ON unit_term(unit_id)",
        ])

    /// The versions in force are few among all that ever were: counted by kind without touching the rows.
    static let indexLivingUnits = Migration(
        "2026-11-24 living units",
        [
            "CREATE INDEX unit_version_living ON unit_version(to_day, kind, from_day)",
            "CREATE INDEX unit_secrecy ON unit(secrecy)",
        ])
}
