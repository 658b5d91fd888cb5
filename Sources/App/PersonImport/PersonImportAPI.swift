import Foundation
import HTTPTypes
import Storage

/// A file of people, for programs: checked with `trial`, else taken in the same request.
struct PersonImportAPI {
    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/people/imports", for: .confirmed, operation: PersonImportBody.take,
                body: .upload(limit: PersonImportPages.limit, admit: PersonImportPages().admit), take)
        ]
    }

    func take(_ visit: Visit) async throws -> Answer {
        try await PersonImportPages().admit(visit)
        let upload = try visit.uploaded()
        let sent = try upload.table()
        var fields = upload.fields
        let days = fields.integer("days", in: Invitation.days, required: false)
        try fields.problems.check()
        let options = PersonImportOptions(
            takesGoodRows: fields["good_rows"] == "1", isTrial: fields["trial"] == "1",
            days: days ?? visit.services.configuration.limits.invitationDays)
        let (url, name) = (sent.url, CleanText.line(sent.name) ?? "")
        // Reading a file blocks, so it stands on a thread that may.
        let words = PersonImportWords(visit.page.catalogue)
        let file = try await FileStore.run { try PersonImportReading.file(url, name: name, words: words) }
        // Not remembered under an `Idempotency-Key`: links stand nowhere but in this answer.
        let report = try await PersonImport(viewer: visit.viewer, today: visit.today, now: visit.now)
            .run(file, options, into: visit.database)
        guard options.isTrial || report.taken > 0 else { throw AppError.invalid(report.refusal) }
        let body = PersonImportBody(report: report, page: visit.page, absolute: visit.absolute)
        return visit.json(body.json, status: options.isTrial ? .ok : .created).with(.cacheControl, "no-store")
    }
}

/// What became of a file of people.
struct PersonImportBody {
    let report: PersonImportReport
    let page: PageContext
    let absolute: (String) -> String

    var json: JSONValue {
        let members: [(String, JSONValue)] = [
            ("file", .text(report.file)), ("sha256", .text(report.hash)), ("rows", .int(Int64(report.rows))),
            ("taken", .int(Int64(report.taken))), ("people", .int(Int64(report.people))),
            ("grants", .int(Int64(report.grants))), ("trial", .bool(report.isTrial)),
            ("links", .list(report.links.map(link))),
        ]
        return .object(members + ImportProblemsBody.json(report.problems, page))
    }

    private func link(_ link: PersonImportLink) -> JSONValue {
        .object([("name", .text(link.name)), ("title", .text(link.title)), ("link", .text(absolute(link.path)))])
    }

    static let schema = APISchema.object(
        [
            ("file", .string, true), ("sha256", .string, true), ("rows", .integer, true), ("taken", .integer, true),
            ("people", .integer, true), ("grants", .integer, true), ("trial", .boolean, true),
            ("links", .list(.record(["name": .string, "title": .string, "link": .string])), true),
        ] + ImportProblemsBody.members)

    static let take = APIOperation(
        "Add the people and offices of a CSV or XLSX file. The links of those who are invited are in this answer only.",
        tag: "people", answer: schema, status: 201, isRemembered: false)
}
