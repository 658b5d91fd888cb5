import Storage

/// What documents give to search. Of a state secret number and holder, which is all that is kept of it.
enum DocumentSearch {
    static let source = SearchSource(
        kind: .document, states: DocumentFilter.Listed.allCases.map(\.rawValue), entries: entries, keys: keys,
        scopes: { viewer, _ in DocumentScope(viewer).keys.flatMap { SearchScopes.upTo($0.limit, of: $0.scopeID) } },
        names: { _ in [] }, hasParts: false, regions: { _, _, _ in nil }, size: size, show: show,
        key: { tx, uid in try tx.first("SELECT id FROM document WHERE uid = \(uid)")?.int64(0) })

    private static func size(_ tx: Transaction, _ viewer: Viewer, _ reach: SearchReach, _ cap: Int) throws -> Int {
        let scopes = DocumentScope(viewer).keys.map(\.scopeID)
        let row = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM document_scope WHERE scope_id IN (\(list: scopes)) LIMIT \(cap)) n
            """)
        return try row?.int(0) ?? 0
    }

    private static func keys(_ tx: Transaction, _ above: Int64, _ limit: Int) throws -> [Int64] {
        try tx.all("SELECT id FROM document WHERE id > \(above) ORDER BY id LIMIT \(limit)").map { try $0.int64(0) }
    }

    private static func entries(_ tx: Transaction, _ documents: [Int64]) throws -> [SearchEntry] {
        var scopes: [Int64: [String]] = [:], texts: [Int64: String] = [:]
        for row in try tx.all(
            """
            SELECT document_id, scope_id, secrecy FROM document_scope WHERE document_id + 0 IN (\(list: documents))
            ORDER BY document_id, scope_id
            """
        ) {
            let secrecy = Secrecy(rawValue: try row.int(2)) ?? .restricted
            scopes[try row.int64(0), default: []].append(SearchScopes.of(try row.int64(1), secrecy: secrecy))
        }
        for row in try tx.all(
            """
            SELECT document_id, 0, alias_key, alias FROM document_alias WHERE document_id IN (\(list: documents))
            UNION ALL SELECT document_id, position + 1, label_key, text FROM document_paragraph
            WHERE document_id IN (\(list: documents)) ORDER BY 1, 2, 3
            """
        ) { texts[try row.int64(0), default: ""] += " " + (try row.text(3)) }
        return try tx.all(
            """
            SELECT id, sign, title, issued_on, state, type, issuer_id, quote, is_reference, holder FROM document
            WHERE id IN (\(list: documents)) AND state <> 'discarded' ORDER BY id
            """
        ).map { row in
            let id = try row.int64(0), isReference = try row.bool(8)
            return SearchEntry(
                .document, id, day: try row.day(3), state: try row.text(4), type: try row.text(5),
                unit: try row.int64(6), title: "\(try row.text(1)) \(try row.text(2))",
                text: isReference ? try row.text(9) : "\(texts[id] ?? "") \(try row.text(7))",
                scopes: scopes[id] ?? [])
        }
    }

    private static func show(
        _ tx: Transaction, _ viewer: Viewer, _ today: Day, _ documents: [Int64]
    ) throws -> [SearchCard] {
        let scope = DocumentScope(viewer)
        let texts = try texts(tx, documents)
        return try tx.all(
            """
            SELECT \(DocumentRow.columns(scope)) FROM document d \(DocumentRow.issuer(viewer))
            WHERE d.id IN (\(list: documents)) AND \(scope.condition()) ORDER BY d.id
            """
        ).map { row in
            let shown = try DocumentRow(row), document = shown.document
            return SearchCard(
                subject: document.subject, href: shown.href,
                title: [document.sign, document.title].filter { !$0.isEmpty }.joined(separator: " · "),
                unit: document.issuerName,
                passages: document.isReference
                    ? [document.holder] : (texts[document.id.value] ?? []) + [document.quote],
                day: document.issuedOn == .never ? nil : document.issuedOn, state: document.state.rawValue)
        }
    }

    /// Other names and paragraphs, in which a word may stand.
    private static func texts(_ tx: Transaction, _ documents: [Int64]) throws -> [Int64: [String]] {
        var texts: [Int64: [String]] = [:]
        for row in try tx.all(
            """
            SELECT document_id, 0, alias_key, alias FROM document_alias WHERE document_id IN (\(list: documents))
            UNION ALL SELECT document_id, position + 1, label_key, text FROM document_paragraph
            WHERE document_id IN (\(list: documents)) ORDER BY 1, 2, 3
            """
        ) { texts[try row.int64(0), default: []].append(try row.text(3)) }
        return texts
    }
}
