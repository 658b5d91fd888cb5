import Storage

/// The statements behind every list of documents: list, type-ahead, export and count share their conditions.
///
/// A list is driven by one index, chosen here and not by the planner. Without anything rarer it is the union of the
/// viewer's scopes, each ordered and limited by itself; see ``DocumentDriver``. Aliases: `d` document, `u` its issuer,
/// `s` a row of a scope, `k` the keys of the page.
struct DocumentQuery {
    let viewer: Viewer
    let filter: DocumentFilter
    let driver: DocumentDriver
    private var scope: DocumentScope { DocumentScope(viewer) }

    private var direction: SQL { filter.isDescending ? " DESC" : "" }
    /// Read from the viewer's scopes; the system has none and reads the documents themselves.
    private var isByScope: Bool {
        if viewer.isSystem { return false }
        switch driver {
        case .scope: return true
        case .files(let search): return !search.isRare
        default: return false
        }
    }
    private var isByTitle: Bool { filter.order == .title }

    /// Where a page begins: behind the document that the one before ended with.
    struct Position {
        /// What the list is ordered by.
        let place: String
        let id: Int64
    }

    func page(after: Position?, limit: Int) -> SQL {
        let keys = keys(after: after, limit: limit + 1)
        return """
            SELECT \(DocumentRow.columns(scope)), d.title_key FROM (\(keys)) k JOIN document d ON d.id = k.id \
            \(DocumentRow.issuer(viewer)) ORDER BY k.place\(direction), k.id\(direction)
            """
    }

    /// Counts no further than one more than `cap`.
    func count(cap: Int) -> SQL {
        let found: SQL
        if isByScope {
            let branches = scope.keys.map { key -> SQL in
                "SELECT * FROM (SELECT s.document_id AS id FROM document_scope s WHERE \(inScope(key)) LIMIT \(cap + 1)) b"
            }
            found = "SELECT id FROM (\(union(branches))) m LIMIT \(cap + 1)"
        } else {
            found = "SELECT d.id FROM \(source) WHERE \(conditions) LIMIT \(cap + 1)"
        }
        return "SELECT COUNT(*) FROM (\(found)) n"
    }

    /// Counts what everybody may know of: when that is more than enough, the other scopes need not be asked.
    func countOpen(cap: Int) -> SQL? {
        guard isByScope, let open = scope.keys.first(where: { $0.name == .everyone }) else { return nil }
        return "SELECT COUNT(*) FROM (SELECT 1 FROM document_scope s WHERE \(inScope(open)) LIMIT \(cap + 1)) n"
    }

    /// `id` and `place` (what the list is ordered by) of one page.
    private func keys(after: Position?, limit: Int) -> SQL {
        guard isByScope else {
            let place: SQL = isByTitle ? "d.title_key" : "d.issued_on"
            return """
                SELECT d.id AS id, \(place) AS place FROM \(source) WHERE \(conditions)\(
                    beyond(after, place, "d.id")) ORDER BY \(place)\(direction), d.id\(direction) LIMIT \(limit)
                """
        }
        let place: SQL = isByTitle ? "s.title_key" : "s.issued_on"
        let branches = scope.keys.map { key -> SQL in
            """
            SELECT * FROM (SELECT s.document_id AS id, \(place) AS place FROM document_scope s WHERE \(inScope(key))\(
                beyond(after, place, "s.document_id")) ORDER BY \(place)\(direction), s.document_id\(direction) \
            LIMIT \(limit)) b
            """
        }
        return """
            SELECT id, place FROM (\(union(branches))) m ORDER BY place\(direction), id\(direction) LIMIT \(limit)
            """
    }

    private func union(_ branches: [SQL]) -> SQL {
        branches.isEmpty
            ? "SELECT id, issued_on AS place FROM document WHERE 1 = 0" : branches.joined(" UNION ")
    }

    /// One scope with all that is asked for, on `document_scope s` alone where it can be.
    private func inScope(_ key: DocumentScope.Key) -> SQL {
        var all = [key.condition]
        if let type = filter.type { all.append("s.type = \(type.rawValue)") }
        if let state = filter.state { all.append("s.state = \(state.rawValue)") }
        all += days("s.issued_on")
        if case .files(let search) = driver {
            all.append(search.condition(on: "s.document_id"))
        } else {
            all += words("s.document_id")
        }
        return all.joined(" AND ")
    }

    /// What a list is read from that is driven by something rarer than the scopes.
    private var source: SQL {
        switch driver {
        case .found(let documents): "(\(documents)) f JOIN document d ON d.id = f.document_id"
        case .issuer, .sign, .number, .state, .scope, .files: "document d"
        }
    }

    private var conditions: SQL {
        var all = [scope.condition()]
        switch driver {
        case .issuer(let unit): all.append("d.issuer_id = \(unit)")
        case .sign(let key): all.append("d.sign_key = \(key)")
        case .number(let number): all.append("d.number = \(number)")
        case .files(let search): all.append(search.condition(on: "d.id"))
        case .state, .scope, .found: break
        }
        if let type = filter.type { all.append("d.type = \(type.rawValue)") }
        if let state = filter.state { all.append("d.state = \(state.rawValue)") }
        if case .issuer = driver {
        } else if let issuer = filter.issuer {
            all.append("d.issuer_id = (SELECT i.id FROM unit i WHERE i.uid = \(issuer))")
        }
        all += days("d.issued_on")
        if driver.usesWords { all += words("d.id") }
        return all.joined(" AND ")
    }

    private func days(_ column: SQL) -> [SQL] {
        // A draft has no year yet.
        guard let year = filter.year, let first = Day(year: year, month: 1, day: 1),
            let next = Day(year: year + 1, month: 1, day: 1)
        else { return filter.state == .draft ? [column + " = \(Day.never)"] : [] }
        return [column + " >= \(first)", column + " < \(next)"]
    }

    /// Every word stands in the document, the last one as the beginning of a word.
    private func words(_ document: SQL) -> [SQL] {
        if filter.isInFiles { return [] }
        let words = DocumentWords(filter.text)
        return words.terms.map { term in
            """
            EXISTS (SELECT 1 FROM document_term t WHERE t.document_id = \(document) AND \(term.condition) \
            LIMIT 1 OFFSET 0)
            """
        }
    }

    private func beyond(_ position: Position?, _ place: SQL, _ id: SQL) -> SQL {
        guard let position else { return "" }
        let order: SQL = filter.isDescending ? "<" : ">"
        return " AND (\(place), \(id)) \(order) (\(position.place), \(position.id))"
    }

    /// Where the page after this row begins.
    func cursor(after row: Row, _ document: Document) throws -> Cursor {
        let place = isByTitle ? try row.text(DocumentRow.width) : document.issuedOn.text
        return Cursor([place, document.uid.text])
    }
}

/// The words of a search, as they stand in `document_term`.
struct DocumentWords {
    struct Term {
        let text: String
        /// The word may go on: it is the last one, perhaps not typed to its end.
        let isBeginning: Bool

        /// On `document_term t`.
        var condition: SQL {
            isBeginning ? "t.term >= \(text) AND t.term < \(text + "\u{10FFFF}")" : "t.term = \(text)"
        }
    }

    let terms: [Term]

    init(_ text: String) {
        let words = TextFold.words(text).map { String($0.prefix(40)) }
        terms = words.enumerated().map { Term(text: $1, isBeginning: $0 == words.count - 1) }
    }
}
