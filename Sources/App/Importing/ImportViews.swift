/// What is wrong with a file, by line and column, as many as are kept. `name`: a column as the reader calls it.
func importProblems(
    _ page: PageContext, _ problems: ProblemList, name: (String) -> String = { $0 }
) -> HTML {
    guard !problems.isEmpty else { return .empty }
    let columns = [
        Column(page.t("import.line"), numeric: true), Column(page.t("import.column")), Column(page.t("import.reason")),
    ]
    let rows = problems.shown.map { problem -> [HTML] in
        [
            "\(problem.line.map { page.number($0) } ?? "")", "\(name(problem.field))",
            "\(page.t(problem.message.naming(columns: name)))",
        ]
    }
    let hidden = problems.count - problems.shown.count
    let more: HTML = hidden > 0 ? "<p>\(page.t("import.more", count: hidden))</p>" : .empty
    let title = page.t("import.problems", count: problems.count)
    return card(title, dataTable(page, caption: title, columns: columns, rows: rows) + more)
}

extension Message {
    /// With the columns of a file called as the reader calls them.
    fileprivate func naming(columns name: (String) -> String) -> Message {
        var arguments = arguments
        for key in ["column", "name"] {
            if case .text(let column)? = arguments[key] { arguments[key] = .text(name(column)) }
        }
        return Message(self.key, arguments)
    }
}
