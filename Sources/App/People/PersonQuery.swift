/// What the address of the list of people asks for: `?q=&sort=&after=`.
struct PersonQuery: Sendable, Equatable {
    /// As typed.
    var search: String
    var descending: Bool
    var after: Cursor?

    /// Throws ``AppError/invalid(_:)`` for an order or a cursor that is none of ours.
    init(_ query: Fields) throws(AppError) {
        var query = query
        search = query.line("q", max: 200, required: false)
        let sort = query.line("sort", max: 10, required: false)
        if !["", "name", "-name"].contains(sort) { query.problems.add("sort", "field.choice", ["typed": .text(sort)]) }
        descending = sort == "-name"
        if !query["after"].isEmpty {
            after = Cursor(parsing: query["after"], count: 2)
            if after == nil { query.problems.add("after", "field.cursor") }
        }
        try query.problems.check()
    }

    var filter: PersonFilter { PersonFilter(words: TextFold.words(search), descending: descending) }

    /// The address of the same list with another order or another beginning.
    func link(to path: String = "/people", descending: Bool, after: Cursor? = nil) -> String {
        URLText.link(
            path, ["q": search, "sort": descending ? "-name" : "", "after": after?.text ?? ""])
    }
}
