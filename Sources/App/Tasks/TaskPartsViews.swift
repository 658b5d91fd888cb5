/// The parts of a task by state, what they make of the whole, and the first of them.
enum TaskPartsViews {
    static func card(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let parts = detail.parts
        guard parts.total > 0 else { return .empty }
        let filter = TaskFilter(parent: detail.row.uid)
        let done = parts.percent.map { percent -> HTML in
            "<p>\(page.t("task.children.progress", ["percent": page.number(percent)]))</p>"
        }
        let more: HTML =
            parts.total > parts.rows.count
            ? """
            <p>\(page.t("task.children.first", ["shown": page.number(parts.rows.count)])) \
            <a href="\(filter.href())">\(page.t("task.children.list"))</a></p>
            """ : .empty
        return App.card(
            page.t("task.children", count: parts.total),
            "\(done ?? .empty)\(TaskStates.links(parts.states, filter, page))"
                + TaskListViews.rows(parts.rows, page) + more)
    }
}

/// How many tasks there are of each state, each number a link to those.
enum TaskStates {
    static func links(
        _ states: [(state: TaskWorkflow.State, count: Int)], _ filter: TaskFilter, first: HTML = .empty,
        _ page: PageContext
    ) -> HTML {
        let links = states.map { state, count -> HTML in
            var asked = filter
            asked.state = state
            return """
                <li><a href="\(asked.href())">\
                \(page.t("task.state.\(state.rawValue)")) <b>\(page.number(count))</b></a></li>
                """
        }
        return links.isEmpty ? .empty : "<ul class=\"counts\">\(first)\(links)</ul>"
    }
}
