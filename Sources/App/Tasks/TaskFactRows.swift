extension TaskViews {
    /// Where the task stands, and what it counts among: names of `task.field.…` with what is said; empty is not shown.
    static func standing(_ detail: TaskDetail, _ page: PageContext) -> [(name: String, value: HTML)] {
        let task = detail.row.task
        return [
            ("state", "\(state(task.workflow, page))"),
            ("extensions", task.extensions == 0 ? .empty : "\(page.number(task.extensions))"),
            ("declared_on", task.declaredOn.map { "\(page.day($0))" } ?? .empty),
            ("updated_at", "\(page.moment(task.updatedAt))"),
            ("is_key", task.isKey ? badge(.accent, page.t("task.key")) : .empty),
            ("priority", "\(page.t("task.priority.\(task.priority.rawValue)"))"),
            ("pillar", "\(detail.pillar?.name(in: page.language) ?? "")"),
            ("group", "\(detail.group?.name(in: page.language) ?? "")"),
            ("weight", "\(page.number(task.weight))"),
        ]
    }

    /// The step of its life; of a paused one also the step to which it goes back.
    private static func state(_ workflow: TaskWorkflow, _ page: PageContext) -> String {
        let state = page.t("task.state.\(workflow.state.rawValue)")
        guard let before = workflow.before else { return state }
        return page.t("task.state_before", ["state": state, "before": page.t("task.state.\(before.rawValue)")])
    }
}
