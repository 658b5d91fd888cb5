import Foundation
import HTTPTypes
import Storage

/// A file of tasks sent from a browser: first checked and shown, then confirmed.
struct TaskImportPages {
    /// Bytes of a file.
    static let limit = 8 * 1024 * 1024

    var routes: [Route] {
        [
            .get("/tasks/import", form),
            .upload("/tasks/import", limit: Self.limit, admit: admit, check),
            .post("/tasks/imports/{import}", confirm),
            .get("/tasks/imports/{import}", show),
            .get("/tasks/imports/{import}/problems.csv", problems),
        ] + template.routes
    }

    private var template: ImportTemplate {
        ImportTemplate(
            columns: TaskImportColumns.columns, page: "/tasks/import", api: "/api/v1/tasks/imports", tag: "tasks",
            admit: admit)
    }

    @Sendable func admit(_ visit: Visit) async throws {
        try await visit.tasks { try $0.requireMayCreateSomewhere() }
    }

    func form(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        return visit.html(taskImportPage(visit.page, []))
    }

    /// The dry run. The file is kept for the confirmation, so that it need not be sent twice.
    func check(_ visit: Visit) async throws -> Answer {
        let upload = try visit.uploaded()
        guard let sent = upload.files("file").first(where: { $0.size > 0 }) else {
            return visit.html(
                taskImportPage(visit.page, [Problem("file", "import.no_file")]), status: .unprocessableContent)
        }
        let (url, name, catalogue) = (sent.url, CleanText.line(sent.name) ?? "", visit.page.catalogue)
        // Reading a file blocks, so it stands on a thread that may.
        let (file, content) = try await FileStore.run {
            try (TaskImportFile.read(url, name: name, catalogue), [UInt8](Data(contentsOf: url)))
        }
        let options = TaskImportOptions(takesGoodRows: true, isTrial: true)
        let report = try await work(visit).run(file, options, into: visit.database)
        let isUseful = report.taken > 0
        guard isUseful || report.problems.count > ProblemList.usual else {
            return visit.html(taskImportReport(visit.page, report, kept: nil), status: .unprocessableContent)
        }
        let kept = try await visit.changeTasks { store, now in
            try store.keepImport(content, name: name, hash: file.hash, at: now)
        }
        return visit.html(
            taskImportReport(visit.page, report, kept: kept), status: isUseful ? .ok : .unprocessableContent
        ).with(.cacheControl, "no-store")
    }

    func confirm(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        let fields = try visit.form()
        let file = try await kept(uid, visit)
        let options = TaskImportOptions(
            takesGoodRows: !fields["good_rows"].isEmpty, issuesClear: !fields["issue"].isEmpty)
        let report = try await work(visit).run(file, options, kept: uid, into: visit.database)
        guard let made = report.uid else {
            // What was good when it was checked may not be so any more.
            let again = report.good > 0 ? uid : nil
            return visit.html(taskImportReport(visit.page, report, kept: again), status: .unprocessableContent)
        }
        return visit.redirect(
            to: TaskImportRecord.path(made), flash: Message("task-import.flash", ["number": .number(report.taken)]))
    }

    /// Everything that is wrong with a file that waits, a line each; the page shows the first of them.
    func problems(_ visit: Visit) async throws -> Answer {
        let file = try await kept(try visit.uid("import"), visit)
        let options = TaskImportOptions(takesGoodRows: true, isTrial: true)
        let report = try await work(visit).run(file, options, into: visit.database)
        let page = visit.page
        let table = importProblemsTable(page, report.problems) { TaskImportColumns.columns.name(of: $0, page) }
        return visit.csv(name: "problems.csv", table)
    }

    private func kept(_ uid: UID, _ visit: Visit) async throws -> TaskImportFile {
        let kept = try await visit.tasks { store in
            // First whether there is one: what is not one's own is not there.
            let kept = try store.keptImport(uid)
            try store.requireMayCreateSomewhere()
            return kept
        }
        let catalogue = visit.page.catalogue
        return try await FileStore.run { try TaskImportFile.read(kept.content, name: kept.name, catalogue) }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        let request = try visit.listRequest(cursorParts: 1)
        let (made, list) = try await visit.tasks { store in
            let made = try store.taskImport(uid)
            return (made, try store.tasks(of: made, page: request))
        }
        return visit.html(taskImportShown(visit.page, made, list, isFirst: request.after == nil))
    }

    private func work(_ visit: Visit) -> TaskImport {
        TaskImport(viewer: visit.viewer, today: visit.today, now: visit.now)
    }
}
