public import Storage

/// Search over everything that features give to it, as far as the viewer may know of it.
public struct SearchStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day
    var limits = Limits()

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    struct Limits {
        /// Of so many hits, the newest, all that is said is said: counts, filters, order and pages.
        var cap = countCap
        /// Among so many, the newest, the best are looked for.
        var scored = 500
        /// Scopes that hold no more records are read, instead of the lists of words; fewer where these lists are short:
        /// to read one record costs as much as to go through so many of a list.
        var few = 1_500
        var listed = 700
        /// Lists of a part of the country are so many times shorter, more or less.
        var parts = 16
        /// Of so many, the newest, those that have what is chosen beside the words are looked for.
        var depth = 50_000
        /// Among so many, the newest, the first hits in a whole country are looked for.
        var newest = 4_000
        /// So many records that have the words in a file are looked at, the newest.
        var files = AttachmentSearch.few
    }

    /// Parts of a cursor: score, kind, uid.
    static let cursorParts = 3

    /// A page of hits. Without a word to look for it is empty. A unit that the viewer may not know of is
    /// ``AppError/notFound``.
    public func find(_ filter: SearchFilter, page: PageRequest) throws -> SearchResult {
        let unit = try filter.unit.map { try UnitStore(tx: tx, viewer: viewer, today: today).find($0).unit }
        let words = filter.words
        guard !words.isEmpty else { return SearchResult(words: []) }
        let newest = try newest(words, filter, unit?.id)
        var hits = newest.hits
        var result = SearchResult(words: words)
        result.filesCut = newest.filesCut
        result.isCapped = newest.isCapped
        result.isShallow = newest.isShallow
        result.total = hits.count
        result.facets = SearchFacets(hits)
        result.facets.units = try unitCounts(hits)
        result.unit = unit?.uid
        result.scoredFew = filter.order == .relevance && hits.count > limits.scored
        if filter.order == .relevance { hits = ranked(hits, words) }
        let rest = try beyond(page.after, hits)
        let shown = Array(rest.prefix(page.limit))
        result.cards = try withFiles(cards(shown), newest.files)
        if rest.count > shown.count, let card = result.cards.last,
            let last = shown.last(where: { $0.kind == card.subject.kind && $0.subject == card.subject.id })
        {
            result.next = Cursor([String(last.score), last.kind.rawValue, card.subject.uid.text])
        }
        return result
    }

    /// Hits of all kinds, and how each kind's files are asked where they have the words.
    private struct Newest {
        var hits: [SearchHit] = []
        /// There are more.
        var isCapped = false
        /// There may be more behind those that were looked through.
        var isShallow = false
        var files: [AttachmentSearch] = []
        var filesCut = false
    }

    /// The newest hits of all kinds together that have what is chosen.
    private func newest(_ words: [String], _ filter: SearchFilter, _ unit: ID<OrgUnit>?) throws -> Newest {
        var all = Newest()
        for source in SearchSource.all where filter.mayBe(source.kind) {
            try add(words, filter, unit, source, to: &all)
        }
        all.hits.sort { $0.id < $1.id }
        all.isCapped = all.hits.count > limits.cap
        all.hits = Array(all.hits.prefix(limits.cap))
        return all
    }

    private func add(
        _ words: [String], _ filter: SearchFilter, _ unit: ID<OrgUnit>?, _ source: SearchSource, to all: inout Newest
    ) throws {
        let index = SearchWords(tx: tx), letter = source.kind.letter
        var asked = SearchWords.Asked(
            kind: source.kind, words: words.map { SearchWord.one($0, of: source.kind) },
            scopes: viewer.isSystem ? nil : source.scopes(viewer, filter.reach).map { "\(letter).\($0)" },
            names: source.names(viewer).map { "\(letter).\($0)" },
            regions: try source.regions(tx, viewer, filter.reach), hasParts: source.hasParts,
            within: filter.year.flatMap(SearchEntry.numbers), codes: filter.codes(unit: unit),
            limit: limits.cap + 1, depth: limits.depth, newest: limits.newest,
            titles: filter.order == .relevance)
        let files = SearchFiles(tx: tx, most: limits.files)
        asked.files = try files.asked(filter.text, source.kind, by: viewer, today)
        all.files += [asked.files].compactMap(\.self)
        // What is in too many files to look at all of them is looked for in the viewer's own scopes as long as it can be.
        let isCommon = (asked.files?.rarest ?? 0) > limits.files
        let few = isCommon ? max(limits.few, limits.files) : try self.few(of: source.kind, inPart: asked.regions != nil)
        let isSmall = try !viewer.isSystem && source.size(tx, viewer, filter.reach, few + 1) <= few
        let found =
            isSmall
            ? SearchWords.Found(rows: try index.rows(amongFew: asked)) : try index.rows(asked, today: today)
        all.isShallow = all.isShallow || found.isShallow
        var hits = try found.rows.map { try SearchHit($0, source.kind) }
        if !isSmall, let search = asked.files {
            let (rows, isCut) = try files.rows(search, asked, source.kind)
            let known = Set(hits.map(\.id))
            hits += try rows.map { try SearchHit($0, source.kind) }.filter { !known.contains($0.id) }
            all.filesCut = all.filesCut || isCut
        }
        all.hits += hits
    }

    /// How many records a scope may hold at most to be read.
    private func few(of kind: Subject.Kind, inPart: Bool) throws -> Int {
        let last = try tx.first("SELECT MAX(subject_id) FROM search_entry WHERE subject_kind = \(kind.rawValue)")
        let listed = limits.listed * (inPart ? limits.parts : 1)
        return min(limits.few, max(32, Int(try last?.optionalInt64(0) ?? 0) / listed))
    }

    /// With the names of the files in which the words stand.
    private func withFiles(_ cards: [SearchCard], _ files: [AttachmentSearch]) throws -> [SearchCard] {
        var cards = cards
        for search in files {
            let subjects = cards.filter { $0.subject.kind == search.kind }.map(\.subject.id)
            let names = try SearchFiles(tx: tx).names(search, of: subjects)
            for place in cards.indices where cards[place].subject.kind == search.kind {
                cards[place].file = names[cards[place].subject.id]
            }
        }
        return cards
    }

    /// The best first, of equals the newest.
    private func ranked(_ hits: [SearchHit], _ words: [String]) -> [SearchHit] {
        let score = SearchScore(words: words)
        return hits.enumerated().map { place, hit in
            var hit = hit
            hit.score = place < limits.scored ? score.of(hit.title) : -1
            return hit
        }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    }

    /// What stands behind the hit with which the page before ended. It need not be a hit any longer, but known.
    private func beyond(_ cursor: Cursor?, _ hits: [SearchHit]) throws -> ArraySlice<SearchHit> {
        guard let cursor else { return hits[...] }
        guard cursor.parts.count == SearchStore.cursorParts, let score = Int(cursor.parts[0]),
            let kind = Subject.Kind(rawValue: cursor.parts[1]), let uid = UID(parsing: cursor.parts[2]),
            let source = try ifKnown(SearchSource.of(kind)), let key = try source.key(tx, uid),
            try !source.show(tx, viewer, today, [key]).isEmpty,
            let row = try tx.first(
                "SELECT id FROM search_entry WHERE subject_kind = \(kind.rawValue) AND subject_id = \(key)")
        else { throw AppError.malformed(Message("field.cursor")) }
        let id = try row.int64(0)
        return hits.drop { ($0.score, -$0.id) >= (score, -id) }
    }

    /// As the features show them, in the order of the hits.
    private func cards(_ hits: [SearchHit]) throws -> [SearchCard] {
        var known: [Int64: SearchCard] = [:]
        for source in SearchSource.all {
            let asked = hits.filter { $0.kind == source.kind }
            guard !asked.isEmpty else { continue }
            let cards = try source.show(tx, viewer, today, asked.map(\.subject))
            for hit in asked { known[hit.id] = cards.first { $0.subject.id == hit.subject } }
        }
        return hits.compactMap { known[$0.id] }
    }

    /// The ten units that stand most, as far as the viewer may know of them.
    private func unitCounts(_ hits: [SearchHit]) throws -> [SearchFacets.Count] {
        var counts: [Int64: Int] = [:]
        for hit in hits { counts[hit.unit, default: 0] += 1 }
        let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
        guard !most.isEmpty else { return [] }
        let rows = try tx.all(
            """
            SELECT u.id, u.uid, \(UnitLife.name(today)) FROM unit u
            WHERE u.id IN (\(list: most.map(\.key))) AND \(UnitScope(viewer).condition) ORDER BY u.id
            """)
        return try most.compactMap { unit, count in
            guard let row = try rows.first(where: { try $0.int64(0) == unit }) else { return nil }
            return SearchFacets.Count(value: try row.uid(1).text, name: try row.text(2), count: count)
        }
    }
}

/// What a search has found.
public struct SearchResult: Sendable {
    /// Folded; none when there was nothing to look for.
    let words: [String]
    var cards: [SearchCard] = []
    var next: Cursor?
    /// Exact unless ``isCapped``: then of the newest ones only.
    var total = 0
    /// There are more hits than are looked at.
    var isCapped = false
    /// So many have the words that not all of them were looked through for what is chosen besides.
    var isShallow = false
    /// The best were looked for among fewer than there are.
    var scoredFew = false
    /// More records than are looked at have the words in their files.
    var filesCut = false
    var facets = SearchFacets()
    var unit: UID?

    /// There was something to look for.
    public var hasWords: Bool { !words.isEmpty }

    /// For a terminal: kind, uid, title, unit, state, day.
    public var lines: [String] {
        cards.map { card in
            [
                card.subject.kind.rawValue, card.subject.uid.text, card.title, card.unit, card.state,
                card.day?.text ?? "",
            ].joined(separator: "\t")
        }
    }
}
