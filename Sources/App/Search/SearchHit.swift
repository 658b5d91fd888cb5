import Storage

/// A row of the index that has all that is asked for.
struct SearchHit: Sendable {
    /// Its place by date: see ``SearchEntry/id``.
    let id: Int64
    let kind: Subject.Kind
    let subject: Int64
    let state: String
    let type: String
    let pillar: String
    let unit: Int64
    /// Folded; empty where it was not asked for.
    let title: String
    /// The higher the better; 0 in the order of dates.
    var score = 0

    init(_ row: Row, _ kind: Subject.Kind) throws {
        self.kind = kind
        id = try row.int64(0)
        subject = SearchEntry.subject(of: id)
        (state, type, pillar) = (try row.text(1), try row.text(2), try row.text(3))
        unit = try row.int64(4)
        title = row.values.count > 5 ? try row.text(5) : ""
    }

    var status: String { "\(kind.rawValue).\(state)" }
    var year: Int? { SearchEntry.year(of: id) }
}

/// How well a title answers, from the title alone: the words as typed, then how many of them, how many
/// side by side, and how early.
struct SearchScore {
    let words: [String]
    private var phrase: String { words.joined(separator: " ") }

    func of(_ title: String) -> Int {
        let parts = title.split(separator: " ").map(String.init)
        let places = words.compactMap { word in parts.firstIndex { $0 == word } }
        guard let first = places.min() else { return 0 }
        var score = 20 * places.count + max(0, 10 - first)
        if places.count == words.count { score += 30 }
        let neighbours = Set(zip(parts, parts.dropFirst()).map { "\($0) \($1)" })
        score += 15 * zip(words, words.dropFirst()).count { neighbours.contains("\($0) \($1)") }
        if " \(title) ".contains(" \(phrase) ") { score += 100 }
        if title == phrase || title.hasPrefix(phrase + " ") { score += 50 }
        return score
    }
}
