/// How an import of a file ended, whatever was in it.
public protocol ImportReport: Sendable {
    /// What is wrong with the file; nothing was written when there is any, unless good rows were to be taken.
    var problems: ProblemList { get }
}

extension ImportReport {
    /// Why nothing was taken: the problems, or that there is no row.
    var refusal: [Problem] { problems.isEmpty ? [Problem("file", "import.no_rows")] : problems.shown }
}
