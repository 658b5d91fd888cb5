import Storage

/// The index over the words, which each engine has its own way of: the one place of search that asks which it is.
///
/// FTS5 hands hits over in the order of their numbers, so that it stops after the newest. GIN finds all of them first;
/// fenced, for otherwise the planner walks through the table in its order and looks at each row.
struct SearchWords {
    let tx: Transaction

    /// The index of PostgreSQL follows its table by itself.
    func add(_ id: SQLValue, _ words: SQLValue) throws {
        guard tx.engine == .sqlite else { return }
        try tx.run("INSERT INTO search_words (rowid, words) VALUES (\(id), \(words))")
    }

    func remove(_ id: SQLValue, _ words: SQLValue) throws {
        guard tx.engine == .sqlite else { return }
        try tx.run("INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', \(id), \(words))")
    }

    func rebuild() throws {
        guard tx.engine == .sqlite else { return }
        try tx.run("INSERT INTO search_words (search_words) VALUES ('rebuild')")
    }

    /// As the index has the words of an entry. PostgreSQL reads all that it finds, so that its scopes stand there by
    /// month too, and its day: of a common word the newest months, in a whole country the newest days, are enough.
    func stored(_ entry: SearchEntry) -> String {
        guard tx.engine == .postgres else { return entry.words }
        let month = SearchMonth(of: entry.day), day = SearchDays.mark(SearchEntry.dayPart(of: entry.id), of: entry.kind)
        let scopes = entry.words.split(separator: " ").filter { !$0.contains("_") }.map { "\($0)\(month.mark)" }
        return ([entry.words] + scopes + [day]).joined(separator: " ")
    }

    /// What is asked of the index.
    struct Asked {
        let kind: Subject.Kind
        let words: [String]
        /// Known in one of these; nil: whatever the scope.
        let scopes: [String]?
        /// Or in one of these, in any part of the country.
        var names: [String] = []
        /// The parts of the country in which all of ``scopes`` lie; nil: anywhere.
        var regions: [Int64]?
        /// Records of this kind lie in parts of the country.
        let hasParts: Bool
        /// Only these numbers.
        let within: Range<Int64>?
        /// Codes that `search_entry e` must have besides.
        var codes: [SQL] = []
        let limit: Int
        /// Where codes are asked for: so many hits are looked through on SQLite, which finds them one after the other.
        var depth = 50_000
        /// Among so many records, the newest, hits are looked for first where they may lie in a whole country.
        var newest = 4_000
        /// The titles too.
        let titles: Bool
        /// All scopes, wherever.
        var known: [String]? { scopes.map { $0 + names } }

        /// Records that have the words in a file are asked for too, where these are looked for among few.
        var files: AttachmentSearch?
    }

    /// Rows of the index, and whether there may be others behind those that were looked through.
    struct Found {
        var rows: [Row] = []
        var isShallow = false
    }

    /// Rows with all the words, the first of them by number.
    func rows(_ asked: Asked, today: Day) throws -> Found {
        if asked.known?.isEmpty == true { return Found() }
        switch tx.engine {
        case .sqlite where asked.codes.isEmpty: return Found(rows: try found(asked))
        case .sqlite: return try sifted(asked)
        case .postgres:
            let newest = asked.hasParts && asked.regions == nil ? try byDays(asked) : try byMonths(asked, today)
            return Found(rows: try newest ?? tx.all(postgres(asked, ways(asked))))
        }
    }

    /// Each way by itself, the first of all by number. Behind the last of enough nothing is looked for.
    private func found(_ asked: Asked) throws -> [Row] {
        var found: [Row] = []
        for way in ways(asked) {
            let last = found.count < asked.limit ? nil : try found.last?.int64(0)
            found = try merged(found, tx.all(lite(way, asked, upTo: last)), asked.limit)
        }
        return found
    }

    /// Rows of both by number, each once.
    private func merged(_ some: [Row], _ others: [Row], _ limit: Int) throws -> [Row] {
        guard !others.isEmpty else { return some }
        var all: [Row] = [], rest = others[...]
        for row in some {
            let id = try row.int64(0)
            while let next = rest.first, try next.int64(0) < id { all.append(rest.removeFirst()) }
            if try rest.first?.int64(0) == id { rest.removeFirst() }
            all.append(row)
        }
        return Array((all + rest).prefix(limit))
    }

    /// Codes are read where they lie together, titles where the entry stands.
    private func lite(_ way: Way, _ asked: Asked, upTo last: Int64?) -> SQL {
        let until: SQL = last.map { " AND rowid <= \($0)" } ?? ""
        let ids: SQL = """
            SELECT rowid AS id FROM search_words WHERE search_words MATCH \(match(way))\
            \(range("rowid", asked.within))\(until) ORDER BY rowid LIMIT \(asked.limit)
            """
        let place: SQL =
            if let part = way.part, !asked.titles {
                "search_code e WHERE e.region_id = \(part) AND e.id = w.id"
            } else { "search_entry e WHERE e.id = w.id" }
        return "SELECT \(SearchWords.columns(asked.titles)) FROM (\(ids)) w CROSS JOIN \(place) ORDER BY e.id"
    }

    /// Hits are taken from the index in growing portions, and those with the codes kept, until there are enough.
    private func sifted(_ asked: Asked) throws -> Found {
        var found = Found(), last = Int64.min, left = asked.depth, portion = 2_000
        while left > 0 {
            let taken = min(portion, left)
            let ids = try tx.all(lite(asked, after: last, limit: taken)).map { try $0.int64(0) }
            found.rows += try tx.all(
                """
                SELECT \(SearchWords.columns(asked.titles)) FROM search_entry e WHERE e.id IN (\(list: ids))\(has(asked.codes))
                ORDER BY e.id LIMIT \(asked.limit - found.rows.count)
                """)
            guard ids.count == taken, found.rows.count < asked.limit, let end = ids.last else { return found }
            (last, left, portion) = (end, left - taken, 10_000)
        }
        found.isShallow = true
        return found
    }

    /// As ``rows(_:today:)`` for scopes that hold few records: these are read and looked at. A word of an entry has a
    /// letter and an underline before it, and a blank behind it, for scopes follow.
    func rows(amongFew asked: Asked) throws -> [Row] {
        guard let scopes = asked.known, !scopes.isEmpty else { return [] }
        let text: SQL = tx.engine == .sqlite ? "e.words" : "e.text"
        let said = asked.words.map { word -> SQL in
            let pattern = "%" + word.replacing("_", with: "\\_") + " %"
            return "\(text) LIKE \(pattern) ESCAPE '\\'"
        }.joined(" AND ")
        let has = asked.files.map { "(\(said) OR \($0.condition(on: "e.subject_id")))" as SQL } ?? said
        let columns = SearchWords.columns(asked.titles)
        switch tx.engine {
        case .sqlite:
            return try tx.all(
                """
                SELECT \(columns) FROM (SELECT rowid AS id FROM search_words WHERE search_words MATCH \(any(scopes))\
                \(range("rowid", asked.within)) ORDER BY rowid) w CROSS JOIN search_entry e
                WHERE e.id = w.id AND \(has)\(self.has(asked.codes)) ORDER BY e.id LIMIT \(asked.limit)
                """)
        case .postgres:
            return try tx.all(
                """
                WITH e AS MATERIALIZED (SELECT \(columns) FROM search_words e
                WHERE e.words && string_to_array(\(list(scopes)), ' ') AND \(has)\(self.has(asked.codes)))
                SELECT * FROM e WHERE 1 = 1\(range("e.id", asked.within)) ORDER BY e.id LIMIT \(asked.limit)
                """)
        }
    }

    /// `id` of hits behind one of them.
    private func lite(_ asked: Asked, after last: Int64, limit: Int) -> SQL {
        let match = ways(asked).map(match).joined(separator: " OR ")
        let behind: SQL = last == .min ? "" : " AND rowid > \(last)"
        return """
            SELECT rowid AS id FROM search_words WHERE search_words MATCH \(match)\
            \(range("rowid", asked.within))\(behind) ORDER BY rowid LIMIT \(limit)
            """
    }

    private func match(_ way: Way) -> String {
        let words = way.words.map { "\"\($0)\"" }.joined(separator: " AND ")
        return way.scopes.map { "(\(words) AND (\(any($0))))" } ?? words
    }

    /// One way in which a record can be a hit.
    struct Way {
        let words: [String]
        let scopes: [String]?
        /// The part of the country in which its hits lie; nil: anywhere.
        var part: Int64?
    }

    /// In the parts of the country where the scopes lie, and by name wherever.
    func ways(_ asked: Asked) -> [Way] {
        guard let regions = asked.regions, let scopes = asked.scopes, !scopes.isEmpty else {
            let part = asked.hasParts ? nil : SearchCodes.everywhere
            return [Way(words: asked.words, scopes: asked.known, part: part)]
        }
        let placed = regions.map { region in
            Way(words: asked.words.map { SearchRegion.word($0, in: region) }, scopes: scopes, part: region)
        }
        return placed + (asked.names.isEmpty ? [] : [Way(words: asked.words, scopes: asked.names)])
    }

    /// `days`: only of these, as the index has them.
    func postgres(_ asked: Asked, _ ways: [Way], days: [String] = []) -> SQL {
        let any = ways.map { way -> SQL in
            let known: SQL = way.scopes.map { " AND e.words && string_to_array(\(list($0)), ' ')" } ?? ""
            return "(e.words @> string_to_array(\(list(way.words)), ' ')\(known))"
        }
        let of: SQL = days.isEmpty ? "" : " AND e.words && string_to_array(\(list(days)), ' ')"
        return """
            WITH e AS MATERIALIZED (SELECT \(SearchWords.columns(asked.titles)) FROM search_words e \
            WHERE (\(any.joined(" OR ")))\(of)\(has(asked.codes))) \
            SELECT * FROM e WHERE 1 = 1\(range("e.id", asked.within)) ORDER BY e.id LIMIT \(asked.limit)
            """
    }

    static func columns(_ titles: Bool) -> SQL {
        "e.id, e.state, e.type, e.pillar, e.unit_id" + (titles ? ", e.title" : "")
    }

    private func range(_ id: SQL, _ within: Range<Int64>?) -> SQL {
        within.map { " AND \(id) >= \($0.lowerBound) AND \(id) < \($0.upperBound)" } ?? ""
    }

    private func has(_ codes: [SQL]) -> SQL { codes.map { code -> SQL in " AND \(code)" }.joined("") }

    private func any(_ scopes: [String]) -> String { scopes.map { "\"\($0)\"" }.joined(separator: " OR ") }
    private func list(_ words: [String]) -> String { words.joined(separator: " ") }
}
