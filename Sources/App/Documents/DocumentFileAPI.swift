import HTTPTypes
import Storage

/// The files of a document, for programs.
struct DocumentFileAPI {
    var routes: [Route] {
        let files = "/api/v1/documents/{document}/files"
        return [
            Route(.get, files, operation: DocumentOperations.files, index),
            Route(
                .post, files, operation: DocumentOperations.attach,
                body: .upload(limit: Route.uploadLimit, admit: admit), add),
            Route(.get, files + "/{attachment}", operation: DocumentOperations.file, show),
            Route(.get, files + "/{attachment}/content", operation: DocumentOperations.content, content),
            Route(.post, files + "/{attachment}/removal", operation: DocumentOperations.detach, remove),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let files = try await visit.documents { try $0.files(of: try $0.find(uid)) }
        return visit.json(.object([("items", .list(files.map { body($0, uid).json }))]))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), file = try visit.uid("attachment")
        return visit.json(body(try await visit.documents { try $0.file(file, of: uid).file }, uid))
    }

    func content(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), file = try visit.uid("attachment")
        return try visit.answer(try await visit.documents { try $0.file(file, of: uid).file })
    }

    private func admit(_ visit: Visit) async throws {
        let uid = try visit.uid("document")
        _ = try await visit.documents { try $0.find(uid, may: \.mayWrite) }
    }

    func add(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let kept = try await AttachmentIntake(visit.services.files).keep(try visit.uploaded().files("file"))
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: DocumentStore.queue) { tx in
            let store = DocumentStore(tx: tx, viewer: viewer, today: today)
            let added = try store.attach(kept, to: uid, at: now)
            return ChangeAnswer(
                status: .created, body: .object([("items", .list(added.map { body($0, uid).json }))]),
                location: "/api/v1/documents/\(uid)/files")
        }
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), file = try visit.uid("attachment")
        _ = try await visit.documents { store in
            (try store.find(uid, may: \.mayWrite), try store.file(file, of: uid))
        }
        var json = try visit.jsonBody()
        json.allow(["reason"])
        let reason = json.fields.line("reason", max: 500, required: false)
        try json.fields.problems.check()
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: DocumentStore.queue) { tx in
            let store = DocumentStore(tx: tx, viewer: viewer, today: today)
            try store.detach(file, of: uid, reason: reason, at: now)
            let left = try store.files(of: try store.find(uid))
            return ChangeAnswer(body: .object([("items", .list(left.map { body($0, uid).json }))]))
        }
    }

    private func body(_ file: Attachment, _ document: UID) -> AttachmentBody {
        AttachmentBody(file, href: "/api/v1/documents/\(document)/files/\(file.uid)/content")
    }
}
