import Storage

extension Migration {
    /// Committees, who sits in them, who works for them, and the papers that set them up.
    ///
    /// A period `[d, d)` is allowed: it is what stays of a seat that was taken back before a day passed.
    static let createCommittees = Migration(
        "2026-11-24 committee",
        [
            """
            CREATE TABLE committee (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                unit_id \(.int64) NOT NULL UNIQUE REFERENCES unit(id),
                host_id \(.int64) NOT NULL REFERENCES unit(id) CHECK (host_id <> unit_id),
                programme \(.text) NOT NULL CHECK (programme <> ''),
                programme_key \(.text) NOT NULL CHECK (programme_key <> ''),
                article \(.text) NOT NULL, quote \(.text) NOT NULL, version \(.int64) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX committee_host ON committee(host_id, programme_key)",
            """
            CREATE TABLE committee_seat (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) NOT NULL REFERENCES committee(id),
                position \(.text) NOT NULL CHECK (position IN
                    ('head', 'deputy-head', 'standing-member', 'member', 'secretary', 'adviser')),
                person_id \(.int64) REFERENCES person(id), office_id \(.int64) REFERENCES office(id),
                title \(.text) NOT NULL CHECK (title <> ''),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day),
                decision \(.text) NOT NULL, end_decision \(.text) NOT NULL,
                article \(.text) NOT NULL, quote \(.text) NOT NULL,
                CHECK (office_id IS NULL OR person_id IS NOT NULL)
            ) \(.strict)
            """,
            "CREATE INDEX committee_seat_list ON committee_seat(committee_id, to_day)",
            "CREATE INDEX committee_seat_person ON committee_seat(person_id, to_day)",
            """
            CREATE TABLE committee_organ (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) NOT NULL REFERENCES committee(id),
                kind \(.text) NOT NULL CHECK (kind IN ('standing-agency', 'support-team', 'advisory-council')),
                unit_id \(.int64) NOT NULL REFERENCES unit(id),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day),
                decision \(.text) NOT NULL, end_decision \(.text) NOT NULL,
                article \(.text) NOT NULL, quote \(.text) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX committee_organ_list ON committee_organ(committee_id, kind, from_day, to_day)",
            """
            CREATE TABLE committee_paper (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) NOT NULL REFERENCES committee(id),
                item \(.text) NOT NULL CHECK (item IN ('decision', 'regulation', 'notice', 'plan')),
                reference \(.text) NOT NULL CHECK (reference <> ''),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day),
                article \(.text) NOT NULL, quote \(.text) NOT NULL
            ) \(.strict)
            """,
            // Holds all that the list of compliance asks for.
            "CREATE INDEX committee_paper_list ON committee_paper(committee_id, item, from_day, to_day)",
        ])
}
