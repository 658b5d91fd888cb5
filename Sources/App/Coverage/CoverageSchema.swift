import Storage

extension Migration {
    /// Who must concretise a higher document: the requirement, and one row for each unit that it addresses.
    ///
    /// `document_duty.state` follows from its other columns by one rule (``DutyStore/settle(_:)``), so that lists can
    /// ask for it by index: taken back, else fulfilled, else waived, else open. `fulfilled_on` is the issuing day of
    /// the document, `9999-12-31` as long as there is none. The higher document and the type are repeated in each row:
    /// a new document is matched and a matrix is read without the requirement.
    static let createCoverage = Migration(
        "2026-11-24 coverage",
        [
            """
            CREATE TABLE document_requirement (
                id \(.id), uid \(.text) NOT NULL UNIQUE, origin \(.text) NOT NULL,
                document_id \(.int64) NOT NULL REFERENCES document(id), type \(.text) NOT NULL,
                owner_id \(.int64) NOT NULL REFERENCES unit(id), title \(.text) NOT NULL, paragraph \(.text) NOT NULL,
                first_due_on \(.text) NOT NULL, due_on \(.text) NOT NULL, made_on \(.text) NOT NULL,
                withdrawn \(.bool01) NOT NULL CHECK (withdrawn IN (0, 1)), withdrawal_reason \(.text) NOT NULL,
                version \(.int64) NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX document_requirement_document ON document_requirement(document_id, due_on, id)",
            "CREATE INDEX document_requirement_due ON document_requirement(withdrawn, due_on, document_id)",
            """
            CREATE TABLE document_duty (
                id \(.id), requirement_id \(.int64) NOT NULL REFERENCES document_requirement(id),
                unit_id \(.int64) NOT NULL REFERENCES unit(id), document_id \(.int64) NOT NULL REFERENCES document(id),
                type \(.text) NOT NULL, due_on \(.text) NOT NULL,
                state \(.text) NOT NULL CHECK (state IN ('open', 'done', 'waived', 'removed')),
                fulfilled_by \(.int64) REFERENCES document(id), fulfilled_on \(.text) NOT NULL,
                fulfilled_how \(.text) NOT NULL CHECK (fulfilled_how IN ('', 'link', 'hand')),
                fulfilment_reason \(.text) NOT NULL,
                waived \(.bool01) NOT NULL CHECK (waived IN (0, 1)), waiver_reason \(.text) NOT NULL,
                removed \(.bool01) NOT NULL CHECK (removed IN (0, 1)), removal_reason \(.text) NOT NULL,
                UNIQUE (requirement_id, unit_id),
                CHECK ((fulfilled_by IS NULL) = (fulfilled_how = ''))
            ) \(.strict)
            """,
            """
            CREATE INDEX document_duty_matrix
            ON document_duty(document_id, unit_id, requirement_id, state, due_on, fulfilled_on)
            """,
            "CREATE INDEX document_duty_unit ON document_duty(unit_id, state, due_on, id)",
            "CREATE INDEX document_duty_fulfilled ON document_duty(fulfilled_by)",
        ])
}
