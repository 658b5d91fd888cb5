/// A filter as somebody would say it: "overdue · Department of Finance · Q4 2026 · by title".
struct TaskFilterWords: Sendable {
    private let parts: [String]

    var text: String { parts.joined(separator: " · ") }

    /// What the viewer may not know of any more is said to be so: it still narrows the list.
    init(_ filter: TaskFilter, _ store: TaskStore, _ page: PageContext) throws {
        let names = try ifKnown(TaskFilterNames(filter, store))
        let isOfField = filter.field != nil || !filter.pillar.isEmpty
        let fields = isOfField ? try store.workFields(assigning: store.ownUnits().last) : []
        let unknown = names == nil ? page.t("task.filter.said.unknown") : nil
        let of: [String?] = [
            names?.parent.map { page.t("task.of_parent", ["name": $0.task.title]) }, names?.unit, names?.document,
            names?.person.map(page.name), unknown, TaskFilterWords.pillar(filter, fields, page),
            TaskFilterWords.field(filter, fields, page),
        ]
        parts =
            TaskFilterWords.standing(filter, page) + of.compactMap(\.self) + TaskFilterWords.typed(filter, page)
            + TaskFilterWords.flags(filter, page) + [page.t("task.order.\(filter.order.rawValue)")]
    }

    /// Open or not, or the state or word of the schedule that says it.
    private static func standing(_ filter: TaskFilter, _ page: PageContext) -> [String] {
        let words = [filter.schedule.map { page.t($0.key) }, filter.state.map { page.t("task.state.\($0.rawValue)") }]
        let which = filter.saysWhich ? nil : page.t("task.tab.\(filter.which.rawValue)")
        return (words + [which]).compactMap(\.self)
    }

    private static func pillar(_ filter: TaskFilter, _ fields: [WorkField], _ page: PageContext) -> String? {
        guard !filter.pillar.isEmpty else { return nil }
        let known = fields.first { $0.family == .pillar && $0.code == filter.pillar }
        return known?.name(in: page.language) ?? filter.pillar
    }

    private static func field(_ filter: TaskFilter, _ fields: [WorkField], _ page: PageContext) -> String? {
        guard let uid = filter.field else { return nil }
        return fields.first { $0.uid == uid }?.name(in: page.language) ?? page.t("task.filter.field")
    }

    private static func typed(_ filter: TaskFilter, _ page: PageContext) -> [String] {
        func said(_ key: String, _ text: String?) -> String? {
            text.flatMap { $0.isEmpty ? nil : page.t("task.filter.said.\(key)", [key: $0]) }
        }
        return [
            said("below", filter.below.map { page.t($0.key) }), said("text", filter.text), said("tag", filter.tag),
            said("period", filter.period.map { TaskWords.period($0, page) }),
            said("due_from", filter.dueFrom.map(page.day)), said("due_to", filter.dueTo.map(page.day)),
        ].compactMap(\.self)
    }

    private static func flags(_ filter: TaskFilter, _ page: PageContext) -> [String] {
        [
            ("key", filter.isKey), ("mine", filter.isMine), ("led", filter.isLed), ("directed", filter.isDirected),
            ("verifying", filter.isVerifying), ("waiting", filter.isWaiting),
            ("coordinated", filter.isCoordinated), ("vacant", filter.isVacant),
        ].filter(\.1).map { page.t("task.filter.\($0.0)") }
    }
}
