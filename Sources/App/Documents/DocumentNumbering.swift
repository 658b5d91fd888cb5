import Storage

/// Numbers are taken when a document is issued, one after the other in its series, never twice and never again after a
/// withdrawal; a gap is not filled.
struct DocumentNumbering {
    let tx: Transaction

    /// A sequence of numbers: of one issuer, one type and one year or term.
    struct Series: Hashable {
        let issuer: ID<OrgUnit>
        let type: DocumentType
        let text: String

        /// On `document_series` and on `document`.
        fileprivate var condition: SQL {
            "issuer_id = \(issuer) AND type = \(type.rawValue) AND series = \(text)"
        }
    }

    /// The number that would be given out next.
    func next(in series: Series) throws -> Int {
        let row = try tx.first("SELECT last FROM document_series WHERE \(series.condition)")
        let last = try row?.int(0) ?? 0
        return last < DocumentNumber.numbers.upperBound ? last + 1 : last
    }

    /// Gives out the next number. The caller stands in ``DocumentStore/queue(_:)``.
    func take(in series: Series) throws -> Int {
        let last = try tx.first("SELECT last FROM document_series WHERE \(series.condition)")?.int(0) ?? 0
        guard last < DocumentNumber.numbers.upperBound else {
            throw AppError.conflict(Message("document.error.series_full"))
        }
        try keep(last + 1, in: series)
        return last + 1
    }

    /// Says that a number is taken, by a paper that exists already: the next is beyond it.
    func keep(_ number: Int, in series: Series) throws {
        try tx.run(
            """
            INSERT INTO document_series AS k (issuer_id, type, series, last)
            VALUES (\(series.issuer), \(series.type.rawValue), \(series.text), \(number))
            ON CONFLICT (issuer_id, type, series) DO UPDATE SET last =
                CASE WHEN k.last < excluded.last THEN excluded.last ELSE k.last END
            """)
    }

    /// Which document has the number; nil when it is free.
    func holder(of number: Int, in series: Series) throws -> ID<Document>? {
        try tx.first("SELECT id FROM document WHERE \(series.condition) AND number = \(number)")?.id(0)
    }

    /// What the issuer last called itself in a number, and the term that it last counted in, among the documents that
    /// meet a condition on `d`.
    func habit(
        of issuer: ID<OrgUnit>, known: SQL = "1 = 1"
    ) throws -> (numbering: Document.Numbering, sign: String, term: Int?)? {
        let row = try tx.first(
            """
            SELECT d.numbering, d.issuer_sign, d.series FROM document d WHERE d.issuer_id = \(issuer) AND d.number > 0
            AND d.type <> 'dispatch' AND \(known) ORDER BY d.issued_on DESC, d.id DESC LIMIT 1
            """)
        guard let row, let numbering = Document.Numbering(rawValue: try row.text(0)) else { return nil }
        return (numbering, try row.text(1), DocumentSeries.term(try row.text(2)))
    }
}

extension DocumentNumber {
    /// The number that a document bears: as ``compose(type:number:year:issuer:draftingUnit:system:)``, with the
    /// abbreviation and the drafting unit of a dispatch taken apart.
    static func compose(
        _ type: DocumentType, number: Int, numbering: Document.Numbering, on day: Day, issuerSign: String
    ) throws(DocumentNumberProblem) -> DocumentNumber {
        let isDispatch = type == .dispatch && numbering != .party
        let parts = issuerSign.split(separator: "-", maxSplits: 1).map(String.init)
        return try compose(
            type: type, number: number, year: numbering == .law ? day.parts.year : nil,
            issuer: isDispatch ? parts.first ?? "" : issuerSign,
            draftingUnit: isDispatch && parts.count == 2 ? parts.last : nil, system: numbering.system)
    }

    /// By whose rules a printed number counts.
    var numbering: Document.Numbering { grammar == .party ? .party : year == nil ? .state : .law }

    /// As ``Document/issuerSign`` keeps it.
    var issuerSign: String { draftingUnit.map { "\(issuer)-\($0)" } ?? issuer }
}
