import HTTPTypes
import Storage

/// Who has concretised what, for programs: the same store, the same rules.
struct CoverageAPI {
    var routes: [Route] {
        let document = "/api/v1/documents/{document}", one = "/api/v1/requirements/{requirement}"
        return [
            Route(.get, "/api/v1/coverage", operation: CoverageOperations.overview, overview),
            Route(.get, document + "/coverage", operation: CoverageOperations.matrix, matrix),
            Route(.get, document + "/coverage/reminder", operation: CoverageOperations.reminder, reminder),
            Route(
                .post, document + "/coverage/reminders", operation: CoverageOperations.draftReminder, draftReminder),
            Route(.get, document + "/requirements", operation: CoverageOperations.requirements, requirements),
            Route(.post, document + "/requirements", operation: CoverageOperations.require, require),
            Route(.get, one, operation: CoverageOperations.show, show),
            Route(.get, one + "/history", operation: CoverageOperations.history, history),
            Route(.put, one + "/facts", operation: CoverageOperations.change, change),
            Route(.post, one + "/withdrawal", operation: CoverageOperations.withdraw, withdraw),
            Route(
                .post, one + "/units", operation: CoverageOperations.address, bodyLimit: 1024 * 1024, address),
            Route(.get, one + "/units/{unit}", operation: CoverageOperations.duty, duty),
            Route(.post, one + "/units/{unit}/decisions", operation: CoverageOperations.decide, decide),
            Route(.get, "/api/v1/units/{unit}/requirements", operation: CoverageOperations.unit, unit),
        ]
    }

    func overview(_ visit: Visit) async throws -> Answer {
        let request = try visit.listRequest(cursorParts: CoverageStore.overviewParts)
        let page = try await visit.coverage { try $0.overview(page: request) }
        return visit.json(page.map(CoverageSummaryBody.init))
    }

    func matrix(_ visit: Visit) async throws -> Answer {
        let asked = try CoverageRequest(visit)
        let matrix = try await visit.coverage { try $0.matrix(asked.document, asked.filter, page: asked.page) }
        let names = Dictionary(
            matrix.requirements.map { ($0.requirement.id, $0.uid) }, uniquingKeysWith: { first, _ in first })
        return visit.json(matrix.units.map { CoverageLineBody(line: $0, requirements: names) })
    }

    func reminder(_ visit: Visit) async throws -> Answer {
        let asked = try ReminderRequest(visit, visit.query)
        let (reminder, _) = try await asked.read(visit)
        return visit.json(ReminderBody(text: ReminderText(reminder: reminder, page: visit.page)))
    }

    func draftReminder(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        try await visit.coverage { try $0.requireMayRequireSomewhere(of: uid) }
        let fields = try fields(visit, Set(CoverageOperations.reminderMembers.map(\.name)))
        let (viewer, page, today, now) = (visit.viewer, visit.page, visit.today, visit.now)
        return try await visit.change(queue: CoverageStore.queue) { tx in
            let store = CoverageStore(tx: tx, viewer: viewer, today: today)
            var form = ReminderDraftForm(fields, store: store)
            let row = try store.draftReminder(of: uid, &form, page, at: now)
            return ChangeAnswer(
                status: .created, body: DocumentBody(row, on: today).json, version: row.document.version,
                location: "/api/v1/documents/\(row.uid)")
        }
    }

    func requirements(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let matrix = try await visit.coverage { try $0.matrix(uid, page: PageRequest(after: nil, limit: 1)) }
        return visit.json(
            .object([
                (
                    "items",
                    .list(matrix.requirements.map { RequirementBody($0, of: matrix.document, matrix.counts).json })
                )
            ]))
    }

    func require(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        try await visit.coverage { try $0.requireMayRequireSomewhere(of: uid) }
        let fields = try fields(visit, CoverageOperations.draftNames)
        return try await change(visit, status: .created) { store, now in
            var form = RequirementForm(fields, store: store)
            return try store.require(try form.draft(of: uid), at: now)
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement")
        let detail = try await visit.coverage { try $0.detail(uid) }
        return visit.json(
            RequirementBody(detail.row, of: detail.document, detail.counts).json,
            version: detail.row.requirement.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.coverage { try $0.history(of: try $0.find(uid), page: request) }
        return visit.json(events.map(EventBody.init))
    }

    func change(_ visit: Visit) async throws -> Answer {
        try await act(visit, allowing: ["title", "paragraph", "due_on", "reason"]) { store, row, form, seen, now in
            try store.change(row.uid, try form.change(of: row), seen: seen, at: now)
        }
    }

    func withdraw(_ visit: Visit) async throws -> Answer {
        try await act(visit, allowing: ["reason"]) { store, row, form, seen, now in
            try store.withdraw(row.uid, reason: try form.reason(), seen: seen, at: now)
        }
    }

    func address(_ visit: Visit) async throws -> Answer {
        try await act(visit, allowing: CoverageOperations.audienceNames) { store, row, form, seen, now in
            try store.address(row.uid, to: try form.audience(), seen: seen, at: now).row
        }
    }

    func duty(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement"), unit = try visit.uid("unit")
        let detail = try await visit.coverage { try $0.dutyDetail(uid, unit) }
        return visit.json(DutyBody(detail), version: detail.requirement.row.requirement.version)
    }

    func decide(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement"), unit = try visit.uid("unit")
        _ = try await visit.coverage { try $0.findKeptDuty(uid, unit) }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, ["decision", "document", "reason"])
        return try await change(visit) { store, now in
            var form = RequirementForm(fields, store: store)
            return try store.decide(uid, unit, try form.decision(), seen: seen, at: now)
        }
    }

    func unit(_ visit: Visit) async throws -> Answer {
        let asked = try UnitDutiesRequest(visit)
        let page = try await visit.coverage { try $0.duties(of: asked.unit, state: asked.state, page: asked.page).page }
        return visit.json(page.map(UnitDutyBody.init))
    }

    /// An act on a requirement that the caller keeps: from the version in `If-Match`, with the fields that the act
    /// knows and no others.
    private func act(
        _ visit: Visit, allowing names: Set<String>,
        _ body:
            @escaping @Sendable (CoverageStore, RequirementRow, inout RequirementForm, Int, Instant) throws ->
            RequirementRow
    ) async throws -> Answer {
        let uid = try visit.uid("requirement")
        // Who may not know of it learns nothing, whatever else is wrong with the request.
        _ = try await visit.coverage { try $0.findKept(uid) }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, names)
        return try await change(visit) { store, now in
            var form = RequirementForm(fields, store: store)
            return try body(store, try store.findKept(uid), &form, seen, now)
        }
    }

    private func fields(_ visit: Visit, _ names: Set<String>) throws -> Fields {
        var json = try visit.jsonBody()
        json.allow(names)
        return json.fields
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status = .ok,
        _ body: @escaping @Sendable (CoverageStore, Instant) throws -> RequirementRow
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: CoverageStore.queue) { tx in
            let store = CoverageStore(tx: tx, viewer: viewer, today: today)
            let row = try body(store, now)
            // Told to whoever did it, even when they may not know of it any longer.
            let all = CoverageStore(tx: tx, viewer: .system(viewer.name), today: today)
            let document = try all.documents.find(row.requirement.document)
            return ChangeAnswer(
                status: status, body: RequirementBody(row, of: document, nil).json, version: row.requirement.version,
                location: "/api/v1/requirements/\(row.uid)")
        }
    }
}
