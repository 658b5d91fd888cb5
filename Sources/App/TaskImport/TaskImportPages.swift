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
            .post("/tasks/imports/{import}/removal", discard),
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
        return visit.html(try await formPage([], visit))
    }

    /// With the way back to the file that waits.
    private func formPage(_ problems: [Problem], _ visit: Visit) async throws -> HTML {
        let now = visit.now
        let waiting = try await visit.tasks { try $0.waitingImport(at: now) }
        return taskImportPage(visit.page, problems, waiting: waiting)
    }

    /// The dry run. The file is kept for the confirmation, so that it need not be sent twice, and has a page of its own;
    /// one of which nothing is worth keeping takes no other one's place.
    func check(_ visit: Visit) async throws -> Answer {
        let upload = try visit.uploaded()
        guard let sent = upload.files("file").first(where: { $0.size > 0 }) else {
            let page = try await formPage([Problem("file", "import.no_file")], visit)
            return visit.html(page, status: .unprocessableContent)
        }
        let (url, name, catalogue) = (sent.url, CleanText.line(sent.name) ?? "", visit.page.catalogue)
        // Reading a file blocks, so it stands on a thread that may.
        let (file, content) = try await FileStore.run {
            try (TaskImportFile.read(url, name: name, catalogue), [UInt8](Data(contentsOf: url)))
        }
        let options = TaskImportOptions(takesGoodRows: true, isTrial: true)
        let report = try await work(visit).run(file, options, into: visit.database)
        guard report.taken > 0 || report.problems.count > ProblemList.usual else {
            return visit.html(taskImportReport(visit.page, report, kept: nil), status: .unprocessableContent)
        }
        let kept = try await visit.changeTasks { store, now in try store.keepImport(content, report, at: now) }
        return visit.redirect(to: kept.href)
    }

    func confirm(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        let fields = try visit.form()
        let (waiting, file) = try await kept(uid, visit)
        let options = TaskImportOptions(
            takesGoodRows: !fields["good_rows"].isEmpty, issuesClear: !fields["issue"].isEmpty)
        let report = try await work(visit).run(file, options, kept: uid, into: visit.database)
        guard let made = report.uid else {
            // What was good when it was checked may not be so any more.
            return visit.html(
                taskImportReport(visit.page, report, kept: waiting, isRefused: true), status: .unprocessableContent)
        }
        return visit.redirect(
            to: TaskImportRecord.path(made), flash: Message("task-import.flash", ["number": .number(report.taken)]))
    }

    /// Everything that is wrong with a file that waits, a line each; the page shows the first of them.
    func problems(_ visit: Visit) async throws -> Answer {
        let (_, report) = try await trial(try visit.uid("import"), visit)
        let page = visit.page
        let table = importProblemsTable(page, report.problems) { TaskImportColumns.columns.name(of: $0, page) }
        return visit.csv(name: "problems.csv", table)
    }

    /// What is not wanted is let go; nothing of it was written.
    func discard(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        try await visit.changeTasks { store, now in try store.discardImport(uid, at: now) }
        return visit.redirect(to: "/tasks/import", flash: Message("task-import.discarded"))
    }

    private func kept(_ uid: UID, _ visit: Visit) async throws -> (waiting: WaitingImport, file: TaskImportFile) {
        let (now, catalogue) = (visit.now, visit.page.catalogue)
        let kept = try await visit.tasks { store in
            // First whether there is one: what is not one's own is not there.
            let kept = try store.keptImport(uid, at: now)
            try store.requireMayCreateSomewhere()
            return kept
        }
        let name = kept.waiting.name
        let file = try await FileStore.run { try TaskImportFile.read(kept.content, name: name, catalogue) }
        return (kept.waiting, file)
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("import")
        let now = visit.now
        if try await visit.tasks({ try $0.isWaiting(uid, at: now) }) { return try await checkAgain(uid, visit) }
        let request = try visit.listRequest(cursorParts: 1)
        let (made, list) = try await visit.tasks { store in
            let made = try store.taskImport(uid)
            return (made, try store.tasks(of: made, page: request))
        }
        return visit.html(taskImportShown(visit.page, made, list, isFirst: request.after == nil))
    }

    /// The dry run of a file that waits, as things stand now: whoever left the page comes back to it.
    private func checkAgain(_ uid: UID, _ visit: Visit) async throws -> Answer {
        let (waiting, report) = try await trial(uid, visit)
        return visit.html(taskImportReport(visit.page, report, kept: waiting)).with(.cacheControl, "no-store")
    }

    private func trial(
        _ uid: UID, _ visit: Visit
    ) async throws -> (waiting: WaitingImport, report: TaskImportReport) {
        let (waiting, file) = try await kept(uid, visit)
        let options = TaskImportOptions(takesGoodRows: true, isTrial: true)
        return (waiting, try await work(visit).run(file, options, into: visit.database))
    }

    private func work(_ visit: Visit) -> TaskImport {
        TaskImport(viewer: visit.viewer, today: visit.today, now: visit.now)
    }
}
