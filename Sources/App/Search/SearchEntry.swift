import Storage

/// What search knows of one record.
struct SearchEntry: Sendable, Equatable {
    let kind: Subject.Kind
    let subject: Int64
    /// By which hits are ordered; ``Day/never`` of a draft, which stands before all that is newest.
    let day: Day
    /// Codes of the feature, counted beside the hits; empty where the kind has none.
    let state: String
    let type: String
    let pillar: String
    let unit: Int64
    /// Folded.
    let title: String
    /// Folded words, scopes as ``SearchScopes`` writes them, and the words with each of the record's parts of the country
    /// as ``SearchRegion`` writes them; each once, in a fixed order.
    let words: String
    /// The parts of the country in which it is known, each once; nil of a kind that knows no parts.
    let regions: [Int64]?

    init(
        _ kind: Subject.Kind, _ subject: Int64, day: Day, state: String, type: String = "", pillar: String = "",
        unit: Int64, title: String, text: String, scopes: [String], regions: [Int64]? = nil
    ) {
        (self.kind, self.subject, self.day, self.state, self.type) = (kind, subject, day, state, type)
        (self.pillar, self.unit, self.title) = (pillar, unit, TextFold.fold(title))
        self.regions = regions
        let said = SearchWord.all(in: self.title + " " + TextFold.fold(text), of: kind).uniqued()
        let parts = (regions ?? []).flatMap { region in said.map { SearchRegion.word($0, in: region) } }
        words = (said + scopes.map { "\(kind.letter).\($0)" }.uniqued() + parts).joined(separator: " ")
    }

    /// The order of hits in one number: the newest day first, then the record made last. 17 bits of the day, 31 of the
    /// record, 3 of the kind; days beyond 1880 to 2239 count as the first or the last of these.
    var id: Int64 {
        SearchEntry.first(of: day) | (SearchEntry.lastSubject - subject & SearchEntry.lastSubject) << 3 | kind.code
    }

    static let lastSubject: Int64 = 0x7FFF_FFFF
    private static let lastDay: Int64 = 0x1_FFFF
    private static let shift: Int64 = 34

    /// The lowest number of a day.
    static func first(of day: Day) -> Int64 {
        (lastDay - min(max(Int64(day.number) + 32_768, 0), lastDay)) << shift
    }

    /// The record's key in a number.
    static func subject(of id: Int64) -> Int64 { lastSubject - (id >> 3 & lastSubject) }

    /// The day in a number, the newest first: for counting, without a calendar.
    static func dayPart(of id: Int64) -> Int64 { id >> shift }

    /// The year of the day in a number; nil of a draft.
    static func year(of id: Int64) -> Int? {
        let number = lastDay - id >> shift
        return number == lastDay ? nil : Day(number: Int(number) - 32_768)?.parts.year
    }

    /// The numbers of a year's days.
    static func numbers(of year: Int) -> Range<Int64>? {
        guard let first = Day(year: year, month: 1, day: 1), let next = Day(year: year + 1, month: 1, day: 1)
        else { return nil }
        return self.first(of: next) + (1 << shift)..<self.first(of: first) + (1 << shift)
    }
}

/// A folded word as it stands in the index: the words of each kind are apart, so that a search in the few documents
/// does not go through the words of all tasks.
enum SearchWord {
    /// Of a word, in characters.
    static let length = 40
    /// Of a record.
    static let most = 2_000

    static func all(in folded: String, of kind: Subject.Kind) -> [String] {
        folded.split(separator: " ").prefix(most).flatMap { forms(String($0)).map { "\(kind.letter)_\($0)" } }
    }

    static func one(_ word: String, of kind: Subject.Kind) -> String { "\(kind.letter)_\(word.prefix(length))" }

    /// 07 is found as 7.
    private static func forms(_ word: String) -> [String] {
        let bare = word.drop { $0 == "0" }
        let whole = String(word.prefix(length))
        return bare.isEmpty || bare.count == word.count ? [whole] : [whole, String(bare.prefix(length))]
    }
}

/// Where a record is known. Words have neither point nor underline: no typed word can be a scope.
enum SearchScopes {
    /// Of a record in a scope.
    static func of(_ scope: Int64, secrecy: Secrecy) -> String { "s\(scope).\(secrecy.rawValue)" }

    /// Of a viewer who reaches the scope up to a level: all that it reaches.
    static func upTo(_ ceiling: Secrecy, of scope: Int64) -> [String] {
        Secrecy.allCases.filter { $0 <= ceiling }.map { of(scope, secrecy: $0) }
    }

    /// Of whom a record names by their office.
    static func named(_ office: ID<Office>) -> String { "o\(office.value)" }

    static let everybody = "e"
}

extension Subject.Kind {
    /// In the words of the index.
    var letter: String { self == .task ? "t" : self == .document ? "d" : rawValue }

    /// In the numbers of entries. Stored: never given anew.
    var code: Int64 { self == .task ? 1 : self == .document ? 2 : 0 }
}

extension [String] {
    /// Each once, the first of equals.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
