/// The form that takes a file of tasks, with what its columns mean, and the way to the file that waits.
func taskImportPage(_ page: PageContext, _ problems: [Problem], waiting: WaitingImport? = nil) -> HTML {
    let form = FormView(page, values: Fields(raw: [:]), problems: problems)
    return sitePage(
        page, title: page.t("task-import.title"), lead: "\(page.t("task-import.lead"))",
        crumbs: TaskViews.crumbs(page),
        actions: importTemplates(page, "/tasks/import"),
        body: TaskImportWaitingParts.found(page, waiting)
            + form.form(
                action: "/tasks/import", submit: page.t("task-import.check"), cancel: "/tasks", hasFiles: true,
                form.file(
                    "file", label: page.t("import.file"), help: page.t("task-import.file.help"), accept: ".csv,.xlsx")
            ) + importColumns(page, TaskImportColumns.columns))
}

/// What a checked file would do, what is wrong with it, and the way on. `kept`: where it waits; `isRefused`: it was
/// confirmed and nothing was taken.
func taskImportReport(
    _ page: PageContext, _ report: TaskImportReport, kept: WaitingImport?, isRefused: Bool = false
) -> HTML {
    let isHopeless = report.good == 0
    let nothing: HTML = isRefused ? notice(.warn, "\(page.t("task-import.nothing_taken"))") : .empty
    var counts: [(label: String, value: HTML)] = [
        (page.t("import.file"), "\(report.file)"), (page.t("import.rows"), "\(page.number(report.rows))"),
        (page.t("task-import.clear"), "\(page.number(report.clear))"),
    ]
    if let kept { counts.append((page.t("task-import.kept_until"), "\(page.moment(kept.until))")) }
    let problems = importProblems(
        page, report.problems, file: kept.map { "\($0.href)/problems.csv" },
        name: { TaskImportColumns.columns.name(of: $0, page) })
    let parts: [HTML] = [
        nothing, TaskImportParts.earlier(page, report), TaskImportWaitingParts.changed(page, report, kept),
        TaskImportParts.warnings(page, report), facts(counts), importHash(page, report.hash), problems,
        TaskImportParts.confirmation(page, report, kept), TaskImportWaitingParts.later(page, kept),
        TaskImportParts.lines(page, report),
    ]
    return sitePage(
        page,
        title: isHopeless ? page.t("task-import.refused") : page.t("task-import.could", count: report.good),
        crumbs: TaskViews.crumbs(page) + [Crumb(text: page.t("task-import.title"), href: "/tasks/import")],
        actions: linkButton(page.t("task-import.again"), href: "/tasks/import", main: isHopeless),
        body: parts.joined())
}

/// What was taken, with the tasks that the reader may know of.
func taskImportShown(_ page: PageContext, _ made: TaskImportRecord, _ list: Page<TaskRow>, isFirst: Bool) -> HTML {
    let said = facts([
        (page.t("import.file"), "\(made.name)"), (page.t("task-import.at"), "\(page.moment(made.takenAt))"),
        (page.t("import.rows"), "\(page.number(made.rows))"),
        (page.t("task-import.issued"), "\(page.number(made.issued))"),
    ])
    return sitePage(
        page, title: page.t("task-import.done", count: made.taken), crumbs: TaskViews.crumbs(page),
        body: said + importHash(page, made.hash) + TaskImportParts.tasks(page, made, list, isFirst: isFirst))
}

enum TaskImportParts {
    static func tasks(_ page: PageContext, _ made: TaskImportRecord, _ list: Page<TaskRow>, isFirst: Bool) -> HTML {
        guard !list.items.isEmpty else {
            return emptyState(page, title: page.t("task.none_found"), hint: page.t("task-import.none_left"))
        }
        let path = TaskImportRecord.path(made.uid)
        let next = list.next.map { "\(path)?after=\(URLText.query($0.text))" }
        return TaskListViews.rows(list.items, page)
            + pager(
                page, shown: list.items.count, total: list.total, totalIsFloor: false, next: next,
                first: isFirst ? nil : path)
    }

    static func earlier(_ page: PageContext, _ report: TaskImportReport) -> HTML {
        guard let earlier = report.earlier else { return .empty }
        return notice(.warn, "\(page.t("task-import.earlier", ["at": page.moment(earlier)]))")
    }

    /// What can be taken, and will be late as soon as it is issued: in which lines, for the page shows only the first.
    static func warnings(_ page: PageContext, _ report: TaskImportReport) -> HTML {
        guard !report.warnings.isEmpty else { return .empty }
        let lines = report.warnings.shown.compactMap(\.line), shown = lines.prefix(50).map { page.number($0) }
        let list = shown.joined(separator: ", ") + (lines.count > shown.count ? ", …" : "")
        return notice(.warn, "\(page.t("task-import.past_rows", count: report.warnings.count, ["lines": list]))")
    }

    static func confirmation(_ page: PageContext, _ report: TaskImportReport, _ kept: WaitingImport?) -> HTML {
        guard let kept, report.good > 0 else { return .empty }
        let form = FormView(page, values: Fields(raw: [:]), problems: [])
        let good: HTML =
            report.problems.isEmpty
            ? .empty : form.checkbox("good_rows", label: page.t("import.good_rows"))
        let issue: HTML =
            report.clear == 0 ? .empty : form.checkbox("issue", label: page.t("task-import.issue"))
        let key = report.problems.isEmpty ? "task-import.confirm_all" : "task-import.confirm_good"
        let said: HTML = "<p>\(page.t(key))</p>"
        return card(
            page.t("task-import.confirm"),
            said
                + form.form(
                    action: kept.href, submit: page.t("task-import.submit"), cancel: "/tasks",
                    good + issue))
    }

    /// As on the page of a draft: it can be taken, and will be late from the first day.
    private static func past(_ deadline: Deadline?, _ page: PageContext) -> HTML {
        guard let deadline, deadline.due < page.today else { return .empty }
        return " \(badge(.warn, page.t("task-import.past")))"
    }

    static func lines(_ page: PageContext, _ report: TaskImportReport) -> HTML {
        guard !report.lines.isEmpty else { return .empty }
        let columns = [
            Column(page.t("import.line"), numeric: true), Column(page.t("task.field.title")),
            Column(page.t("task.field.lead_unit")), Column(page.t("task.field.deadline")),
            Column(page.t("task-import.gate")),
        ]
        let rows = report.lines.map { line -> [HTML] in
            let missing = line.missing.map { page.t("task.clarity.point.\($0.rawValue)") }.joined(separator: ", ")
            return [
                "\(page.number(line.line))", "\(line.title)", "\(line.leadUnit)",
                "\(line.deadline.map { TaskWords.deadline($0, page) } ?? "")\(past(line.deadline, page))",
                missing.isEmpty
                    ? badge(.accent, page.t("task-import.is_clear"))
                    : badge(.warn, page.t("task-import.lacks", ["points": missing])),
            ]
        }
        let title = page.t("task-import.preview")
        return card(title, dataTable(page, caption: title, columns: columns, rows: rows))
    }
}
