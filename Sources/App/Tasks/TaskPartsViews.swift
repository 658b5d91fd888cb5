/// The parts of a task by state, what they make of the whole, and the first of them.
enum TaskPartsViews {
    static func card(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let parts = detail.parts
        let others: HTML = parts.tellsOfOthers ? "<p class=\"sub\">\(page.t("task.parts.others"))</p>" : .empty
        guard parts.total > 0 else {
            return others.isEmpty ? .empty : App.card(page.t("task.children", count: 0), others)
        }
        let filter = TaskFilter(parent: detail.row.uid)
        let done = parts.percent.map { percent -> HTML in
            "<p>\(page.t("task.children.progress", ["percent": page.number(percent)]))</p>"
        }
        var byUnit = filter
        byUnit.order = .unit
        let more: HTML =
            parts.total > parts.rows.count
            ? """
            <p>\(page.t("task.children.first", ["shown": page.number(parts.rows.count)])) \
            <a href="\(byUnit.href())">\(page.t("task.children.list"))</a></p>
            """ : .empty
        return App.card(
            page.t("task.children", count: parts.total),
            "\(done ?? .empty)\(others)\(parts.isWhole ? weights(parts.shares, page) : .empty)"
                + TaskStates.links(parts.states, filter, page) + rows(parts, page) + more)
    }

    /// Of some parts nobody can say what they are of the whole.
    private static func rows(_ parts: TaskParts, _ page: PageContext) -> HTML {
        guard parts.isWhole else { return TaskListViews.rows(parts.rows, page) }
        return TaskListViews.rows(parts.rows, page) { share(of: $0, parts.shares, page) }
    }

    /// That weights are shares needs no word where all are equal.
    private static func weights(_ shares: TaskShares, _ page: PageContext) -> HTML {
        guard shares.areWeighed else { return .empty }
        let weightless: HTML = shares.hasWeightless ? " \(page.t("task.parts.weightless"))" : .empty
        return "<p class=\"sub\">\(page.t("task.parts.shares"))\(weightless)</p>"
    }

    /// `70/140 (50%)`: the fraction is exact, which roundings of a hundred parts are not.
    private static func share(of row: TaskRow, _ shares: TaskShares, _ page: PageContext) -> HTML {
        let task = row.task, isCancelled = task.workflow.state == .cancelled
        guard let share = shares.share(of: task.weight, isCancelled: isCancelled),
            let tenths = shares.tenths(of: task.weight, isCancelled: isCancelled)
        else {
            return "\(page.t("task.parts.uncounted", ["weight": page.number(task.weight)]))"
        }
        let fraction = ["weight": page.number(share), "whole": page.number(shares.whole)]
        if tenths == 0 { return "\(page.t("task.parts.tiny", fraction))" }
        let words = fraction.merging(["percent": percent(tenths, page)]) { $1 }
        return "\(page.t("task.parts.share", words))"
    }

    private static func percent(_ tenths: Int, _ page: PageContext) -> String {
        tenths % 10 == 0
            ? page.number(tenths / 10) : NumberText.scaled(Int64(tenths), decimals: 1, page.language)
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
