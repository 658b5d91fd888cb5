import Storage

/// The newest hits on PostgreSQL, whose index finds all hits of common words before it can order them: asked for by months
/// or days, the newest first, as long as there are too few.
extension SearchWords {
    /// Month by month, as long as it looks as if there were more hits than are wanted; nil when there are not.
    func byMonths(_ asked: Asked, _ today: Day) throws -> [Row]? {
        guard asked.scopes != nil, asked.within == nil else { return nil }
        var found: [Row] = []
        for window in SearchMonth.windows(today) {
            let marked = ways(asked).map { way in
                Way(words: way.words, scopes: way.scopes?.flatMap { scope in window.months.map { scope + $0.mark } })
            }
            found += try tx.all(postgres(asked, marked))
            if found.count >= asked.limit { return Array(found.prefix(asked.limit)) }
            // In four years there would be less than twice as much as is wanted.
            if found.count * 48 < 2 * asked.limit * window.past { return nil }
        }
        return nil
    }

    /// Where a month of the whole country is too much: the days of the newest records, and of as many more as would have
    /// enough hits; nil when all records would be looked through for them.
    func byDays(_ asked: Asked) throws -> [Row]? {
        guard asked.within == nil else { return nil }
        var records = asked.newest
        for _ in 0..<3 {
            guard let days = try days(ofNewest: records) else { return nil }
            let marks = days.map { SearchDays.mark($0, of: asked.kind) }
            let found = try tx.all(postgres(asked, ways(asked), days: marks))
            if found.count >= asked.limit { return found }
            records = max(2 * records, records * asked.limit * 5 / 4 / max(1, found.count))
            guard records <= 25 * asked.newest else { return nil }
        }
        return nil
    }

    /// The days of so many records, as the numbers of their entries begin; nil when there are not so many, or when they
    /// lie over many years.
    private func days(ofNewest records: Int) throws -> ClosedRange<Int64>? {
        let row = try tx.first(
            """
            SELECT (SELECT MIN(id) FROM search_entry), id FROM search_entry ORDER BY id LIMIT 1 OFFSET \(records)
            """)
        guard let row else { return nil }
        let first = SearchEntry.dayPart(of: try row.int64(0)), last = SearchEntry.dayPart(of: try row.int64(1))
        return last - first < SearchDays.most ? first...last : nil
    }
}

/// The day of an entry, as it stands in the index of PostgreSQL.
enum SearchDays {
    /// So many are asked for at once.
    static let most: Int64 = 1_000

    static func mark(_ dayPart: Int64, of kind: Subject.Kind) -> String { "\(kind.letter).d\(dayPart)" }
}

/// The month of an entry, as it stands behind a scope in the index of PostgreSQL.
struct SearchMonth: Equatable {
    /// Since the year 0; nil of a draft.
    let number: Int?

    init(of day: Day) { number = day == .never ? nil : day.parts.year * 12 + day.parts.month - 1 }
    private init(number: Int?) { self.number = number }

    var mark: String { "m\(number.map(String.init) ?? "")" }

    /// From the newest on: drafts, what begins within a year and this month; the quarter before; the nine months before.
    /// `past`: how many months that have begun lie in a window and those before it.
    static func windows(_ today: Day) -> [(months: [SearchMonth], past: Int)] {
        let now = today.parts.year * 12 + today.parts.month - 1
        func months(_ range: ClosedRange<Int>) -> [SearchMonth] { range.map { SearchMonth(number: now + $0) } }
        return [([SearchMonth(number: nil)] + months(0...12), 1), (months(-3 ... -1), 4), (months(-12 ... -4), 13)]
    }
}
