import Storage

/// What a list of documents is read from: the rarest of what is asked for.
enum DocumentDriver {
    /// The viewer's scopes in the order of the list; words, type and state are looked at row by row.
    case scope
    /// A number in one spelling of many.
    case sign(String)
    /// `57/2024`: the number; the year is in the filter.
    case number(Int)
    case issuer(ID<OrgUnit>)
    /// Withdrawn documents are few.
    case state
    /// What the words of the search are found in the files of; a rare word drives, else the scopes do.
    case files(AttachmentSearch)
    /// Documents by key, as a selection of `document_id`: those with a rare word, or those below another.
    case found(SQL)

    /// Whether the words of the search are still to be looked at.
    var usesWords: Bool {
        switch self {
        case .sign, .number, .files: false
        default: true
        }
    }

    /// A word in no more documents than this is rare: they are read and sorted.
    static let rare = 1_000
}

extension DocumentStore {
    /// Chooses what the list is driven by. An issuer or a document that the viewer may not know of is
    /// ``AppError/notFound``.
    func query(_ filter: DocumentFilter) throws -> DocumentQuery {
        var filter = filter
        let issuer = try filter.issuer.map {
            try UnitStore(tx: tx, viewer: viewer, today: today).find($0).unit.id
        }
        if let under = filter.under {
            let top = try find(under).document.id
            return DocumentQuery(viewer: viewer, filter: filter, driver: .found(below(top)))
        }
        if let basis = filter.basis {
            let top = try find(basis).document.id
            return DocumentQuery(
                viewer: viewer, filter: filter, driver: .found(resting(on: top, through: filter.through)))
        }
        if filter.isInFiles, !filter.text.isEmpty {
            let search = try AttachmentStore(tx: tx, viewer: viewer, today: today).search(filter.text, in: .document)
            return DocumentQuery(viewer: viewer, filter: filter, driver: search.isEmpty ? .scope : .files(search))
        }
        if let numbered = try numbered(&filter) {
            return DocumentQuery(viewer: viewer, filter: filter, driver: numbered)
        }
        let driver: DocumentDriver
        if let rare = try rarest(DocumentWords(filter.text).terms) {
            driver = .found(rare)
        } else if let issuer {
            driver = .issuer(issuer)
        } else {
            driver = filter.state == .withdrawn ? .state : .scope
        }
        return DocumentQuery(viewer: viewer, filter: filter, driver: driver)
    }

    /// A text that is a number and sign, or number and year, of a document which the viewer may know of.
    private func numbered(_ filter: inout DocumentFilter) throws -> DocumentDriver? {
        guard !filter.text.isEmpty, let read = try? DocumentNumber(parsing: filter.text) else { return nil }
        var asked = filter
        let driver: DocumentDriver
        if read.grammar == .loose {
            asked.year = read.year ?? asked.year
            driver = .number(read.number)
        } else {
            driver = .sign(read.key)
        }
        guard try tx.first(DocumentQuery(viewer: viewer, filter: asked, driver: driver).count(cap: 0))?.int(0) ?? 0 > 0
        else { return nil }
        filter = asked
        return driver
    }

    /// The documents with the rarest of the words; nil when all are common.
    private func rarest(_ terms: [DocumentWords.Term]) throws -> SQL? {
        var best: (count: Int, term: DocumentWords.Term)?
        for term in terms {
            let counted = try tx.first(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM document_term t WHERE \(term.condition) \
                LIMIT \(DocumentDriver.rare + 1)) n
                """)
            let count = try counted?.int(0) ?? 0
            if count <= best?.count ?? DocumentDriver.rare { best = (count, term) }
        }
        return best.map { "SELECT DISTINCT t.document_id FROM document_term t WHERE \($0.term.condition)" }
    }
}
