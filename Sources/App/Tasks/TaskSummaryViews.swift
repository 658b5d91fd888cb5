/// The tasks of a unit, of a document or of a person on the page of that.
/// - Parameter draft: where a task of it is drafted, for those who may.
func taskSummary(_ summary: TaskSummary, draft: String?, _ page: PageContext) -> HTML {
    let new: HTML = summary.mayCreate ? draft.map { linkButton(page.t("task.new"), href: $0) } ?? .empty : .empty
    func list(_ key: String, _ ask: (inout TaskFilter) -> Void = { _ in }) -> HTML {
        var asked = summary.filter
        ask(&asked)
        return "<a href=\"\(asked.href())\">\(page.t(key))</a>"
    }
    let closed = list("task.summary.closed") { $0.which = .closed }
    let (said, involved) = TaskSummaryParts.led(summary, page)
    guard !summary.urgent.isEmpty else {
        return card(
            page.t("task.summary"),
            emptyState(
                page, title: page.t(summary.filter.isLed ? "task.summary.none_led" : "task.summary.none"),
                hint: page.t(new.isEmpty ? "task.summary.none_hint_reader" : "task.summary.none_hint"),
                action: new) + "\(said)<p>\(closed)\(involved)</p>")
    }
    let roadmap: HTML = """
        <a href="\(summary.filter.href(TaskFilter.roadmap))">\(page.t("roadmap.title"))</a>
        """
    return card(
        page.t("task.summary"),
        """
        \(said)\(TaskSummaryParts.counts(summary, page))\(TaskSummaryParts.urgent(summary, page))\
        <p class="more">\(list(summary.filter.isLed ? "task.summary.all_led" : "task.summary.all")) · \(roadmap) · \
        \(closed)\(involved)</p>\(new)
        """)
}

enum TaskSummaryParts {
    /// Of a unit what is counted, and the way to what it has to do with besides.
    static func led(_ summary: TaskSummary, _ page: PageContext) -> (said: HTML, involved: HTML) {
        guard let counted = summary.counted, let unit = summary.filter.unit else { return (.empty, .empty) }
        let all = TaskFilter(unit: unit).href()
        return (
            CountedBelowViews.said(counted, page), " · <a href=\"\(all)\">\(page.t("task.summary.involved"))</a>"
        )
    }

    /// What is late first; then how far the rest has come.
    static func counts(_ summary: TaskSummary, _ page: PageContext) -> HTML {
        guard !summary.isFloor else {
            return "<p>\(page.t("task.summary.floor", ["total": page.number(summary.total)]))</p>"
        }
        var filter = summary.filter
        filter.schedule = .overdue
        let late: HTML =
            summary.overdue == 0
            ? .empty
            : """
            <li><a href="\(filter.href())">\
            \(badge(.bad, page.t("task.summary.overdue", count: summary.overdue)))</a></li>
            """
        return TaskStates.links(summary.states, summary.filter, first: late, page)
    }

    static func urgent(_ summary: TaskSummary, _ page: PageContext) -> HTML {
        let lines = summary.urgent.map { row -> HTML in
            let deadline = row.task.deadline.map { TaskWords.deadline($0, page) } ?? ""
            // Whose page it is need not be said in every line.
            let unit = row.leadUnit.uid == summary.filter.unit ? "" : row.leadUnit.name
            let performer = summary.filter.person == nil ? row.performer : ""
            let words = [deadline, unit, performer].filter { !$0.isEmpty }.joined(separator: " · ")
            return """
                <li><a href="\(row.href)">\(row.task.title)</a><span class="sub">\
                \(TaskWords.short(row.task, row.status(on: page.today), page)) \(words)</span></li>
                """
        }
        return "<ul class=\"plain-list\">\(lines)</ul>"
    }
}
