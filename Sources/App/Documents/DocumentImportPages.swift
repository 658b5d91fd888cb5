import HTTPTypes
import Storage

/// A file of existing papers sent from a browser: checked, and taken or not, in one request.
struct DocumentImportPages {
    var routes: [Route] {
        [
            .get("/documents/import", form),
            .upload("/documents/import", limit: DocumentImportFile.limit, admit: admit, take),
        ] + template.routes
    }

    private var template: ImportTemplate {
        ImportTemplate(
            columns: DocumentImportFile.columns, page: "/documents/import", api: "/api/v1/documents/imports",
            tag: "documents", admit: admit)
    }

    @Sendable func admit(_ visit: Visit) async throws { try work(visit).requireMayImport() }

    func form(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        return visit.html(documentImportPage(visit.page, Fields(raw: ["trial": "1"])))
    }

    func take(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        let upload = try visit.uploaded()
        let fields = upload.fields
        do {
            let file = try await DocumentImportFile.sent(
                try upload.table(), words: DocumentImportWords(visit.page.catalogue))
            let options = DocumentImport.Options(
                takesGoodRows: !fields["good_rows"].isEmpty, isTrial: !fields["trial"].isEmpty)
            let report = try await work(visit).run(file, options, into: visit.database)
            let isRefused = report.taken == 0 && !report.problems.isEmpty
            return visit.html(
                documentImportReport(visit.page, report), status: isRefused ? .unprocessableContent : .ok)
        } catch {
            return try visit.refused(error) { documentImportPage(visit.page, fields, $0) }
        }
    }

    private func work(_ visit: Visit) -> DocumentImport {
        DocumentImport(viewer: visit.viewer, today: visit.today, now: visit.now)
    }
}

/// The form that takes a file of documents.
func documentImportPage(_ page: PageContext, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields = [
        form.file(
            "file", label: page.t("import.file"), help: page.t("document-import.file.help"), accept: ".csv,.xlsx"),
        form.checkbox("trial", label: page.t("import.trial")),
        form.checkbox("good_rows", label: page.t("import.good_rows")),
    ]
    return sitePage(
        page, title: page.t("document-import.title"), lead: "\(page.t("document-import.lead"))",
        crumbs: documentImportCrumbs(page), actions: importTemplates(page, "/documents/import"),
        body: form.form(
            action: "/documents/import", submit: page.t("import.submit"), cancel: "/documents", hasFiles: true,
            fields.joined()) + importColumns(page, DocumentImportFile.columns))
}

/// How it went: what was registered, and what is wrong row by row.
func documentImportReport(_ page: PageContext, _ report: DocumentImport.Report) -> HTML {
    let isRefused = report.taken == 0 && !report.problems.isEmpty
    let title =
        isRefused
        ? page.t("import.refused") : page.t(report.isTrial ? "import.could" : "import.done", count: report.taken)
    return sitePage(
        page, title: title, crumbs: documentImportCrumbs(page),
        actions: linkButton(
            page.t("import.again"), href: "/documents/import", main: isRefused || report.isTrial),
        body: importNext(page, isTrial: report.isTrial, taken: report.taken)
            + facts([
                (page.t("import.file"), "\(report.file)"), (page.t("import.rows"), "\(page.number(report.rows))"),
                (page.t("document-import.links"), "\(page.number(report.links))"),
            ]) + importHash(page, report.hash)
            + importProblems(page, report.problems, name: { DocumentImportFile.columns.name(of: $0, page) }))
}

private func documentImportCrumbs(_ page: PageContext) -> [Crumb] {
    [Crumb(text: page.t("document.title"), href: "/documents")]
}
