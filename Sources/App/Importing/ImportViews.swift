/// What is wrong with a file, by line and column, as many as are kept.
func importProblems(_ page: PageContext, _ problems: ProblemList) -> HTML {
    guard !problems.isEmpty else { return .empty }
    let columns = [
        Column(page.t("import.line"), numeric: true), Column(page.t("import.column")), Column(page.t("import.reason")),
    ]
    let rows = problems.shown.map { problem -> [HTML] in
        ["\(problem.line.map { page.number($0) } ?? "")", "\(problem.field)", "\(page.t(problem.message))"]
    }
    let hidden = problems.count - problems.shown.count
    let more: HTML = hidden > 0 ? "<p>\(page.t("import.more", count: hidden))</p>" : .empty
    let title = page.t("import.problems", count: problems.count)
    return card(title, dataTable(page, caption: title, columns: columns, rows: rows) + more)
}
