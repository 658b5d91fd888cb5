import HTTPTypes
import Storage

/// The files of a task and of its reports, for people.
struct TaskFilePages {
    var routes: [Route] {
        [
            .get("/tasks/{task}/files/new", new),
            .upload("/tasks/{task}/files", admit: { try await $0.admitTaskFiles() }, add),
            .get("/tasks/{task}/files/{attachment}", download),
            .get("/tasks/{task}/files/{attachment}/removal/new", newRemoval),
            .post("/tasks/{task}/files/{attachment}/removal", remove),
        ]
    }

    func new(_ visit: Visit) async throws -> Answer {
        var query = visit.query
        let report = query.uid("report", required: false)
        try query.problems.check()
        let row = try await row(visit, report)
        return visit.html(attachToTask(row, Fields(raw: ["report": report?.text ?? ""]), [], visit.page))
    }

    func add(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let upload = try visit.uploaded()
        var fields = upload.fields
        let report = fields.uid("report", required: false)
        try fields.problems.check()
        let row = try await row(visit, report)
        do {
            let kept = try await AttachmentIntake(visit.services.files).keep(upload.files("file"))
            let added = try await visit.changeTasks { try $0.attach(kept, to: uid, report: report, at: $1) }
            return visit.redirect(to: row.href, flash: Message("task.flash.attached", ["count": .number(added.count)]))
        } catch {
            return try visit.refused(error) { attachToTask(row, upload.fields, $0, visit.page) }
        }
    }

    private func row(_ visit: Visit, _ report: UID?) async throws -> TaskRow {
        let uid = try visit.uid("task")
        return try await visit.tasks { try $0.attachable(uid, report).row }
    }

    func download(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task"), file = try visit.uid("attachment")
        return try visit.answer(try await visit.tasks { try $0.file(file, of: uid).file.attachment })
    }

    func newRemoval(_ visit: Visit) async throws -> Answer {
        let (row, file) = try await removable(visit)
        return visit.html(detachFromTask(row, file, Fields(), [], visit.page))
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let (row, file) = try await removable(visit)
        let typed = try visit.form()
        do {
            try await visit.changeTasks { store, now in
                var fields = typed
                let reason = fields.line("reason", max: 500, required: false)
                try fields.problems.check()
                try store.detach(file.uid, of: row.uid, reason: reason, at: now)
            }
            return visit.redirect(to: row.href, flash: Message("task.flash.detached", ["name": .text(file.name)]))
        } catch {
            return try visit.refused(error) { detachFromTask(row, file, typed, $0, visit.page) }
        }
    }

    private func removable(_ visit: Visit) async throws -> (TaskRow, Attachment) {
        let uid = try visit.uid("task"), file = try visit.uid("attachment")
        return try await visit.tasks { store in
            let found = try store.file(file, of: uid)
            try store.requireMayDetach(found.file, of: found.row)
            return (found.row, found.file.attachment)
        }
    }
}

extension Visit {
    /// Asked before the first byte of a file of a task is kept.
    func admitTaskFiles() async throws {
        let uid = try uid("task")
        try await tasks { try $0.requireMayAttach(to: uid) }
    }
}
