import HTTPTypes
import Storage

/// A file of existing papers, for programs: checked with `trial`, else taken in the same request.
struct DocumentImportAPI {
    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/documents/imports", operation: DocumentImportBody.take,
                body: .upload(limit: DocumentImportFile.limit, admit: admit), take)
        ]
    }

    @Sendable private func admit(_ visit: Visit) async throws { try work(visit).requireMayImport() }

    func take(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        let upload = try visit.uploaded()
        let sent = try upload.table()
        let page = visit.page
        let file = try await DocumentImportFile.sent(sent, words: DocumentImportWords(page.catalogue))
        let options = DocumentImport.Options(
            takesGoodRows: upload.fields["good_rows"] == "1", isTrial: upload.fields["trial"] == "1")
        let work = work(visit)
        if options.isTrial {
            let report = try await work.run(file, options, into: visit.database)
            return visit.json(DocumentImportBody(report: report, page: page).json)
        }
        return try await visit.change(queue: DocumentStore.queue) { tx in
            let report = try work.put(file, options, tx)
            guard report.taken > 0 else { throw AppError.invalid(report.refusal) }
            return ChangeAnswer(status: .created, body: DocumentImportBody(report: report, page: page).json)
        }
    }

    private func work(_ visit: Visit) -> DocumentImport {
        DocumentImport(viewer: visit.viewer, today: visit.today, now: visit.now)
    }
}

/// What became of a file of documents.
struct DocumentImportBody {
    let report: DocumentImport.Report
    let page: PageContext

    var json: JSONValue {
        let members: [(String, JSONValue)] = [
            ("file", .text(report.file)), ("sha256", .text(report.hash)), ("rows", .int(Int64(report.rows))),
            ("taken", .int(Int64(report.taken))), ("links", .int(Int64(report.links))),
            ("trial", .bool(report.isTrial)),
        ]
        return .object(members + ImportProblemsBody.json(report.problems, page))
    }

    static let schema = APISchema.object(
        [
            ("file", .string, true), ("sha256", .string, true), ("rows", .integer, true), ("taken", .integer, true),
            ("links", .integer, true), ("trial", .boolean, true),
        ] + ImportProblemsBody.members)

    static let take = APIOperation(
        "Register the papers of a CSV or XLSX file", tag: "documents", answer: schema, status: 201)
}
