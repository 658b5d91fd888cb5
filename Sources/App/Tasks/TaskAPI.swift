import HTTPTypes
import Storage

/// Tasks, for programs: the same store, the same rules.
struct TaskAPI {
    private static let one = "/api/v1/tasks/{task}"

    var routes: [Route] {
        [
            Route(.get, "/api/v1/tasks", operation: TaskOperations.list, index),
            Route(.post, "/api/v1/tasks", operation: TaskOperations.create, create),
            Route(.get, Self.one, operation: TaskOperations.show, show),
            Route(.delete, Self.one, operation: TaskOperations.discard, discard),
            Route(.get, Self.one + "/history", operation: TaskOperations.history, history),
            Route(.put, Self.one + "/facts", operation: TaskOperations.change, change),
            Route(.post, Self.one + "/extensions", operation: TaskOperations.askExtension, askExtension),
            Route(
                .post, Self.one + "/extensions/{extension}/decision", operation: TaskOperations.decideExtension,
                decideExtension),
        ]
            + TaskWorkflow.Act.allCases.map { act in
                Route(.post, "\(Self.one)/\(act.resource)", operation: TaskOperations.act(act)) { visit in
                    try await perform(act, visit)
                }
            }
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try await TaskListRequest(visit)
        let today = visit.today
        let page = try await visit.tasks { store in
            var page = try store.list(asked.filter, page: asked.page)
            page.items = try store.tagged(page.items)
            return page
        }
        return visit.json(page.map { TaskBody(row: $0, today: today) })
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let detail = try await visit.tasks { try $0.detail(uid, withPast: false) }
        return visit.json(TaskDetailBody(detail: detail, today: visit.today), version: detail.row.task.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.tasks { try $0.history(of: try $0.find(uid), page: request) }
        return visit.json(events.map(EventBody.init))
    }

    func create(_ visit: Visit) async throws -> Answer {
        try await visit.tasks { try $0.requireMayCreateSomewhere() }
        let fields = try fields(visit, TaskOperations.draftNames, lists: TaskOperations.lists)
        return try await change(visit, status: .created) { store, now in
            var form = TaskForm(fields, store: store)
            return try store.create(try form.draft(), at: now)
        }
    }

    func change(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        _ = try await visit.tasks { try $0.findDirected(uid) }
        let seen = try visit.expectedVersion()
        let body = TaskFactsBody(
            try visit.jsonBody(lists: TaskOperations.lists, passedOver: TaskFactsBody.passedOver))
        return try await change(visit, status: .ok) { store, now in
            var form = TaskForm(body.over(try store.detail(uid, withPast: false)), store: store)
            return try store.change(uid, try form.draft(), seen: seen, at: now)
        }
    }

    /// Sent again with the same key it is answered as the first time.
    func discard(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let seen: Int
        do {
            seen = try visit.expectedVersion()
        } catch {
            _ = try await visit.tasks { try $0.findDirected(uid) }
            throw error
        }
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            try TaskStore(tx: tx, viewer: viewer, today: today).discard(uid, seen: seen, at: now)
            return ChangeAnswer(body: .object([]))
        }
    }

    private func perform(_ act: TaskWorkflow.Act, _ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let seen: Int, fields: Fields
        do {
            (seen, fields) = (try visit.expectedVersion(), try self.fields(visit, TaskOperations.names(act)))
        } catch {
            // Who may not know of it learns nothing, whatever else is wrong with the request.
            _ = try await visit.tasks { try $0.find(uid, may: act) }
            throw error
        }
        return try await change(visit, status: .ok) { store, now in
            var form = TaskForm(fields, store: store)
            let report = form.report(act)
            return try store.act(act, uid, report, found: form.fields.problems, seen: seen, at: now)
        }
    }

    func askExtension(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        _ = try await visit.tasks { store in
            guard try store.rights(try store.find(uid).task).performs else {
                throw AppError.forbidden(Message("task.error.forbidden_performing"))
            }
        }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, ["to", "reason"])
        return try await change(visit, status: .ok) { store, now in
            var form = TaskForm(fields, store: store)
            let asked = form.extensionAsked()
            return try store.askExtension(
                uid, to: asked.to, reason: asked.reason, found: form.fields.problems, seen: seen, at: now)
        }
    }

    func decideExtension(_ visit: Visit) async throws -> Answer {
        let (uid, extended) = (try visit.uid("task"), try visit.uid("extension"))
        _ = try await visit.tasks { try $0.findExtended(uid) }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, ["decision", "answer"])
        return try await change(visit, status: .ok) { store, now in
            var form = TaskForm(fields, store: store)
            let decided = try form.extensionDecided()
            return try store.decideExtension(
                extended, of: uid, decided.decision, answer: decided.answer, seen: seen, at: now)
        }
    }

    private func fields(
        _ visit: Visit, _ names: Set<String>, lists: [String: Set<String>] = [:]
    ) throws -> Fields {
        var json = try visit.jsonBody(lists: lists)
        json.allow(names)
        return json.fields
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status,
        _ body: @escaping @Sendable (TaskStore, Instant) throws -> TaskRow
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            let made = try body(store, now)
            var row = try store.tagged([made]).first ?? made
            row.rules = try store.rules(of: row.task)
            return ChangeAnswer(
                status: status, body: TaskBody(row: row, today: today).json, version: row.task.version,
                location: "/api/v1/tasks/\(row.uid)")
        }
    }
}
