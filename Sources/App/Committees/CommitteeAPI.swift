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
        var body = try visit.jsonBody()
        body.allow([
            "unit", "host", "name", "name_en", "secrecy", "programme", "from", "decision", "article", "quote",
        ])
        let fields = body.fields
        return try await visit.committeeChange(status: .created) { store, now in
            try store.requireMayCreateSomewhere()
            var form = CommitteeForm(fields, store: store)
            return try store.create(try form.draft(), at: now)
        }
    }

    func addSeat(_ visit: Visit) async throws -> Answer {
        let names: Set = ["position", "title", "person", "office", "from", "to", "decision", "article", "quote"]
        return try await visit.committeeChange(names, may: \.mayKeep, status: .created) {
            store, uid, form, seen, now in
            try store.addSeat(uid, try form.seat(), seen: seen, at: now)
        }
    }

    func endSeat(_ visit: Visit) async throws -> Answer {
        let seat = try visit.uid("seat")
        return try await visit.committeeChange(["from", "decision"], may: \.mayKeep) { store, uid, form, seen, now in
            try store.endSeat(uid, seat: seat, try form.end(), seen: seen, at: now)
        } having: {
            _ = try $0.seat(seat, of: $1)
        }
    }

    func consolidate(_ visit: Visit) async throws -> Answer {
        let lists: [String: Set<String>] = [
            "seats": ["seat", "position"],
            "additions": ["position", "title", "person", "office", "article", "quote"],
        ]
        return try await visit.committeeChange(
            ["from", "decision", "seats", "additions"], lists: lists, may: \.mayConsolidate
        ) { store, uid, form, seen, now in
            try store.consolidate(uid, try form.consolidation(), seen: seen, at: now)
        }
    }

    func addOrgan(_ visit: Visit) async throws -> Answer {
        let names: Set = ["kind", "unit", "name", "from", "to", "decision", "article", "quote"]
        return try await visit.committeeChange(names, may: \.mayKeep, status: .created) {
            store, uid, form, seen, now in
            try store.addOrgan(uid, try form.organ(), seen: seen, at: now)
        }
    }

    func endOrgan(_ visit: Visit) async throws -> Answer {
        let organ = try visit.uid("organ")
        return try await visit.committeeChange(["from", "decision"], may: \.mayKeep) { store, uid, form, seen, now in
            try store.endOrgan(uid, organ: organ, try form.end(), seen: seen, at: now)
        } having: {
            _ = try $0.organ(organ, of: $1)
        }
    }

    func addPaper(_ visit: Visit) async throws -> Answer {
        let names: Set = ["item", "reference", "from", "to", "article", "quote"]
        return try await visit.committeeChange(names, may: \.mayKeep, status: .created) {
            store, uid, form, seen, now in
            try store.addPaper(uid, try form.paper(), seen: seen, at: now)
        }
    }

    func endPaper(_ visit: Visit) async throws -> Answer {
        let paper = try visit.uid("paper")
        return try await visit.committeeChange(["from", "decision"], may: \.mayKeep) { store, uid, form, seen, now in
            try store.endPaper(uid, paper: paper, try form.end(), seen: seen, at: now)
        } having: {
            _ = try $0.paper(paper, of: $1)
        }
    }
}

extension Visit {
    /// A change of a known committee: from the version in `If-Match`, with the fields that the change knows and no
    /// others. Whoever may not know of the committee, or of what `having` finds in it, learns nothing else.
    func committeeChange(
        _ names: Set<String>, lists: [String: Set<String>] = [:],
        may ability: any KeyPath<CommitteeAbilities, Bool> & Sendable, status: HTTPResponse.Status = .ok,
        _ body: @escaping @Sendable (CommitteeStore, UID, inout CommitteeForm, Int, Instant) throws -> CommitteeRow,
        having: @escaping @Sendable (CommitteeStore, CommitteeRow) throws -> Void = { _, _ in }
    ) async throws -> Answer {
        let uid = try uid("committee")
        try await committees { store in try having(store, try store.find(uid, may: ability)) }
        let seen = try expectedVersion()
        var json = try jsonBody(lists: lists)
        json.allow(names)
        let fields = json.fields
        return try await committeeChange(status: status) { store, now in
            var form = CommitteeForm(fields, store: store)
            return try body(store, uid, &form, seen, now)
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
