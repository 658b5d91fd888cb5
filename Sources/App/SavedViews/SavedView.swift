import Foundation

/// A list of tasks under a name: its filters and its order, as they stand in the address. It holds no task and gives no
/// right: whoever opens it asks that question with their own.
public struct SavedView: Sendable, Equatable {
    public let uid: UID
    public let name: String
    /// `order=title&schedule=overdue`
    public let query: String
    /// Offered to the offices of the unit in which it was saved.
    public let isShared: Bool
    /// Whose the reader may change.
    public let isOwn: Bool
    /// What `/tasks` shows to this reader.
    public let isDefault: Bool
    /// Counts every change, for `If-Match`.
    public let version: Int

    /// The list that it opens.
    public var href: String { TaskFilter.href(asking: query) }
    var path: String { SavedView.path(uid) }

    static func path(_ uid: UID) -> String { "/tasks/views/\(uid)" }

    /// So many views has one person.
    static let most = 30
    static let nameLength = 80
}

/// What a form or a JSON body says of a view.
struct SavedViewDraft: Sendable {
    var name: String
    /// As ``TaskFilter`` writes it, so that the same question is the same text.
    var query: String
    var isShared: Bool
    var isDefault: Bool

    init(_ fields: inout Fields) {
        name = fields.line("name", max: SavedView.nameLength)
        let typed = fields.line("query", max: 4_000, required: false)
        isShared = ["1", "true"].contains(fields.line("is_shared", max: 5, required: false))
        isDefault = ["1", "true"].contains(fields.line("is_default", max: 5, required: false))
        var asked = SavedViewDraft.fields(of: typed)
        let filter = TaskFilter(&asked)
        for problem in asked.problems.problems {
            fields.problems.add("query", problem.message.key, problem.message.arguments)
        }
        query = filter.queryText
    }

    /// The filters of an address, each by its name; what is no filter is left out by ``TaskFilter``.
    static func fields(of query: String) -> Fields {
        var raw: [String: String] = [:]
        for pair in query.split(separator: "&").prefix(50) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, let value = parts.last, parts.count == 2 else { continue }
            raw[String(name)] = value.replacing("+", with: " ").removingPercentEncoding ?? ""
        }
        return Fields(raw: raw)
    }
}
