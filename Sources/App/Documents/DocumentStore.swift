public import Storage

/// Everything that is read and written about documents. Made from a transaction and a viewer, so that nothing is read
/// unscoped; each act stands in an extension.
public struct DocumentStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    var scope: DocumentScope { DocumentScope(viewer) }
    var units: UnitStore { UnitStore(tx: tx, viewer: viewer, today: today) }

    /// Parts of a cursor of ``list(_:page:)``.
    static let cursorParts = 2

    /// A page of the documents that the viewer may know of. An unknown issuer is ``AppError/notFound``.
    public func list(_ filter: DocumentFilter, page: PageRequest = .first) throws -> Page<DocumentRow> {
        let query = try query(filter)
        let rows = try tx.all(query.page(after: try position(page.after), limit: page.limit))
        let shown = try rows.prefix(page.limit).map { try DocumentRow($0) }
        var next: Cursor?
        if rows.count > page.limit, let last = shown.last {
            next = try query.cursor(after: rows[shown.count - 1], last.document)
        }
        let total = page.after == nil && next == nil ? shown.count : try count(query)
        return Page(items: shown, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
    }

    private func count(_ query: DocumentQuery) throws -> Int {
        if let open = query.countOpen(cap: countCap), let found = try tx.first(open)?.int(0), found > countCap {
            return found
        }
        return try tx.first(query.count(cap: countCap))?.int(0) ?? 0
    }

    /// A cursor names the last document by its uid, since the distance between local keys would tell of others.
    private func position(_ cursor: Cursor?) throws -> DocumentQuery.Position? {
        guard let cursor else { return nil }
        guard let place = cursor.parts.first, let uid = cursor.parts.last,
            let row = try tx.first("SELECT id FROM document WHERE uid = \(uid)")
        else { throw AppError.invalid([Problem("after", "field.cursor")]) }
        return DocumentQuery.Position(place: place, id: try row.int64(0))
    }

    /// Hands over each document of a list, for an export that is never held whole.
    public func each(_ filter: DocumentFilter, _ body: (DocumentRow) throws -> Void) throws {
        try tx.each(try query(filter).page(after: nil, limit: 10_000_000)) { row in
            try body(try DocumentRow(row))
            return true
        }
    }

    /// Throws ``AppError/notFound`` also when the viewer may not know of it.
    public func find(_ uid: UID) throws -> DocumentRow { try one("d.uid = \(uid)") }
    public func find(_ id: ID<Document>) throws -> DocumentRow { try one("d.id = \(id)") }

    private func one(_ which: SQL) throws -> DocumentRow {
        guard let row = try rows("\(which) AND \(scope.condition())").first else { throw AppError.notFound }
        return row
    }

    /// Documents by a condition on `d`, which must carry the scope; the newest first, no more than `limit`.
    func rows(_ condition: SQL, limit: Int = 1) throws -> [DocumentRow] {
        try tx.all(
            """
            SELECT \(DocumentRow.columns(scope)) FROM document d \(DocumentRow.issuer(viewer))
            WHERE \(condition) ORDER BY d.issued_on DESC, d.id DESC LIMIT \(limit)
            """
        ).map { try DocumentRow($0) }
    }

    /// What a person types to name a document: its uid, its number in any spelling, another name, or its title, with
    /// its issuer behind ` @ ` where several are called so; as long as only one that the viewer may know of is meant.
    public func find(typed text: String) throws -> DocumentRow? {
        let found = try named(text)
        return found.count == 1 ? found.first : nil
    }

    /// What a form is filled with: words by which ``find(typed:)`` finds this document again; its uid where none do.
    func typedName(of row: DocumentRow) throws -> String {
        let document = row.document
        let names = [document.sign, "\(document.sign) @ \(document.issuerName)", document.title]
        return try names.first { try !$0.isEmpty && find(typed: $0)?.uid == row.uid } ?? row.uid.text
    }

    /// All that a text may name; at most 20. `01-KH/BCĐ`, or `01-KH/BCĐ @ Ban Chỉ đạo tỉnh Gia Lai`.
    func named(_ text: String) throws -> [DocumentRow] {
        let parts = text.split(separator: "@", maxSplits: 1).compactMap { CleanText.line(String($0)) }
        if parts.count == 2, let name = parts.first, let issuer = parts.last, !name.isEmpty, !issuer.isEmpty {
            let unit = try units.find(typed: issuer)?.unit.id
            let found = try named(name, by: "(d.issuer_id = \(unit?.value ?? 0) OR d.issuer_name = \(issuer))") {
                $0.issuer == unit || $0.issuerName == issuer
            }
            if !found.isEmpty { return found }
        }
        return try named(text, by: "1 = 1") { _ in true }
    }

    /// The issuer twice: as a condition on `d`, and for what the list of all documents finds.
    private func named(_ text: String, by issuer: SQL, _ isBy: (Document) -> Bool) throws -> [DocumentRow] {
        let which: SQL = "\(issuer) AND \(scope.condition())"
        if let uid = UID(parsing: text) { return try rows("d.uid = \(uid) AND \(which)") }
        let known = try rows(
            """
            d.id IN (SELECT a.document_id FROM document_alias a WHERE a.alias_key = \(DocumentAlias.key(text)))
            AND \(which)
            """, limit: 20)
        if !known.isEmpty { return known }
        if let read = try? DocumentNumber(parsing: text) {
            let numbered = try rows(
                read.grammar == .loose ? "\(dated(read)) AND \(which)" : "d.sign_key = \(read.key) AND \(which)",
                limit: 20)
            if !numbered.isEmpty { return numbered }
        }
        var filter = DocumentFilter()
        filter.text = text
        let wanted = TextFold.fold(text)
        guard !wanted.isEmpty else { return [] }
        return try list(filter, page: PageRequest(after: nil, limit: 20)).items.filter {
            TextFold.fold($0.document.title) == wanted && isBy($0.document)
        }
    }

    /// `57/2024`: what has this number and was issued that year.
    private func dated(_ number: DocumentNumber) -> SQL {
        let first = number.year.flatMap { Day(year: $0, month: 1, day: 1) } ?? .beginning
        let next = number.year.flatMap { Day(year: $0 + 1, month: 1, day: 1) } ?? .never
        return "d.number = \(number.number) AND d.issued_on >= \(first) AND d.issued_on < \(next)"
    }

    func record(
        _ verb: Event.Verb, _ document: Document, before: [String: String] = [:], after: [String: String],
        at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, document.subject, unit: document.issuer, before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ row: DocumentRow, seen: Int?) throws {
        try Overtaken.check(seen, against: row.document.version, of: row.document.subject, "document.error.stale")
        try tx.run("UPDATE document SET version = version + 1 WHERE id = \(row.document.id)")
    }

    /// What an event calls a document: by number when everybody may know of it, else by uid.
    func eventName(_ row: DocumentRow) -> String {
        let isOpen = row.document.secrecy == .public && row.document.state != .draft && !row.document.sign.isEmpty
        return isOpen ? row.document.sign : row.uid.text
    }
}

extension DocumentStore {
    /// Numbers and links are given out one after the other: on PostgreSQL their writers wait for each other here,
    /// before anything is read, instead of failing to serialise. SQLite has one writer anyway.
    static func queue(_ tx: Transaction) throws {
        if tx.engine == .postgres { try tx.run("LOCK TABLE document_series IN SHARE ROW EXCLUSIVE MODE") }
    }
}
