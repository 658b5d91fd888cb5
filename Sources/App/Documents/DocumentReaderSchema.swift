import Storage

extension Migration {
    /// The people who may know of a document for their own sake, by the office that they hold.
    static let createDocumentReaders = Migration(
        "2026-11-30 document reader",
        [
            """
            CREATE TABLE document_reader (
                document_id \(.int64) NOT NULL REFERENCES document(id),
                office_id \(.int64) NOT NULL REFERENCES office(id), named_at \(.int64) NOT NULL,
                PRIMARY KEY (document_id, office_id)
            ) \(.clustered)
            """,
            "CREATE INDEX document_reader_office ON document_reader(office_id, document_id)",
        ])
}
