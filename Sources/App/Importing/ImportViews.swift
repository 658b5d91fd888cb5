import Foundation

/// What is wrong with a file, by line and column, the first of it. `file`: where all of it is to be had; `name`: a column
/// as the reader calls it.
func importProblems(
    _ page: PageContext, _ problems: ProblemList, file: String? = nil, name: (String) -> String = { $0 }
) -> HTML {
    guard !problems.isEmpty else { return .empty }
    let columns = [
        Column(page.t("import.line"), numeric: true), Column(page.t("import.column")), Column(page.t("import.reason")),
    ]
    let rows = problems.shown.prefix(ProblemList.usual).map { problem -> [HTML] in
        [
            "\(problem.line.map { page.number($0) } ?? "")", "\(name(problem.field))",
            "\(page.t(problem.message.naming(columns: name)))",
        ]
    }
    let hidden = problems.count - rows.count
    let more: HTML = hidden > 0 ? "<p>\(page.t("import.more", count: hidden))</p>" : .empty
    let all = file.map { linkButton(page.t("import.problems_file"), href: $0) } ?? .empty
    let title = page.t("import.problems", count: problems.count)
    return card(title, dataTable(page, caption: title, columns: columns, rows: rows) + more + all)
}

/// After a check that changed nothing: how it goes on.
func importNext(_ page: PageContext, isTrial: Bool, taken: Int) -> HTML {
    isTrial && taken > 0 ? notice(.accent, "\(page.t("import.trial_next"))") : .empty
}

/// By what a file is told from another that is called the same.
func importHash(_ page: PageContext, _ hash: String) -> HTML {
    technicalDetails(page, [(page.t("import.hash"), "<code>\(hash)</code>")])
}

/// All that are kept, as a file.
func importProblemsTable(_ page: PageContext, _ problems: ProblemList, name: (String) -> String) -> String {
    let lines = problems.shown.map { problem in
        CSVWriter.line([
            problem.line.map { .number(String($0)) } ?? .empty, .text(name(problem.field)),
            .text(page.t(problem.message.naming(columns: name))),
        ])
    }
    let heads = ["line", "column", "reason"].map { page.t("import.\($0)") }
    return CSVWriter.byteOrderMark + CSVWriter.line(heads) + lines.joined()
}

extension Message {
    /// With the columns of a file called as the reader calls them.
    fileprivate func naming(columns name: (String) -> String) -> Message {
        var arguments = arguments
        for key in ["column", "name"] {
            if case .text(let column)? = arguments[key] { arguments[key] = .text(name(column)) }
        }
        if case .text(let known)? = arguments["known"] {
            arguments["known"] = .text(known.components(separatedBy: ", ").map(name).joined(separator: "; "))
        }
        return Message(self.key, arguments)
    }
}
