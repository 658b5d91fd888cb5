/// Without a script the form of a list sends what was typed: a name stands for the unit, the person, the document or the
/// task that alone has it.
extension TaskStore {
    static let named = ["unit", "person", "document", "parent"]

    /// What names nothing, or several, stays as it was typed and is refused with its field.
    func named(_ query: Fields) throws -> Fields {
        var raw = query.raw
        for field in TaskStore.named where !query[field].isEmpty && UID(parsing: query[field]) == nil {
            if let found = try uid(query[field], of: field) { raw[field] = found.text }
        }
        var named = Fields(raw: raw)
        named.problems = query.problems
        return named
    }

    /// What is typed on the command line; ``AppError/invalid(_:)`` names each word that means nothing.
    public func filter(typed words: [String: String]) throws -> TaskFilter {
        var query = try named(Fields(raw: words))
        let filter = TaskFilter(&query)
        try query.problems.check()
        return filter
    }

    private func uid(_ typed: String, of field: String) throws -> UID? {
        switch field {
        case "unit": try units.find(typed: typed)?.uid
        case "person": try people.find(typed: typed)?.uid
        case "document": try documents.find(typed: typed)?.uid
        default: try find(typed: typed)?.uid
        }
    }
}

extension Visit {
    /// The query of a list of tasks, with uids for names.
    func taskQuery() async throws -> Fields {
        let typed = query
        let hasNames = TaskStore.named.contains { !typed[$0].isEmpty && UID(parsing: typed[$0]) == nil }
        return hasNames ? try await tasks { try $0.named(typed) } : typed
    }
}
