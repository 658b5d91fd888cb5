/// The form that takes a file of tasks, with what its columns mean.
func taskImportPage(_ page: PageContext, _ problems: [Problem]) -> HTML {
    let form = FormView(page, values: Fields(raw: [:]), problems: problems)
    return sitePage(
        page, title: page.t("task-import.title"), lead: "\(page.t("task-import.lead"))",
        crumbs: TaskViews.crumbs(page),
        actions: importTemplates(page, "/tasks/import"),
        body: form.form(
            action: "/tasks/import", submit: page.t("task-import.check"), cancel: "/tasks", hasFiles: true,
            form.file(
                "file", label: page.t("import.file"), help: page.t("task-import.file.help"), accept: ".csv,.xlsx")
        ) + importColumns(page, TaskImportColumns.columns))
}

/// What a checked file would do, what is wrong with it, and the way on.
func taskImportReport(_ page: PageContext, _ report: TaskImportReport, kept: UID?) -> HTML {
    let isRefused = report.good == 0
    return sitePage(
        page,
        title: isRefused ? page.t("task-import.refused") : page.t("task-import.could", count: report.good),
        crumbs: TaskViews.crumbs(page) + [Crumb(text: page.t("task-import.title"), href: "/tasks/import")],
        actions: linkButton(page.t("task-import.again"), href: "/tasks/import", main: isRefused),
        body: TaskImportParts.earlier(page, report)
            + facts([
                (page.t("import.file"), "\(report.file)"),
                (page.t("import.rows"), "\(page.number(report.rows))"),
                (page.t("task-import.clear"), "\(page.number(report.clear))"),
            ]) + importHash(page, report.hash)
            + importProblems(
                page, report.problems, file: kept.map { "\(TaskImportRecord.path($0))/problems.csv" },
                name: { TaskImportColumns.columns.name(of: $0, page) })
            + TaskImportParts.confirmation(page, report, kept)
            + TaskImportParts.lines(page, report))
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

    static func confirmation(_ page: PageContext, _ report: TaskImportReport, _ kept: UID?) -> HTML {
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
                    action: TaskImportRecord.path(kept), submit: page.t("task-import.submit"), cancel: "/tasks",
                    good + issue))
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
                "\(line.deadline.map { TaskWords.deadline($0, page) } ?? "")",
                missing.isEmpty
                    ? badge(.accent, page.t("task-import.is_clear"))
                    : badge(.warn, page.t("task-import.lacks", ["points": missing])),
            ]
        }
        let title = page.t("task-import.preview")
        return card(title, dataTable(page, caption: title, columns: columns, rows: rows))
    }
}
