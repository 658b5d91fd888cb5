import Storage

extension Migration {
    /// People, the offices they hold, what each office may do, and who acts for whom.
    ///
    /// A period `[d, d)` is allowed: it is what stays of an office or a grant that was taken back before a day passed.
    static let createPeople = Migration(
        "2026-11-22 person",
        [
            """
            CREATE TABLE person (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL, name \(.text) NOT NULL CHECK (name <> ''),
                sort_key \(.text) NOT NULL, name_fold \(.text) NOT NULL, version \(.int64) NOT NULL
            ) \(.strict)
            """,
            // The folded name stands in it so that a search walks the index and touches only the rows it finds.
            "CREATE INDEX person_sort ON person(sort_key, uid, name_fold)",
            """
            CREATE TABLE office (
                id \(.id), uid \(.text) NOT NULL UNIQUE, person_id \(.int64) NOT NULL REFERENCES person(id),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), title \(.text) NOT NULL CHECK (title <> ''),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day), decision \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX office_person ON office(person_id, to_day)",
            "CREATE INDEX office_unit ON office(unit_id, to_day)",
            """
            CREATE TABLE access_grant (
                id \(.id), uid \(.text) NOT NULL UNIQUE, office_id \(.int64) NOT NULL REFERENCES office(id),
                role \(.text) NOT NULL, hierarchy \(.text) NOT NULL CHECK (hierarchy IN ('territory', 'state', 'party')),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), secrecy \(.int64) NOT NULL CHECK (secrecy BETWEEN 0 AND 2),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day)
            ) \(.strict)
            """,
            "CREATE INDEX access_grant_office ON access_grant(office_id, to_day)",
            """
            CREATE TABLE delegation (
                id \(.id), uid \(.text) NOT NULL UNIQUE, principal_id \(.int64) NOT NULL REFERENCES office(id),
                agent_id \(.int64) NOT NULL REFERENCES office(id) CHECK (agent_id <> principal_id),
                capacity \(.text) NOT NULL CHECK (capacity IN ('KT', 'TL', 'TUQ', 'TM')),
                authority \(.text) NOT NULL CHECK (authority <> ''),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day)
            ) \(.strict)
            """,
            "CREATE INDEX delegation_agent ON delegation(agent_id, to_day)",
            "CREATE INDEX delegation_principal ON delegation(principal_id, to_day)",
        ])
}
