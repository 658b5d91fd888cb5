public import Storage

/// The files of records. The feature that owns the record has decided whether the viewer may see or change it; this
/// store only ever answers for a ``Subject`` that it is handed.
public struct AttachmentStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    /// A record with more files than this has become a folder.
    public static let most = 100

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// All files of a record in the order in which they came, withdrawn ones too.
    public func list(of subject: Subject) throws -> [Attachment] {
        try tx.all(
            """
            SELECT \(Attachment.columns) FROM attachment a
            WHERE a.subject_kind = \(subject.kind.rawValue) AND a.subject_id = \(subject.id) ORDER BY a.id
            """
        ).map(Attachment.init)
    }

    /// How many files that still count each of these records has, for a page of a list; records without any are left out.
    public func counts(of kind: Subject.Kind, _ ids: [Int64]) throws -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        for row in try tx.all(
            """
            SELECT a.subject_id, COUNT(*) FROM attachment a WHERE a.subject_kind = \(kind.rawValue)
            AND a.subject_id IN (\(list: ids)) AND a.withdrawn_at IS NULL GROUP BY a.subject_id
            """)
        {
            counts[try row.int64(0)] = try row.int(1)
        }
        return counts
    }

    /// One file of a record; ``AppError/notFound`` when it is another record's.
    public func find(_ uid: UID, of subject: Subject) throws -> Attachment {
        let row = try tx.first(
            """
            SELECT \(Attachment.columns) FROM attachment a WHERE a.uid = \(uid)
            AND a.subject_kind = \(subject.kind.rawValue) AND a.subject_id = \(subject.id)
            """)
        guard let row else { throw AppError.notFound }
        return try Attachment(row)
    }

    /// The folded text of a file in pieces, in order: for showing where a word was found.
    public func text(of attachment: ID<Attachment>) throws -> [String] {
        try tx.all("SELECT text FROM attachment_text WHERE attachment_id = \(attachment) ORDER BY piece")
            .map { try $0.text(0) }
    }
}

extension Attachment {
    static let columns: SQL = """
        a.id, a.uid, a.subject_kind, a.subject_id, a.subject_uid, a.name, a.kind, a.size, a.sha256, a.text_state, \
        a.text_note, a.added_at, a.added_by, a.withdrawn_at, a.withdrawal
        """

    init(_ row: Row) throws {
        guard let subjectKind = Subject.Kind(rawValue: try row.text(2)), let kind = FileKind(rawValue: try row.text(6)),
            let state = TextState(rawValue: try row.text(9))
        else { throw StorageError.decoding("an attachment of an unknown kind") }
        let reason = try row.text(14)
        self.init(
            id: try row.id(0), uid: try row.uid(1),
            subject: Subject(subjectKind, id: try row.int64(3), uid: try row.uid(4)), name: try row.text(5), kind: kind,
            size: try row.int(7), sha256: try row.text(8), text: state, textNote: TextNote(rawValue: try row.text(10)),
            addedAt: try row.instant(11), addedBy: try row.optionalID(12),
            withdrawn: try row.optionalInstant(13).map { Withdrawal(at: $0, reason: reason) })
    }
}
