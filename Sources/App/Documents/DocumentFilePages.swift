import HTTPTypes
import Storage

/// The files of a document, for people.
struct DocumentFilePages {
    var routes: [Route] {
        [
            .get("/documents/{document}/files/new", new),
            .upload("/documents/{document}/files", admit: admit, add),
            .get("/documents/{document}/files/{attachment}", download),
            .get("/documents/{document}/files/{attachment}/removal/new", newRemoval),
            .post("/documents/{document}/files/{attachment}/removal", remove),
        ]
    }

    func new(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let row = try await visit.documents { try $0.find(uid, may: \.mayWrite) }
        return visit.html(attachToDocument(row, Fields(), [], visit.page))
    }

    /// Asked before the first byte of a file is kept.
    private func admit(_ visit: Visit) async throws {
        let uid = try visit.uid("document")
        _ = try await visit.documents { try $0.find(uid, may: \.mayWrite) }
    }

    func add(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let row = try await visit.documents { try $0.find(uid, may: \.mayWrite) }
        do {
            let kept = try await AttachmentIntake(visit.services.files).keep(try visit.uploaded().files("file"))
            let added = try await visit.changeDocuments { store, now in try store.attach(kept, to: uid, at: now) }
            return visit.redirect(
                to: row.href, flash: Message("document.flash.attached", ["count": .number(added.count)]))
        } catch {
            return try visit.refused(error) { attachToDocument(row, Fields(), $0, visit.page) }
        }
    }

    func download(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), file = try visit.uid("attachment")
        return try visit.answer(try await visit.documents { try $0.file(file, of: uid).file })
    }

    func newRemoval(_ visit: Visit) async throws -> Answer {
        let (row, file) = try await removable(visit)
        return visit.html(detachFromDocument(row, file, Fields(), [], visit.page))
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let (row, file) = try await removable(visit)
        let typed = try visit.form()
        do {
            try await visit.changeDocuments { store, now in
                var fields = typed
                let reason = fields.line("reason", max: 500, required: false)
                try fields.problems.check()
                try store.detach(file.uid, of: row.uid, reason: reason, at: now)
            }
            return visit.redirect(to: row.href, flash: Message("document.flash.detached", ["name": .text(file.name)]))
        } catch {
            return try visit.refused(error) { detachFromDocument(row, file, typed, $0, visit.page) }
        }
    }

    private func removable(_ visit: Visit) async throws -> (DocumentRow, Attachment) {
        let uid = try visit.uid("document"), file = try visit.uid("attachment")
        return try await visit.documents { store in
            _ = try store.find(uid, may: \.mayWrite)
            let found = try store.file(file, of: uid)
            return (found.row, found.file)
        }
    }
}
