/// A filter as an address: the one place where it is written.
extension TaskFilter {
    static let list = "/tasks"
    static let roadmap = "/tasks/roadmap"

    /// All open tasks, whatever the person's list begins with.
    static let plain = "/tasks?which=open"

    /// `order=title&schedule=overdue`: the same question is the same text.
    var queryText: String { TaskFilter.text(query) }

    /// The list, or another page or file of the same tasks. `more`: what that page is asked besides.
    func href(_ path: String = TaskFilter.list, after: Cursor? = nil, _ more: [String: String] = [:]) -> String {
        let asked = query.merging(more) { $1 }.merging(["after": after?.text ?? ""]) { $1 }
        return TaskFilter.href(path, asking: TaskFilter.text(asked))
    }

    /// Without a question the list would begin with a saved view.
    static func href(_ path: String = TaskFilter.list, asking text: String) -> String {
        if text.isEmpty { return path == list ? plain : path }
        return path + "?" + text
    }

    private static func text(_ query: [String: String]) -> String { URLText.pairs(query.sorted { $0.key < $1.key }) }
}
