public import Storage

/// Documents as CSV, with the columns that ``DocumentImport`` reads: a file that goes out can come in elsewhere.
///
/// Carried: what is written of a document, its other names, its recipients and its links. Not carried: uids, drafts,
/// paragraphs, opinions, files, history; a withdrawn document comes back as issued.
public struct DocumentExport {
    let store: DocumentStore

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        store = DocumentStore(tx: tx, viewer: viewer, today: today)
    }

    static let columns = [
        "sign", "type", "issuer", "title", "issued_on", "effect_from", "effect_to", "signer", "signer_title",
        "capacity", "secrecy", "term", "aliases", "recipients", "implements", "concretises", "amends", "replaces",
        "cites", "source", "quote", "reference", "holder",
    ]

    /// The header line.
    public static let header = CSVWriter.line(columns)
    private static let batch = 200

    /// Hands over row after row, each with its line end, the newest first. Returns the number of documents.
    @discardableResult public func write(_ filter: DocumentFilter, _ take: (String) throws -> Void) throws -> Int {
        var issuers: [Int64: String] = [:]
        var count = 0
        var page = PageRequest(after: nil, limit: DocumentExport.batch)
        repeat {
            let found = try store.list(filter, page: page)
            let rows = found.items.filter { $0.document.state != .draft }
            let ids = rows.map { $0.document.id.value }
            let aliases = try aliases(ids), links = try links(ids), recipients = try recipients(ids, &issuers)
            for row in rows {
                let issuer = try name(of: row.document.issuer, &issuers)
                try take(
                    line(
                        row, issuer, aliases[row.document.id.value] ?? [], links[row.document.id.value] ?? [:],
                        recipients[row.document.id.value] ?? []))
                count += 1
            }
            page.after = found.next
        } while page.after != nil
        return count
    }

    private func line(
        _ row: DocumentRow, _ issuer: String, _ aliases: [String], _ links: [DocumentLink.Kind: [String]],
        _ recipients: [String]
    ) -> String {
        let document = row.document
        func day(_ day: Day) -> String { day == .never ? "" : day.text }
        func linked(_ kind: DocumentLink.Kind) -> String { (links[kind] ?? []).joined(separator: "; ") }
        let texts = [
            document.sign, document.type.rawValue, issuer, document.title, day(document.issuedOn),
            day(document.effectFrom), day(document.effectTo), document.signer, document.signerTitle,
            document.capacity?.rawValue ?? "", document.secrecy.name,
            DocumentSeries.term(document.series).map(String.init) ?? "", aliases.joined(separator: "; "),
            recipients.joined(separator: "; "), linked(.implements), linked(.concretises), linked(.amends),
            linked(.replaces), linked(.cites), document.source, document.quote, document.isReference ? "1" : "",
            document.holder,
        ]
        return CSVWriter.line(texts.map(CSVWriter.Cell.text))
    }

    private func aliases(_ ids: [Int64]) throws -> [Int64: [String]] {
        var aliases: [Int64: [String]] = [:]
        for row in try store.tx.all(
            "SELECT document_id, alias FROM document_alias WHERE document_id IN (\(list: ids)) ORDER BY document_id, alias_key"
        ) { aliases[try row.int64(0), default: []].append(try row.text(1)) }
        return aliases
    }

    /// The other end by number, with its issuer behind ` @ ` where the number alone names several.
    private func links(_ ids: [Int64]) throws -> [Int64: [DocumentLink.Kind: [String]]] {
        var links: [Int64: [DocumentLink.Kind: [String]]] = [:]
        for row in try store.tx.all(
            """
            SELECT l.from_id, l.kind, d.sign, d.title, d.issuer_name,
                (SELECT COUNT(*) FROM document o WHERE o.sign_key = d.sign_key AND d.sign_key <> '')
            FROM document_link l JOIN document d ON d.id = l.to_id
            WHERE l.from_id IN (\(list: ids)) AND d.state <> 'draft' AND \(store.scope.condition())
            ORDER BY l.from_id, d.issued_on, d.id
            """)
        {
            guard let kind = DocumentLink.Kind(rawValue: try row.text(1)) else { continue }
            let sign = try row.text(2)
            var name = sign.isEmpty ? try row.text(3) : sign
            if try row.int(5) > 1 { name += " @ " + (try row.text(4)) }
            links[try row.int64(0), default: [:]][kind, default: []].append(name)
        }
        return links
    }

    private func recipients(_ ids: [Int64], _ names: inout [Int64: String]) throws -> [Int64: [String]] {
        var recipients: [Int64: [String]] = [:]
        for row in try store.tx.all(
            """
            SELECT n.document_id, n.unit_id FROM document_recipient n JOIN unit u ON u.id = n.unit_id
            WHERE n.document_id IN (\(list: ids)) AND \(UnitScope(store.viewer).condition)
            ORDER BY n.document_id, n.unit_id
            """)
        {
            let name = try name(of: try row.id(1), &names)
            recipients[try row.int64(0), default: []].append(name)
        }
        return recipients
    }

    /// A unit as an import finds it again: by code, by name where only one is called so, else by uid.
    private func name(of unit: ID<OrgUnit>, _ known: inout [Int64: String]) throws -> String {
        if let name = known[unit.value] { return name }
        let row = try UnitStore(tx: store.tx, viewer: .system(store.viewer.name), today: store.today).find(unit)
        var name = row.code ?? row.name
        if try store.units.find(typed: name)?.uid != row.uid { name = row.uid.text }
        known[unit.value] = name
        return name
    }
}
