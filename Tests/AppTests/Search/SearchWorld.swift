import Storage
import TestSupport
import Testing

@testable import App

extension World {
    /// Searches as somebody; nil is the system. `change` sets what is asked for and the limits of the store.
    func search(
        _ text: String, as viewer: Viewer, page: PageRequest = .first,
        _ change: @escaping @Sendable (inout SearchFilter, inout SearchStore) -> Void = { _, _ in }
    ) async throws -> SearchResult {
        let today = today
        return try await database.read { tx in
            var store = SearchStore(tx: tx, viewer: viewer, today: today), filter = SearchFilter(text: text)
            change(&filter, &store)
            return try store.find(filter, page: page)
        }
    }

    /// All pages of a search, one hit a page.
    func walk(
        _ text: String, as viewer: Viewer, _ order: SearchFilter.Order, limit: Int = 1
    ) async throws -> [String] {
        var titles: [String] = [], after: Cursor?
        repeat {
            let result = try await search(text, as: viewer, page: PageRequest(after: after, limit: limit)) {
                filter, _ in
                filter.order = order
            }
            titles += result.cards.map(\.title)
            after = result.next
        } while after != nil && titles.count < 500
        return titles
    }

    /// What the index lacks or has too much: nothing, when the house is in order.
    func searchDisorder() async throws -> Int {
        try await database.write { tx in
            if tx.engine == .sqlite {
                try tx.run("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")
            }
            return try SearchMap(tx: tx).differences().map { $0.missing + $0.surplus }.reduce(0, +)
        }
    }
}
