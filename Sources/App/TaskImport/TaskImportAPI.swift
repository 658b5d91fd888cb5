import Foundation
import HTTPTypes
import Storage

/// A file of tasks, for programs: checked with `trial`, else taken in the same request.
struct TaskImportAPI {
    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/tasks/imports", operation: TaskImportOperations.take,
                body: .upload(limit: TaskImportPages.limit, admit: admit), take),
            Route(.get, "/api/v1/tasks/imports/{import}", operation: TaskImportOperations.show, show),
        ]
    }

    @Sendable private func admit(_ visit: Visit) async throws {
        try await visit.tasks { try $0.requireMayCreateSomewhere() }
    }

    func take(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        let upload = try visit.uploaded()
        let sent = try upload.table()
        let (url, name, page) = (sent.url, CleanText.line(sent.name) ?? "", visit.page)
        let file = try await FileStore.run { try TaskImportFile.read(url, name: name, page.catalogue) }
        let fields = upload.fields
        let options = TaskImportOptions(
            takesGoodRows: fields["good_rows"] == "1", issuesClear: fields["issue"] == "1",
            isTrial: fields["trial"] == "1")
        let work = TaskImport(viewer: visit.viewer, today: visit.today, now: visit.now)
        if options.isTrial {
            let report = try await work.run(file, options, into: visit.database)
            return visit.json(TaskImportBody(report: report, page: page).json)
        }
        return try await visit.change { tx in
            let report = try work.put(file, options, nil, tx)
            guard let uid = report.uid else { throw AppError.invalid(report.refusal) }
            return ChangeAnswer(
                status: .created, body: TaskImportBody(report: report, page: page).json,
                location: "/api/v1\(TaskImportRecord.path(uid))")
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        let request = try visit.listRequest(cursorParts: 1)
        let today = visit.today
        let list = try await visit.tasks { store in
            var list = try store.tasks(of: store.taskImport(uid), page: request)
            list.items = try store.tagged(list.items)
            return list
        }
        return visit.json(list.map { TaskBody(row: $0, today: today) })
    }
}

/// What became of a file.
struct TaskImportBody {
    let report: TaskImportReport
    let page: PageContext

    var json: JSONValue {
        .object(
            [
                ("uid", .optional(report.uid?.text)), ("file", .text(report.file)), ("sha256", .text(report.hash)),
                ("rows", .int(Int64(report.rows))), ("taken", .int(Int64(report.taken))),
                ("clear", .int(Int64(report.clear))), ("issued", .int(Int64(report.issued))),
                ("trial", .bool(report.isTrial)), ImportProblemsBody.warnings(report.warnings, page),
            ] + ImportProblemsBody.json(report.problems, page))
    }

    static let schema = APISchema.object(
        [
            ("uid", .nullable(.uid), true), ("file", .string, true), ("sha256", .string, true),
            ("rows", .integer, true), ("taken", .integer, true), ("clear", .integer, true), ("issued", .integer, true),
            ("trial", .boolean, true), ImportProblemsBody.warningMember,
        ] + ImportProblemsBody.members)
}

/// What the OpenAPI document says of imports of tasks.
enum TaskImportOperations {
    static let take = APIOperation(
        "Make drafts of the rows of a CSV or XLSX file", tag: "tasks",
        answer: TaskImportBody.schema, status: 201)
    static let show = APIOperation(
        "The tasks that came from a file", tag: "tasks", query: APIParameter.paging, answer: .page(TaskBody.schema))
}
