import HTTPTypes
import Storage

/// Steering committees for programs: the same store, the same rules.
struct CommitteeAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/committees", operation: CommitteeOperations.list, index),
            Route(.post, "/api/v1/committees", operation: CommitteeOperations.create, create),
            Route(.get, "/api/v1/committees/compliance", operation: CommitteeOperations.compliance, compliance),
            Route(.get, "/api/v1/committees/{committee}", operation: CommitteeOperations.show, show),
            Route(.get, "/api/v1/committees/{committee}/history", operation: CommitteeOperations.history, history),
            Route(.post, "/api/v1/committees/{committee}/seats", operation: CommitteeOperations.addSeat, addSeat),
            Route(
                .post, "/api/v1/committees/{committee}/seats/{seat}/end",
                operation: CommitteeOperations.end("a seat"), endSeat),
            Route(
                .post, "/api/v1/committees/{committee}/consolidations", operation: CommitteeOperations.consolidate,
                consolidate),
            Route(.post, "/api/v1/committees/{committee}/organs", operation: CommitteeOperations.addOrgan, addOrgan),
            Route(
                .post, "/api/v1/committees/{committee}/organs/{organ}/end",
                operation: CommitteeOperations.end("the work of an organ"), endOrgan),
            Route(.post, "/api/v1/committees/{committee}/papers", operation: CommitteeOperations.addPaper, addPaper),
            Route(
                .post, "/api/v1/committees/{committee}/papers/{paper}/end",
                operation: CommitteeOperations.end("a paper"), endPaper),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try CommitteeListRequest(visit)
        let page = try await visit.committees { try $0.list(asked.filter, on: asked.day, page: asked.page) }
        return visit.json(page)
    }

    func compliance(_ visit: Visit) async throws -> Answer {
        let asked = try ComplianceRequest(visit)
        let found = try await visit.committees { try $0.compliance(asked.filter, on: asked.day) }
        let page =
            found?.page(asked.filter.state, asked.page) ?? Page(items: [], next: nil, total: 0)
        return visit.json(ComplianceBody(found: found, page: page))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        var query = visit.query
        let day = query.day("on", required: false)
        try query.problems.check()
        let detail = try await visit.committees { try $0.detail(uid, on: day) }
        return visit.json(detail, version: detail.row.committee.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.committees { store in
            try store.history(of: try store.find(uid), page: request)
        }
        return visit.json(events.map(EventBody.init))
    }

    func create(_ visit: Visit) async throws -> Answer {
        let fields = try visit.jsonFields(CommitteeOperations.create)
        return try await visit.committeeChange(status: .created) { store, now in
            try store.requireMayCreateSomewhere()
            var form = CommitteeForm(fields, store: store)
            return try store.create(try form.draft(), at: now)
        }
    }

    func addSeat(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.addSeat) }

    func endSeat(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.endSeat) }

    func consolidate(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.consolidate) }

    func addOrgan(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.addOrgan) }

    func endOrgan(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.endOrgan) }

    func addPaper(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.addPaper) }

    func endPaper(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.endPaper) }
}

extension Visit {
    /// An act on a known committee: from the version in `If-Match`, with the fields that the act knows and no others.
    /// Whoever may not know of the committee, or of what is to end in it, learns nothing else.
    func committeeAct(_ act: CommitteeAct) async throws -> Answer {
        let uid = try uid("committee"), part = try act.part.map { try self.uid($0) }
        try await committees { store in try act.find(part, of: try store.find(uid, may: act.ability), store) }
        let seen = try expectedVersion()
        let fields = try jsonFields(act.operation)
        let status = HTTPResponse.Status(code: act.operation.status)
        return try await committeeChange(status: status) { store, now in
            var form = CommitteeForm(fields, store: store)
            return try store.act(act, uid, part, &form, seen: seen, at: now)
        }
    }

    func committeeChange(
        status: HTTPResponse.Status, _ body: @escaping @Sendable (CommitteeStore, Instant) throws -> CommitteeRow
    ) async throws -> Answer {
        let (viewer, today, now) = (viewer, today, now)
        return try await change(queue: UnitStore.queue) { tx in
            let row = try body(CommitteeStore(tx: tx, viewer: viewer, today: today), now)
            return ChangeAnswer(
                status: status, body: row.json, version: row.committee.version,
                location: "/api/v1/committees/\(row.uid)")
        }
    }
}
