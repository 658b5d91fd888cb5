import Storage

/// Search, for people: one page for all kinds.
struct SearchPages {
    var routes: [Route] { [.get("/search", index)] }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try SearchRequest(visit)
        let (result, fields) = try await visit.search(asked) { store in try WorkField.common(store.tx) }
        return visit.html(searchPage(result, asked, fields, visit.page))
    }
}

/// What a request asks of search.
struct SearchRequest: Sendable {
    let filter: SearchFilter
    let page: PageRequest

    /// Hits on a page where nobody says how many.
    static let length = 20

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = SearchFilter(&query)
        try query.problems.check()
        let asked = try visit.listRequest(cursorParts: SearchStore.cursorParts)
        page = visit.query["limit"].isEmpty ? PageRequest(after: asked.after, limit: SearchRequest.length) : asked
    }

    /// The same search with one condition put otherwise, from its first page.
    func link(_ changes: [String: String] = [:], after: Cursor? = nil) -> String {
        var query = filter.query.merging(changes) { $1 }
        query["after"] = after?.text ?? ""
        let parts = query.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(URLText.query($0.value))" }
        return parts.isEmpty ? "/search" : "/search?" + parts.joined(separator: "&")
    }
}

extension Visit {
    /// Searches as the viewer of this visit, and reads what else the answer needs.
    func search<T: Sendable>(
        _ asked: SearchRequest, _ body: @escaping @Sendable (SearchStore) throws -> T
    ) async throws -> (SearchResult, T) {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in
            let store = SearchStore(tx: tx, viewer: viewer, today: today)
            return (try store.find(asked.filter, page: asked.page), try body(store))
        }
    }
}
