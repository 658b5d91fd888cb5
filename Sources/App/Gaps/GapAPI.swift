import HTTPTypes
import Storage

/// Documents still to be issued, for programs: the same store, the same rules.
struct GapAPI {
    var routes: [Route] {
        let one = "/api/v1/gaps/{gap}"
        return [
            Route(.get, "/api/v1/gaps", operation: GapOperations.list, index),
            Route(.post, "/api/v1/gaps", operation: GapOperations.create, create),
            Route(.get, one, operation: GapOperations.show, show),
            Route(.get, one + "/history", operation: GapOperations.history, history),
            Route(.put, one + "/facts", operation: GapOperations.change, change),
            Route(.post, one + "/decisions", operation: GapOperations.decide, decide),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try GapListRequest(visit)
        let page = try await visit.gaps { try $0.list(asked.filter, page: asked.page) }
        return visit.json(page.map(GapBody.init))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("gap")
        let detail = try await visit.gaps { try $0.detail(uid) }
        return visit.json(GapDetailBody(detail), version: detail.row.gap.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("gap")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.gaps { try $0.history(of: try $0.find(uid), page: request) }
        return visit.json(events.map(EventBody.init))
    }

    func create(_ visit: Visit) async throws -> Answer {
        try await visit.gaps { try $0.requireMayCreateSomewhere() }
        let fields = try fields(visit, GapOperations.draftNames)
        return try await change(visit, status: .created) { store, now in
            var form = GapForm(fields, store: store)
            return try store.create(try form.draft(), at: now)
        }
    }

    func change(_ visit: Visit) async throws -> Answer {
        try await act(visit, allowing: GapOperations.draftNames) { store, uid, form, seen, now in
            try store.change(uid, try form.draft(), seen: seen, at: now)
        }
    }

    func decide(_ visit: Visit) async throws -> Answer {
        try await act(visit, allowing: ["decision", "document", "reason"]) { store, uid, form, seen, now in
            try store.decide(uid, try form.decision(), seen: seen, at: now)
        }
    }

    private func act(
        _ visit: Visit, allowing names: Set<String>,
        _ body: @escaping @Sendable (GapStore, UID, inout GapForm, Int, Instant) throws -> GapRow
    ) async throws -> Answer {
        let uid = try visit.uid("gap")
        // Who may not know of it learns nothing, whatever else is wrong with the request.
        _ = try await visit.gaps { try $0.findKept(uid) }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, names)
        return try await change(visit, status: .ok) { store, now in
            var form = GapForm(fields, store: store, of: try store.findKept(uid).gap)
            return try body(store, uid, &form, seen, now)
        }
    }

    private func fields(_ visit: Visit, _ names: Set<String>) throws -> Fields {
        var json = try visit.jsonBody()
        json.allow(names)
        return json.fields
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status,
        _ body: @escaping @Sendable (GapStore, Instant) throws -> GapRow
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let row = try body(GapStore(tx: tx, viewer: viewer, today: today), now)
            return ChangeAnswer(
                status: status, body: GapBody(row).json, version: row.gap.version, location: "/api/v1/gaps/\(row.uid)")
        }
    }
}
