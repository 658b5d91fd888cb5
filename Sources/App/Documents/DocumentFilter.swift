/// What a list of documents is asked for: the same words in the URL, in the API and on the command line.
public struct DocumentFilter: Sendable, Equatable {
    /// A number in any spelling, or words of number, title and other names.
    public var text = ""
    /// Look for the words in the text of the files instead, all of them in one file, each whole.
    public var isInFiles = false
    public var type: DocumentType?
    public var issuer: UID?
    /// Of the issuing day.
    public var year: Int?
    public var state: Document.State?
    /// Only what implements, concretises, amends or replaces this one, at any depth.
    public var under: UID?
    /// Only what does so itself, or to documents that lead to it ``through`` others of these types, the first of which
    /// does so itself.
    public var basis: UID?
    public var through: [DocumentType] = []
    public var order: Order = .issued
    public var isDescending = true

    public enum Order: String, Sendable, CaseIterable {
        case issued, title
    }

    public init() {}

    /// Reads the query of a request; unknown words become problems of their field. The newest first, titles from A.
    public init(_ query: inout Fields) {
        text = query.line("q", max: 200, required: false)
        isInFiles = query["files"] == "1"
        type = query.choice("type", required: false)
        issuer = query.uid("issuer", required: false)
        year = query.integer("year", in: DocumentNumber.years, required: false)
        state = query.choice("state", of: Listed.self, required: false)?.state
        under = query.uid("under", required: false)
        basis = query.uid("basis", required: false)
        through = DocumentFilter.types(&query, below: basis)
        order = query.choice("sort", required: false) ?? .issued
        isDescending = query["desc"].isEmpty ? order == .issued : query["desc"] == "1"
    }

    private static func types(_ query: inout Fields, below basis: UID?) -> [DocumentType] {
        let typed = query.line("through", max: 400, required: false)
        let words = typed.split(separator: ",").map(String.init),
            types = words.compactMap { DocumentType(rawValue: $0) }
        if types.count < words.count || types.count > Cascade.depth || (basis == nil && !types.isEmpty) {
            query.problems.add("through", "document.error.through")
        }
        return types
    }

    var isEmpty: Bool {
        text.isEmpty && type == nil && issuer == nil && year == nil && state == nil && under == nil && basis == nil
    }

    /// The states that a list can be asked for.
    public enum Listed: String, Sendable, CaseIterable {
        case draft, issued, withdrawn

        var state: Document.State {
            switch self {
            case .draft: .draft
            case .issued: .issued
            case .withdrawn: .withdrawn
            }
        }
    }
}
