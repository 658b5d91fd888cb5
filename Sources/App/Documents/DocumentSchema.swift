import Storage

extension Migration {
    /// The registry of documents: the papers, what they are called, what they say, how they hang together, whom they
    /// are for, and the tables made from these (`document_scope`: who may know of which, `document_term`: search).
    ///
    /// No sort key is NULL: a draft has the issuing day `9999-12-31`, so that drafts stand before all that is newest.
    static let createDocuments = Migration(
        "2026-11-23 document",
        [
            // `number` is NULL for a draft and for a paper without a number: UNIQUE lets several of these be.
            // `series`: `2025` and `2025-law` for the State, `term-14` for the Party, empty without a number.
            // `issuer_name`: what the issuer was called on the issuing day, as on the letterhead.
            // Of a state secret (`is_reference`) number, day and holder are all that is kept.
            """
            CREATE TABLE document (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                state \(.text) NOT NULL CHECK (state IN ('draft', 'issued', 'withdrawn', 'discarded')),
                type \(.text) NOT NULL, issuer_id \(.int64) NOT NULL REFERENCES unit(id), issuer_name \(.text) NOT NULL,
                numbering \(.text) NOT NULL CHECK (numbering IN ('state', 'law', 'party')),
                issuer_sign \(.text) NOT NULL, series \(.text) NOT NULL, number \(.int64) CHECK (number > 0),
                sign \(.text) NOT NULL, sign_key \(.text) NOT NULL,
                title \(.text) NOT NULL, title_key \(.text) NOT NULL, issued_on \(.text) NOT NULL,
                effect_from \(.text) NOT NULL, effect_to \(.text) NOT NULL,
                signer \(.text) NOT NULL, signer_title \(.text) NOT NULL,
                capacity \(.text) NOT NULL CHECK (capacity IN ('', 'KT', 'TL', 'TUQ', 'TM')),
                secrecy \(.int64) NOT NULL CHECK (secrecy BETWEEN 0 AND 2),
                is_reference \(.bool01) NOT NULL CHECK (is_reference IN (0, 1)), holder \(.text) NOT NULL,
                source \(.text) NOT NULL, quote \(.text) NOT NULL,
                withdrawn_on \(.text) NOT NULL, withdrawal_reason \(.text) NOT NULL, version \(.int64) NOT NULL,
                UNIQUE (issuer_id, type, series, number),
                CHECK (is_reference = 0 OR (title = '' AND quote = '' AND secrecy = 2 AND holder <> '')),
                CHECK (is_reference = 1 OR title <> ''),
                CHECK (state IN ('draft', 'discarded') OR effect_to > effect_from)
            ) \(.strict)
            """,
            "CREATE INDEX document_sign ON document(sign_key, id)",
            "CREATE INDEX document_issuer ON document(issuer_id, issued_on, id)",
            "CREATE INDEX document_state ON document(state, issued_on, id)",
            "CREATE INDEX document_issued ON document(issued_on, id)",
            "CREATE INDEX document_number ON document(number, issued_on, id)",
            """
            CREATE TABLE document_series (
                issuer_id \(.int64) NOT NULL REFERENCES unit(id), type \(.text) NOT NULL, series \(.text) NOT NULL,
                last \(.int64) NOT NULL CHECK (last >= 0), PRIMARY KEY (issuer_id, type, series)
            ) \(.clustered)
            """,
            """
            CREATE TABLE document_alias (
                alias_key \(.text) NOT NULL CHECK (alias_key <> ''),
                document_id \(.int64) NOT NULL REFERENCES document(id), alias \(.text) NOT NULL,
                PRIMARY KEY (alias_key, document_id)
            ) \(.clustered)
            """,
            "CREATE INDEX document_alias_document ON document_alias(document_id)",
            """
            CREATE TABLE document_paragraph (
                id \(.id), document_id \(.int64) NOT NULL REFERENCES document(id), position \(.int64) NOT NULL,
                label \(.text) NOT NULL CHECK (label <> ''), label_key \(.text) NOT NULL, text \(.text) NOT NULL,
                UNIQUE (document_id, label_key)
            ) \(.strict)
            """,
            // `from_id` implements, concretises, amends, replaces or cites `to_id`: the newer names the older.
            """
            CREATE TABLE document_link (
                from_id \(.int64) NOT NULL REFERENCES document(id),
                to_id \(.int64) NOT NULL REFERENCES document(id) CHECK (to_id <> from_id),
                kind \(.text) NOT NULL CHECK (kind IN ('implements', 'concretises', 'amends', 'replaces', 'cites')),
                source \(.text) NOT NULL, quote \(.text) NOT NULL, PRIMARY KEY (from_id, to_id, kind)
            ) \(.clustered)
            """,
            "CREATE INDEX document_link_to ON document_link(to_id, kind, from_id)",
            """
            CREATE TABLE document_recipient (
                document_id \(.int64) NOT NULL REFERENCES document(id), unit_id \(.int64) NOT NULL REFERENCES unit(id),
                PRIMARY KEY (document_id, unit_id)
            ) \(.clustered)
            """,
            "CREATE INDEX document_recipient_unit ON document_recipient(unit_id, document_id)",
            """
            CREATE TABLE document_opinion (
                id \(.id), uid \(.text) NOT NULL UNIQUE, document_id \(.int64) NOT NULL REFERENCES document(id),
                office_id \(.int64) NOT NULL REFERENCES office(id), asked_at \(.int64) NOT NULL, due_on \(.text) NOT NULL,
                text \(.text) NOT NULL, given_at \(.int64),
                answer \(.text) NOT NULL CHECK (answer IN ('', 'accepted', 'partly', 'rejected')),
                explanation \(.text) NOT NULL, answered_at \(.int64), UNIQUE (document_id, office_id)
            ) \(.strict)
            """,
            "CREATE INDEX document_opinion_office ON document_opinion(office_id, given_at)",
            // One row for each scope in which a document stands, in the order of the list: `everyone`; the hierarchies
            // with each unit above the issuer or a recipient; `office` with the issuer and the recipients; for a draft
            // `draft-…` with the units above the issuer, and `asked` with each office asked for its opinion.
            """
            CREATE TABLE document_scope (
                scope \(.text) NOT NULL, holder_id \(.int64) NOT NULL, issued_on \(.text) NOT NULL,
                document_id \(.int64) NOT NULL, secrecy \(.int64) NOT NULL, type \(.text) NOT NULL,
                state \(.text) NOT NULL,
                title_key \(.text) NOT NULL, PRIMARY KEY (scope, holder_id, issued_on, document_id)
            ) \(.clustered)
            """,
            "CREATE INDEX document_scope_document ON document_scope(document_id, scope, holder_id, secrecy)",
            "CREATE INDEX document_scope_type ON document_scope(scope, holder_id, type, issued_on, document_id, secrecy)",
            "CREATE INDEX document_scope_title ON document_scope(scope, holder_id, title_key, document_id, secrecy)",
            """
            CREATE TABLE document_term (
                term \(.text) NOT NULL, issued_on \(.text) NOT NULL, document_id \(.int64) NOT NULL,
                PRIMARY KEY (term, issued_on, document_id)
            ) \(.clustered)
            """,
            "CREATE INDEX document_term_document ON document_term(document_id, term)",
        ])

    /// Name and holder of a scope in one number, so that one question to one index tells who knows a document.
    ///
    /// The number stands first in it: PostgreSQL looks for each number of a list by itself only in the first column,
    /// and would otherwise read all scopes of a document, which are thousands when it is addressed to every commune.
    /// For the same reason the index by document, which upkeep needs, is on a sum: no such question can take it.
    static let numberDocumentScopes = Migration(
        "2026-11-25 document scope id",
        [
            "ALTER TABLE document_scope ADD COLUMN scope_id \(.int64) NOT NULL DEFAULT 0",
            """
            UPDATE document_scope SET scope_id = holder_id * 16 + CASE scope WHEN 'everyone' THEN 0 WHEN 'office' THEN 1
            WHEN 'place' THEN 2 WHEN 'asked' THEN 3 WHEN 'territory' THEN 4 WHEN 'state' THEN 5 WHEN 'party' THEN 6
            WHEN 'draft-territory' THEN 7 WHEN 'draft-state' THEN 8 WHEN 'draft-party' THEN 9 WHEN 'gone-office' THEN 10
            WHEN 'gone-territory' THEN 11 WHEN 'gone-state' THEN 12 WHEN 'gone-party' THEN 13 END
            """,
            "DROP INDEX document_scope_document",
            "CREATE INDEX document_scope_document ON document_scope((document_id + 0))",
            "CREATE INDEX document_scope_known ON document_scope(scope_id, document_id, secrecy)",
        ])
}
