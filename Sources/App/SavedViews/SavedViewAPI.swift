import HTTPTypes
import Storage

/// Saved views of the list of tasks, for programs.
struct SavedViewAPI {
    private static let all = "/api/v1/tasks/views"
    private static let one = "/api/v1/tasks/views/{view}"

    var routes: [Route] {
        [
            Route(.get, Self.all, operation: SavedViewOperations.list, index),
            Route(.post, Self.all, operation: SavedViewOperations.save, save),
            Route(.get, Self.one, operation: SavedViewOperations.show, show),
            Route(.put, Self.one, operation: SavedViewOperations.change, change),
            Route(.post, Self.one + "/default", operation: SavedViewOperations.preset, preset),
            Route(.post, Self.one + "/removal", operation: SavedViewOperations.remove, remove),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let views = try await visit.readViews { try $0.list() }
        return visit.json(.object([("items", .list(views.map(\.json)))]))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        let view = try await visit.readViews { try $0.find(uid) }
        return visit.json(view.json, version: view.version)
    }

    func save(_ visit: Visit) async throws -> Answer {
        let draft = try draft(visit)
        return try await change(visit, status: .created) { store, now in try store.save(draft, at: now) }
    }

    func change(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        _ = try await visit.readViews { try $0.find(uid) }
        let seen = try visit.expectedVersion()
        let draft = try draft(visit)
        return try await change(visit) { store, now in try store.change(uid, draft, seen: seen, at: now) }
    }

    func preset(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        _ = try await visit.readViews { try $0.find(uid) }
        var json = try visit.jsonBody()
        json.allow(["on"])
        let isOn = !["0", "false"].contains(json.fields.line("on", max: 5, required: false))
        try json.fields.problems.check()
        return try await change(visit) { store, now in try store.preset(uid, isOn, at: now) }
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        return try await change(visit) { store, now in
            let view = try store.find(uid)
            try store.remove(uid, at: now)
            return view
        }
    }

    private func draft(_ visit: Visit) throws -> SavedViewDraft {
        var json = try visit.jsonBody()
        json.allow(SavedViewOperations.names)
        let draft = SavedViewDraft(&json.fields)
        try json.fields.problems.check()
        return draft
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status = .ok,
        _ body: @escaping @Sendable (SavedViewStore, Instant) throws -> SavedView
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let view = try body(SavedViewStore(tx: tx, viewer: viewer, today: today), now)
            return ChangeAnswer(
                status: status, body: view.json, version: view.version, location: "/api/v1\(view.path)")
        }
    }
}

extension SavedView {
    fileprivate var json: JSONValue {
        .object([
            ("uid", .text(uid.text)), ("name", .text(name)), ("query", .text(query)), ("is_shared", .bool(isShared)),
            ("is_own", .bool(isOwn)), ("is_default", .bool(isDefault)), ("version", .int(Int64(version))),
        ])
    }
}

/// What the OpenAPI document says of saved views.
enum SavedViewOperations {
    static let names: Set<String> = ["name", "query", "is_shared", "is_default"]

    private static let view = APISchema.object([
        ("uid", .uid, true), ("name", .string, true), ("query", .string, true), ("is_shared", .boolean, true),
        ("is_own", .boolean, true), ("is_default", .boolean, true), ("version", .integer, true),
    ])
    private static let draft = APISchema.object([
        ("name", .string, true), ("query", .string, false), ("is_shared", .boolean, false),
        ("is_default", .boolean, false),
    ])

    static let list = APIOperation(
        "Your saved views of the list of tasks, and those shared in your unit", tag: "tasks",
        answer: .record(["items": .list(view)]))
    static let show = APIOperation("One saved view", tag: "tasks", answer: view)
    static let save = APIOperation("Save a view", tag: "tasks", body: draft, answer: view, status: 201)
    static let change = APIOperation(
        "Rename, share or change a view of your own", tag: "tasks", body: draft, answer: view, needsVersion: true)
    static let preset = APIOperation(
        "Begin the list of tasks with this view, or no longer", tag: "tasks", body: .object([("on", .boolean, false)]),
        answer: view)
    static let remove = APIOperation("Delete a view of your own", tag: "tasks", answer: view)
}
