import Storage

/// All that the page of one document shows besides the row itself.
public struct DocumentDetail: Sendable {
    public let row: DocumentRow
    public let aliases: [String]
    /// What it does to others, and what others do to it.
    public let links: [DocumentLink]
    public let backLinks: [DocumentLink]
    public let paragraphs: [DocumentParagraph]
    /// There are more than these.
    public let hasMoreText: Bool
    /// The first ones by name that the viewer may know of, and how many there are.
    public let recipients: [UnitLink]
    public let recipientCount: Int
    /// Of a draft, or kept from then: those that the viewer may see.
    public let opinions: [DocumentOpinion]
    /// Who is named to know of it, for those who may see that.
    public let readers: [DocumentReader]
    /// Withdrawn ones too.
    public let files: [Attachment]
    /// Of a draft: the number that it would get today.
    public let nextSign: String?
    public let rights: DocumentAbilities
}

extension DocumentStore {
    /// Everything about one document. ``AppError/notFound`` also when the viewer may not know of it.
    /// `shown`: how many links a way and recipients are read at most; `isWhole`: all paragraphs, else what a page carries.
    public func detail(_ uid: UID, shown: Int = 200, isWhole: Bool = true) throws -> DocumentDetail {
        let row = try find(uid)
        let id = row.document.id
        let links = try links(of: id, limit: shown), recipients = try recipients(of: id, limit: shown)
        let rights = try abilities(row)
        let text = isWhole ? nil : try paragraphs(of: id, after: nil)
        return DocumentDetail(
            row: row, aliases: try aliases(of: id), links: links.out, backLinks: links.back,
            paragraphs: try text?.items ?? paragraphs(of: id), hasMoreText: text?.next != nil,
            recipients: recipients.units, recipientCount: recipients.count,
            opinions: try opinions(of: row, rights), readers: try readers(of: row, rights), files: try files(of: row),
            nextSign: row.document.state == .draft ? try nextSign(row.document) : nil, rights: rights)
    }

    func aliases(of id: ID<Document>) throws -> [String] {
        try tx.all("SELECT alias FROM document_alias WHERE document_id = \(id) ORDER BY alias_key").map {
            try $0.text(0)
        }
    }

    /// What was done to the document, newest first.
    public func history(of row: DocumentRow, page: PageRequest = .first) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer).history(of: row.document.subject, page: page)
    }
}
