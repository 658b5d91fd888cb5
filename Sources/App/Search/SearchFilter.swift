/// What a search is asked for: the same words in the URL, in the API and on the command line.
public struct SearchFilter: Sendable, Equatable {
    public var text = ""
    /// Only this kind.
    public var kind: Subject.Kind?
    /// `task.issued`, `document.withdrawn`: a kind and a state of it.
    public var status = ""
    /// A code of a type of document.
    public var type = ""
    /// A code of a pillar.
    public var pillar = ""
    /// Led or issued by this unit.
    public var unit: UID?
    /// Of the day by which hits are ordered.
    public var year: Int?
    public var order = Order.date
    var reach = SearchReach.own

    public enum Order: String, Sendable, CaseIterable {
        case date, relevance
    }

    public init(text: String = "") { self.text = text }

    /// Reads a query string; what cannot be read, or is none of what can be chosen, is a problem of the query.
    init(_ query: inout Fields) {
        text = query.line("q", max: 200, required: false)
        let kinds = SearchSource.all.map(\.kind)
        kind = SearchFilter.known(&query, "kind", kinds.map(\.rawValue)).flatMap(Subject.Kind.init(rawValue:))
        status = SearchFilter.known(&query, "status", SearchSource.all.flatMap(\.statuses)) ?? ""
        type = query.line("type", max: 60, required: false)
        pillar = query.line("pillar", max: 60, required: false)
        unit = query.uid("unit", required: false)
        year = query.integer("year", in: 1000...9998, required: false)
        order = query.choice("order", required: false) ?? .date
        reach = query.choice("reach", required: false) ?? .own
    }

    private static func known(_ query: inout Fields, _ name: String, _ choices: [String]) -> String? {
        let typed = query.line(name, max: 60, required: false)
        if typed.isEmpty || choices.contains(typed) { return typed.isEmpty ? nil : typed }
        query.problems.add(name, "field.choice", ["typed": .text(typed)])
        return nil
    }

    /// As a query string carries it.
    var query: [String: String] {
        [
            "q": text, "kind": kind?.rawValue ?? "", "status": status, "type": type, "pillar": pillar,
            "unit": unit?.text ?? "", "year": year.map(String.init) ?? "",
            "order": order == .date ? "" : order.rawValue, "reach": reach == .own ? "" : reach.rawValue,
        ]
    }

    /// Folded, each once, without zeros before it: 7 finds 07 and 7.
    var words: [String] {
        var words: [String] = []
        for word in TextFold.words(text) {
            let bare = String(word.drop { $0 == "0" })
            let asked = bare.isEmpty ? word : bare
            if !words.contains(asked) { words.append(asked) }
        }
        return words
    }
}

extension SearchSource {
    var statuses: [String] { states.map { "\(kind.rawValue).\($0)" } }
}
