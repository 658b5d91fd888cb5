import Storage

/// Links between documents: who implements, concretises, amends, replaces or cites whom.
extension DocumentStore {
    /// Says that a document does something to another. Whoever keeps the first says so. The caller stands in
    /// ``queue(_:)``, so that two who would close a circle together come one after the other.
    @discardableResult
    public func link(
        _ uid: UID, _ kind: DocumentLink.Kind, to other: UID, source: String = "", quote: String = "", seen: Int?,
        at now: Instant
    ) throws -> DocumentRow {
        let row = try find(uid, may: \.mayLink)
        try bump(row, seen: seen)
        try link(row, kind, to: other, source: source, quote: quote, at: now)
        return try find(uid)
    }

    /// Takes a link back.
    @discardableResult
    public func unlink(
        _ uid: UID, _ kind: DocumentLink.Kind, to other: UID, seen: Int?, at now: Instant
    ) throws -> DocumentRow {
        let row = try find(uid, may: \.mayLink)
        let target = try find(other)
        try bump(row, seen: seen)
        let gone = try tx.run(
            """
            DELETE FROM document_link WHERE from_id = \(row.document.id) AND to_id = \(target.document.id)
            AND kind = \(kind.rawValue)
            """)
        guard gone > 0 else { throw AppError.notFound }
        try record(
            .unlinked, row.document, before: ["link": kind.rawValue, "document": eventName(target)], after: [:], at: now
        )
        try follow(row.document.id, at: now)
        return try find(uid)
    }

    func link(
        _ row: DocumentRow, _ kind: DocumentLink.Kind, to other: UID, source: String, quote: String, at now: Instant
    ) throws {
        guard let target = try ifKnown(find(other)) else {
            throw AppError.invalid([Problem("document", "document.error.unknown")])
        }
        var found = Validation()
        try checkLink(row.document, kind, to: target.document, &found)
        try found.check()
        try insertLink(row.document.id, kind, to: target.document.id, source: source, quote: quote)
        try record(
            .linked, row.document, after: ["link": kind.rawValue, "document": eventName(target), "source": source],
            at: now)
        try follow(row.document.id, at: now)
    }

    func insertLink(
        _ from: ID<Document>, _ kind: DocumentLink.Kind, to: ID<Document>, source: String = "", quote: String = ""
    ) throws {
        try tx.run(
            """
            INSERT INTO document_link (from_id, to_id, kind, source, quote)
            VALUES (\(from), \(to), \(kind.rawValue), \(source), \(quote))
            """)
    }

    /// What would be wrong with a link: nothing rests on what is younger, on a draft, or in the end on itself.
    func checkLink(
        _ from: Document, _ kind: DocumentLink.Kind, to: Document, field: String = "document",
        _ found: inout Validation
    ) throws {
        let names: [String: Message.Argument] = ["name": .text(from.name), "other": .text(to.name)]
        if from.id == to.id { return found.add(field, "document.error.link_self") }
        let there = try tx.first(
            """
            SELECT 1 FROM document_link WHERE from_id = \(from.id) AND to_id = \(to.id) AND kind = \(kind.rawValue)
            """)
        if there != nil { return found.add(field, "document.error.link_there", names) }
        guard kind.isOrdered else { return }
        if try rests(to.id, on: from.id) { found.add(field, "document.error.cycle", names) }
        guard from.state != .draft else { return }
        if to.state == .draft {
            found.add(field, "document.error.basis_draft", ["basis": .text(to.name)])
        } else if from.issuedOn < to.issuedOn {
            found.add(
                field, "document.error.before_basis",
                [
                    "name": .text(from.name), "day": .day(from.issuedOn), "basis": .text(to.name),
                    "other": .day(to.issuedOn),
                ])
        }
    }

    /// Whether a chain of links, known to the viewer or not, leads from one document up to another.
    private func rests(_ lower: ID<Document>, on upper: ID<Document>) throws -> Bool {
        try tx.first(
            """
            WITH RECURSIVE above(id) AS (SELECT CAST(\(lower) AS BIGINT) UNION
                SELECT l.to_id FROM above a JOIN document_link l ON l.from_id = a.id AND l.kind <> 'cites')
            SELECT 1 FROM above WHERE id = \(upper) LIMIT 1
            """) != nil
    }

    /// The documents below one, at any depth, as far as a chain that the viewer knows leads to them: a selection of
    /// `document_id`.
    func below(_ top: ID<Document>) -> SQL {
        """
        WITH RECURSIVE below(document_id) AS (SELECT CAST(\(top) AS BIGINT) UNION
            SELECT l.from_id FROM below b JOIN document_link l ON l.to_id = b.document_id AND l.kind <> 'cites'
            JOIN document x ON x.id = l.from_id WHERE \(scope.condition(on: "x")))
        SELECT document_id FROM below WHERE document_id <> \(top)
        """
    }

    /// The documents that rest on one themselves, or on what leads to it through known documents of these types, one
    /// step each: a selection of `document_id`.
    func resting(on top: ID<Document>, through types: [DocumentType]) -> SQL {
        var upper: SQL = "\(top)"
        for type in types {
            upper = """
                SELECT l.from_id FROM document_link l JOIN document x ON x.id = l.from_id WHERE l.to_id IN (\(upper)) \
                AND l.kind <> 'cites' AND x.type = \(type.rawValue) AND \(scope.condition(on: "x"))
                """
        }
        return
            "SELECT DISTINCT l.from_id AS document_id FROM document_link l WHERE l.to_id IN (\(upper)) AND l.kind <> 'cites'"
    }

    /// What the document does to others, and what others do to it; at most `limit` a way, the newest first.
    func links(of id: ID<Document>, limit: Int) throws -> (out: [DocumentLink], back: [DocumentLink]) {
        (
            try links("l.from_id = \(id) AND d.id = l.to_id", limit),
            try links("l.to_id = \(id) AND d.id = l.from_id", limit)
        )
    }

    private func links(_ ends: SQL, _ limit: Int) throws -> [DocumentLink] {
        try tx.all(
            """
            SELECT \(DocumentRow.columns(scope)), l.kind, l.source, l.quote FROM document_link l JOIN document d ON 1 = 1
            \(DocumentRow.issuer(viewer)) WHERE \(ends) AND \(scope.condition())
            ORDER BY d.issued_on DESC, d.id DESC, l.kind LIMIT \(limit)
            """
        ).compactMap { row in
            guard let kind = DocumentLink.Kind(rawValue: try row.text(DocumentRow.width)) else { return nil }
            return DocumentLink(
                kind: kind, other: try DocumentRow(row), source: try row.text(DocumentRow.width + 1),
                quote: try row.text(DocumentRow.width + 2))
        }
    }
}
