import Storage

/// The files of a document: who may see it may see them; whoever keeps it adds them and takes them away.
extension DocumentStore {
    private var attachments: AttachmentStore { AttachmentStore(tx: tx, viewer: viewer, today: today) }

    /// All of them in the order in which they came, withdrawn ones too. Of a state secret there are none.
    public func files(of row: DocumentRow) throws -> [Attachment] { try attachments.list(of: row.document.subject) }

    /// One file of a document that the viewer may know of.
    public func file(_ uid: UID, of document: UID) throws -> (row: DocumentRow, file: Attachment) {
        let row = try find(document)
        return (row, try attachments.find(uid, of: row.document.subject))
    }

    /// Gives files to a document that have been received and examined.
    @discardableResult
    public func attach(_ files: [KeptFile], to uid: UID, at now: Instant) throws -> [Attachment] {
        let row = try find(uid, may: \.mayWrite)
        return try attachments.add(files, to: row.document.subject, unit: row.document.issuer, at: now)
    }

    /// Takes a file away: from a draft for good, from an issued document by withdrawing it with a reason.
    public func detach(_ file: UID, of uid: UID, reason: String, at now: Instant) throws {
        let row = try find(uid, may: \.mayWrite)
        try attachments.remove(
            file, of: row.document.subject, unit: row.document.issuer, isIssued: row.document.state != .draft,
            reason: reason, at: now)
    }

    /// The files of a draft that is given up.
    func dropFiles(of row: DocumentRow, at now: Instant) throws {
        try attachments.removeAll(of: row.document.subject, at: now)
    }
}
