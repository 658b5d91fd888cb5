public import Storage

/// The tables that are made from documents: `document_scope` (who may know of which; decides access) and
/// `document_term` (what search looks in). Kept by every change of a document or of today's map of units, rebuilt by
/// `doctor`.
public struct DocumentMap {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// Makes both anew, but not what search looks in. About four seconds for 100,000 documents.
    public func rebuild() throws {
        try tx.run("DELETE FROM document_scope")
        try insertScopes(of: "1 = 1")
        try tx.measure("document_scope")
        try tx.run("DELETE FROM document_term")
        try tx.insert(into: "document_term", DocumentMap.termColumns, rows: try terms(of: nil))
    }

    /// After a change of a document: its scopes and what it is found by.
    func refresh(_ document: ID<Document>) throws { try refresh([document.value]) }

    func refresh(_ documents: [Int64]) throws {
        for batch in KeyBatches.of(documents) {
            try refreshScopes(batch)
            try tx.run("DELETE FROM document_term WHERE document_id IN (\(list: batch))")
            try tx.insert(into: "document_term", DocumentMap.termColumns, rows: try terms(of: batch))
        }
    }

    /// After a change of today's map: the scopes of what these units have issued or have been sent.
    func refreshScopes(ofUnits units: [Int64]) throws {
        for batch in KeyBatches.of(units) {
            let documents = try tx.all(
                """
                SELECT id FROM document WHERE issuer_id IN (\(list: batch)) AND (secrecy > 0 OR state = 'draft')
                UNION SELECT document_id FROM document_recipient WHERE unit_id IN (\(list: batch))
                UNION SELECT document_id FROM document_duty WHERE unit_id IN (\(list: batch)) AND removed = 0
                """
            ).map { try $0.int64(0) }
            for part in KeyBatches.of(documents) { try refreshScopes(part) }
        }
    }

    /// How many rows of each table differ from what a rebuild would make.
    public func differences() throws -> [(table: String, missing: Int, surplus: Int)] {
        let scopes = try tx.difference(
            wanted: scopes(of: "1 = 1").joined(" UNION "), stored: DocumentMap.storedScopes)
        let present = Set(try tx.all("SELECT term, document_id FROM document_term").map(\.values))
        let terms = Set(try terms(of: nil).map { [$0[0], $0[2]] })
        return [
            ("document_scope", scopes.missing, scopes.surplus),
            ("document_term", terms.subtracting(present).count, present.subtracting(terms).count),
        ]
    }

    // MARK: - Scopes

    /// After a change of whom a document concerns.
    func refreshScopes(_ documents: [Int64]) throws {
        try tx.run("DELETE FROM document_scope WHERE document_id + 0 IN (\(list: documents))")
        try insertScopes(of: "d.id IN (\(list: documents))")
        try SearchMap(tx: tx).refresh(.document, documents)
    }

    /// A recipient's scope may be the issuer's too: it stands once.
    private func insertScopes(of which: SQL) throws {
        for scope in scopes(of: which) {
            try tx.run(
                """
                INSERT INTO document_scope
                (scope, holder_id, issued_on, document_id, secrecy, type, state, title_key, scope_id)
                \(scope) ON CONFLICT (scope, holder_id, issued_on, document_id) DO NOTHING
                """)
        }
    }

    private static let storedScopes: SQL = """
        SELECT scope, holder_id, issued_on, document_id, secrecy, type, state, title_key, scope_id FROM document_scope
        """
    private static let columns: SQL = "d.issued_on, d.id, d.secrecy, d.type, d.state, d.title_key"

    /// The selections whose union is the table. Each ends in a WHERE, which SQLite needs before ON CONFLICT.
    private func scopes(of which: SQL) -> [SQL] {
        let number = DocumentScope.Name.allCases.map { name -> SQL in
            "WHEN \(name.rawValue) THEN CAST(\(name.number) AS BIGINT)"
        }
        return named(which).map { scope in
            """
            SELECT w.scope, w.holder_id, w.issued_on, w.id, w.secrecy, w.type, w.state, w.title_key,
            w.holder_id * \(DocumentScope.Key.names) + CASE w.scope \(number.joined(" ")) END
            FROM (\(scope)) w WHERE 1 = 1
            """
        }
    }

    /// Scopes by name and holder.
    private func named(_ which: SQL) -> [SQL] {
        let columns = DocumentMap.columns
        let closed: SQL = "\(which) AND d.state IN ('issued', 'withdrawn') AND d.secrecy > 0"
        // Whoever must act on a paper knows it; what only named people may read is not told by asking for something.
        let asks: SQL = "y.removed = 0 AND d.secrecy = \(Secrecy.internal.rawValue)"
        let place: SQL = "t.level < \(UnitKind.Level.body.rawValue) AND d.secrecy = \(Secrecy.internal.rawValue)"
        return [
            """
            SELECT 'everyone' AS scope, 0 AS holder_id, \(columns) FROM document d
            WHERE \(which) AND d.state IN ('issued', 'withdrawn') AND d.secrecy = 0
            """,
            """
            SELECT 'office' AS scope, d.issuer_id AS holder_id, \(columns) FROM document d WHERE \(which)
            AND ((d.state IN ('issued', 'withdrawn') AND d.secrecy > 0) OR d.state = 'draft')
            """,
            """
            SELECT DISTINCT r.hierarchy AS scope, r.ancestor_id AS holder_id, \(columns) FROM document d
            JOIN unit_reach r ON r.unit_id = d.issuer_id WHERE \(closed)
            """,
            """
            SELECT 'office' AS scope, n.unit_id AS holder_id, \(columns) FROM document d
            JOIN document_recipient n ON n.document_id = d.id WHERE \(closed)
            """,
            """
            SELECT DISTINCT r.hierarchy AS scope, r.ancestor_id AS holder_id, \(columns) FROM document d
            JOIN document_recipient n ON n.document_id = d.id JOIN unit_reach r ON r.unit_id = n.unit_id WHERE \(closed)
            """,
            """
            SELECT 'place' AS scope, t.unit_id AS holder_id, \(columns) FROM document d
            JOIN document_recipient n ON n.document_id = d.id JOIN unit_version t ON t.unit_id = n.unit_id
            WHERE \(closed) AND \(place)
            """,
            """
            SELECT 'office' AS scope, y.unit_id AS holder_id, \(columns) FROM document d
            JOIN document_duty y ON y.document_id = d.id WHERE \(closed) AND \(asks)
            """,
            """
            SELECT DISTINCT r.hierarchy AS scope, r.ancestor_id AS holder_id, \(columns) FROM document d
            JOIN document_duty y ON y.document_id = d.id JOIN unit_reach r ON r.unit_id = y.unit_id
            WHERE \(closed) AND \(asks)
            """,
            """
            SELECT 'place' AS scope, t.unit_id AS holder_id, \(columns) FROM document d
            JOIN document_duty y ON y.document_id = d.id JOIN unit_version t ON t.unit_id = y.unit_id
            WHERE \(closed) AND \(asks) AND \(place)
            """,
            drafted("draft-", state: "draft", which),
            """
            SELECT 'asked' AS scope, o.office_id AS holder_id, \(columns) FROM document d
            JOIN document_opinion o ON o.document_id = d.id WHERE \(which) AND d.state = 'draft'
            """,
            """
            SELECT 'named' AS scope, r.office_id AS holder_id, \(columns) FROM document d
            JOIN document_reader r ON r.document_id = d.id
            WHERE \(which) AND d.state IN ('draft', 'issued', 'withdrawn') AND d.secrecy > 0
            """,
            drafted("gone-", state: "discarded", which),
            """
            SELECT 'gone-office' AS scope, d.issuer_id AS holder_id, \(columns) FROM document d
            WHERE \(which) AND d.state = 'discarded'
            """,
        ]
    }

    private func drafted(_ prefix: String, state: String, _ which: SQL) -> SQL {
        """
        SELECT DISTINCT CAST(\(prefix) AS TEXT) || r.hierarchy AS scope, r.ancestor_id AS holder_id,
        \(DocumentMap.columns) FROM document d JOIN unit_reach r ON r.unit_id = d.issuer_id
        WHERE \(which) AND d.state = \(state)
        """
    }

    // MARK: - Terms

    private static let termColumns: [StaticString] = ["term", "issued_on", "document_id"]

    private func terms(of documents: [Int64]?) throws -> [[SQLValue]] {
        let which: SQL = documents.map { "d.id IN (\(list: $0))" } ?? "1 = 1"
        var aliases: [Int64: String] = [:]
        for row in try tx.all(
            "SELECT a.document_id, a.alias FROM document_alias a JOIN document d ON d.id = a.document_id WHERE \(which)"
        ) { aliases[try row.int64(0), default: ""] += " " + (try row.text(1)) }
        var rows: [[SQLValue]] = []
        try tx.each(
            "SELECT d.id, d.sign, d.title, d.issued_on FROM document d WHERE \(which) AND d.state <> 'discarded'"
        ) {
            row in
            let id = try row.int64(0)
            let text = "\(try row.text(1)) \(try row.text(2)) \(aliases[id] ?? "")"
            for term in DocumentTerms.of(text) { rows.append([.text(term), try row.value(3), .integer(id)]) }
            return true
        }
        return rows
    }
}

/// What a document is found by: the folded words of its number, its title and its other names, each once.
enum DocumentTerms {
    static let limit = 80

    static func of(_ text: String) -> [String] {
        var terms: [String] = []
        var known: Set<String> = []
        for word in TextFold.words(text, limit: 200) {
            // 07 is found as 7 too.
            let bare = word.drop { $0 == "0" }
            for term in [word, String(bare)] where !term.isEmpty && known.insert(String(term.prefix(40))).inserted {
                terms.append(String(term.prefix(40)))
            }
            if terms.count >= limit { break }
        }
        return terms
    }
}
