import HTTPTypes
import Storage

/// The files of a task and of its reports, for programs.
struct TaskFileAPI {
    var routes: [Route] {
        let files = "/api/v1/tasks/{task}/files"
        return [
            Route(.get, files, operation: TaskOperations.files, index),
            Route(
                .post, files, operation: TaskOperations.attach,
                body: .upload(limit: Route.uploadLimit, admit: { try await $0.admitTaskFiles() }), add),
            Route(.get, files + "/{attachment}", operation: TaskOperations.file, show),
            Route(.get, files + "/{attachment}/content", operation: TaskOperations.content, content),
            Route(.post, files + "/{attachment}/removal", operation: TaskOperations.detach, remove),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let files = try await visit.tasks { try $0.files(of: try $0.find(uid)) }
        return visit.json(items(files, uid))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task"), file = try visit.uid("attachment")
        let found = try await visit.tasks { try $0.file(file, of: uid).file }
        return visit.json(TaskFileBody(found, task: uid).json)
    }

    func content(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task"), file = try visit.uid("attachment")
        return try visit.answer(try await visit.tasks { try $0.file(file, of: uid).file.attachment })
    }

    func add(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let upload = try visit.uploaded()
        var fields = upload.fields
        let report = fields.uid("report", required: false)
        try fields.problems.check()
        // Whether the report takes files is said before the files are looked at.
        _ = try await visit.tasks { try $0.attachable(uid, report).report }
        let kept = try await AttachmentIntake(visit.services.files).keep(upload.files("file"))
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            let added = try store.attach(kept, to: uid, report: report, at: now)
            return ChangeAnswer(
                status: .created, body: items(added, uid), version: try store.find(uid).task.version,
                location: "/api/v1/tasks/\(uid)/files")
        }
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task"), file = try visit.uid("attachment")
        try await visit.tasks { store in
            let found = try store.file(file, of: uid)
            try store.requireMayDetach(found.file, of: found.row)
        }
        var json = try visit.jsonBody()
        json.allow(["reason"])
        let reason = json.fields.line("reason", max: 500, required: false)
        try json.fields.problems.check()
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            try store.detach(file, of: uid, reason: reason, at: now)
            let row = try store.find(uid)
            return ChangeAnswer(body: items(try store.files(of: row), uid), version: row.task.version)
        }
    }

    private func items(_ files: [TaskFile], _ task: UID) -> JSONValue {
        .object([("items", .list(files.map { TaskFileBody($0, task: task).json }))])
    }
}

/// A file of a task as the API shows it: the attachment, and the report with which it was shown.
struct TaskFileBody: APIBody, Sendable {
    let file: TaskFile
    let task: UID

    init(_ file: TaskFile, task: UID) {
        self.file = file
        self.task = task
    }

    var json: JSONValue {
        let href = "/api/v1/tasks/\(task)/files/\(file.attachment.uid)/content"
        return .object([
            ("report", .optional(file.report?.text)), ("after_declaration", .bool(file.isLater)),
            ("file", AttachmentBody(file.attachment, href: href).json),
        ])
    }

    static let schema = APISchema.record([
        "report": .nullable(.uid), "after_declaration": .boolean, "file": AttachmentBody.schema,
    ])
}

extension TaskOperations {
    private static let fileList = APISchema.record(["items": .list(TaskFileBody.schema)])

    static let files = APIOperation(
        "The files of a task and of its reports, withdrawn ones too", tag: "tasks", answer: fileList)
    static let file = APIOperation("What is known of one file", tag: "tasks", answer: TaskFileBody.schema)
    static let content = APIOperation("The bytes of a file", tag: "tasks", answer: .file)
    static let attach = APIOperation(
        "Give files to a task, or as evidence to its newest report", tag: "tasks", answer: fileList, status: 201)
    static let detach = APIOperation(
        "Take a file from a draft, or withdraw one of an issued task with a reason; what was declared stays",
        tag: "tasks", body: .object([("reason", .string, false)]), answer: fileList)
}
