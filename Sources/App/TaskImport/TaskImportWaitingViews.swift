/// What the pages say of a checked file that waits for its person.
enum TaskImportWaitingParts {
    /// On the page that takes a file: the way back to it.
    static func found(_ page: PageContext, _ file: WaitingImport?) -> HTML {
        guard let file else { return .empty }
        let said = page.t("task-import.waits", ["name": file.name, "at": page.moment(file.madeAt)])
        let until = page.t("task-import.waits.until", ["until": page.moment(file.until)])
        let link: HTML = "<a href=\"\(file.href)\">\(page.t("task-import.waits.open"))</a>"
        return notice(.accent, "\(said) \(link) \(until)")
    }

    /// Others have changed something meanwhile, so that what is shown is not what was shown before.
    static func changed(_ page: PageContext, _ report: TaskImportReport, _ file: WaitingImport?) -> HTML {
        guard let file, let before = file.found, before != WaitingImport.Found(report) else { return .empty }
        let said = page.t(
            "task-import.changed",
            [
                "at": page.moment(file.madeAt), "good_before": page.number(before.good),
                "clear_before": page.number(before.clear), "good": page.number(report.good),
                "clear": page.number(report.clear),
            ])
        return notice(.warn, "\(said)")
    }

    /// It may wait, and it may go.
    static func later(_ page: PageContext, _ file: WaitingImport?) -> HTML {
        guard let file else { return .empty }
        let said: HTML = "<p>\(page.t("task-import.later.lead", ["until": page.moment(file.until)]))</p>"
        let form = FormView(page, values: Fields(raw: [:]), problems: [])
        return card(
            page.t("task-import.later"),
            said
                + form.form(
                    action: "\(file.href)/removal", submit: page.t("task-import.discard"), danger: true, .empty))
    }
}
