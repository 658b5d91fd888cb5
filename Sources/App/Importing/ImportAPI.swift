/// What the imports answer to programs alike: the file of a form, and what is wrong with its rows.
extension Upload {
    /// The table that was sent. Throws ``AppError/invalid(_:)`` for a form without one.
    func table() throws(AppError) -> ReceivedFile {
        guard let sent = files("file").first(where: { $0.size > 0 }) else {
            throw .invalid([Problem("file", "import.no_file")])
        }
        return sent
    }
}

/// The problems of a file by line and column, as many as a list of them keeps, and how many there are.
enum ImportProblemsBody {
    static func json(_ problems: ProblemList, _ page: PageContext) -> [(String, JSONValue)] {
        [
            ("problem_count", .int(Int64(problems.count))),
            ("problems", .list(problems.shown.map { problem($0, page) })),
        ]
    }

    /// What can be taken all the same, told the same way.
    static func warnings(_ warnings: ProblemList, _ page: PageContext) -> (String, JSONValue) {
        ("warnings", .list(warnings.shown.map { problem($0, page) }))
    }

    private static func problem(_ problem: Problem, _ page: PageContext) -> JSONValue {
        .object([
            ("line", problem.line.map { JSONValue.int(Int64($0)) } ?? .null), ("column", .text(problem.field)),
            ("message", .text(page.t(problem.message))),
        ])
    }

    static let members: [APIMember] = [("problem_count", .integer, true), ("problems", list, true)]

    static let warningMember: APIMember = ("warnings", list, true)

    private static let list = APISchema.list(
        .object([("line", .nullable(.integer), true), ("column", .string, true), ("message", .string, true)]))
}
