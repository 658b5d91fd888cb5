/// The tasks of a committee with the members who cover them.
func chargedTasksCard(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let coverage = view.coverage
    let entries = coverage.tasks.filter { view.state == nil || $0.state == view.state }
    let note: HTML =
        coverage.hasMoreTasks
        ? "<p class=\"sub\">\(page.t("portfolio.tasks.more", ["most": page.number(PortfolioStore.mostKeyTasks)]))</p>"
        : .empty
    return coverageCard(
        page.t("portfolio.charged_tasks"), first: page.t("portfolio.field.task"),
        rows: entries.map { entry in
            [
                "<a href=\"\(entry.what.href)\">\(entry.what.title)</a>\(ChargedTaskViews.status(entry.what, page))",
                PortfolioViews.state(entry.state, page),
                PortfolioViews.members(entry.members, page) + ChargedTaskViews.through(entry, page),
            ]
        }, note: note, none: coverage.tasks.isEmpty ? "portfolio.no_tasks" : "portfolio.none_such", page)
}

/// What somebody is in charge of by name and the committee's key tasks, as boxes; others by address or title.
func chargedTaskFields(_ coverage: PortfolioCoverage, _ form: FormView, chosen: String?, _ page: PageContext) -> HTML {
    let boxes = coverage.tasks.map { form.checkbox("task.\($0.what.uid)", label: $0.what.title) }
    let ticked: HTML = boxes.isEmpty ? .empty : PersonViews.group(page.t("portfolio.charged_tasks"), boxes)
    return """
        \(ticked)\
        \(form.task("task", label: page.t("portfolio.task.further"), chosen: chosen, required: false, help: page.t("portfolio.help.task")))\
        \(form.area("tasks", label: page.t("portfolio.tasks.further"), help: page.t("portfolio.help.tasks"), required: false, maxLength: 20_000, rows: 3))
        """
}

enum ChargedTaskViews {
    /// That it is a key task, and the three answers.
    static func status(_ task: ChargedTask, _ page: PageContext) -> HTML {
        let key: HTML = task.isKey ? "<span class=\"sub\">\(page.t("task.field.is_key"))</span>" : .empty
        guard let row = task.row else { return key }
        return "\(key)<span class=\"sub\">\(TaskWords.short(row.task, row.status(on: page.today), page))</span>"
    }

    /// By a field, when no notice names the task.
    static func through(_ entry: PortfolioCoverage.Entry<ChargedTask>, _ page: PageContext) -> HTML {
        entry.isThroughField ? "<span class=\"sub\">\(page.t("portfolio.through_field"))</span>" : .empty
    }
}
