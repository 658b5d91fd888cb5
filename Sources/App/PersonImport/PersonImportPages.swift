import HTTPTypes
import Storage

/// A file of people sent from a browser: checked, and taken or not, in one request.
struct PersonImportPages {
    /// Bytes of a file: some 100,000 rows.
    static let limit = 16 * 1024 * 1024

    var routes: [Route] {
        [
            .get("/people/import", for: .confirmed, form),
            .upload("/people/import", for: .confirmed, limit: Self.limit, admit: admit, take),
        ] + template.routes
    }

    private var template: ImportTemplate {
        ImportTemplate(
            columns: PersonRowParser.columns, page: "/people/import", api: "/api/v1/people/imports", tag: "people",
            admit: admit)
    }

    func form(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        let days = visit.services.configuration.limits.invitationDays
        return visit.html(personImportPage(visit.page, Fields(raw: ["trial": "1", "days": String(days)])))
    }

    @Sendable func admit(_ visit: Visit) async throws {
        guard visit.viewer.has(.administrator) else {
            throw AppError.forbidden(Message("person-import.forbidden"))
        }
    }

    func take(_ visit: Visit) async throws -> Answer {
        let upload = try visit.uploaded()
        var fields = upload.fields
        do {
            let days = fields.integer("days", in: Invitation.days) ?? 1
            let options = PersonImportOptions(
                takesGoodRows: !fields["good_rows"].isEmpty, isTrial: !fields["trial"].isEmpty, days: days)
            guard let file = upload.files("file").first(where: { $0.size > 0 }) else {
                fields.problems.add("file", "import.no_file")
                throw AppError.invalid(fields.problems.problems)
            }
            try fields.problems.check()
            // Reading a file blocks, so it stands on a thread that may.
            let words = PersonImportWords(visit.page.catalogue)
            let read = try await FileStore.run {
                try PersonImportReading.file(file.url, name: CleanText.line(file.name) ?? "", words: words)
            }
            let work = PersonImport(viewer: visit.viewer, today: visit.today, now: visit.now)
            let report = try await work.run(read, options, into: visit.database)
            let isRefused = report.taken == 0 && !report.problems.isEmpty
            return visit.html(
                personImportReportPage(visit.page, report) { visit.absolute($0) },
                status: isRefused ? .unprocessableContent : .ok
            ).with(.cacheControl, "no-store")
        } catch {
            return try visit.refused(error) { personImportPage(visit.page, fields, $0) }
        }
    }
}
