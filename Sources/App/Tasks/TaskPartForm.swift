/// With what the form of a new task begins: the usual choices, or, of a part of a task, what the breakdown to units
/// would take from it.
extension TaskForm {
    private static let usual = [
        "priority": TaskItem.Priority.normal.rawValue, "secrecy": Secrecy.internal.name, "weight": "1",
    ]

    /// Of ``TaskBreakdownForm/template`` what says where a task belongs. What is to be done, and by when, is the part's
    /// own.
    private static let inherited: Set<String> = [
        "document", "paragraph", "pillar", "task_group", "field", "tags", "secrecy", "priority", "is_key",
    ]

    /// Throws ``AppError/notFound`` for a task that the viewer may not know of, and what keeps them from giving parts
    /// of one that they know. What the address says goes before.
    static func beginning(_ typed: Fields, _ store: TaskStore, _ page: PageContext) throws -> Fields {
        var raw = usual
        if !typed["parent"].isEmpty {
            guard let found = try store.find(typed: typed["parent"]) else { throw AppError.notFound }
            let parent = try store.findDivisible(found.uid)
            let base = try fields(of: store.detail(parent.uid), store, page)
            raw.merge(base.raw.filter { inherited.contains($0.key) }) { $1 }
            raw["parent"] = parent.uid.text
        }
        return Fields(raw: raw.merging(typed.raw.filter { $0.key != "parent" }) { $1 })
    }
}
