import HTTPTypes
import Storage

/// The registry of documents for programs: the same store, the same rules.
struct DocumentAPI {
    var routes: [Route] {
        let one = "/api/v1/documents/{document}"
        return [
            Route(.get, "/api/v1/documents", operation: DocumentOperations.list, index),
            Route(.post, "/api/v1/documents", operation: DocumentOperations.create, create),
            Route(.post, "/api/v1/documents/registrations", operation: DocumentOperations.register, register),
            Route(.get, one, operation: DocumentOperations.show, show),
            Route(.get, one + "/history", operation: DocumentOperations.history, history),
            Route(.get, one + "/cascade", operation: DocumentOperations.cascade, cascade),
            Route(.get, one + "/paragraphs/{label}", operation: DocumentOperations.paragraph, paragraph),
            Route(.put, one + "/facts", operation: DocumentOperations.edit, edit),
            Route(.post, one + "/issue", operation: DocumentOperations.issue, issue),
            Route(.post, one + "/withdrawal", operation: DocumentOperations.withdraw, withdraw),
            Route(.post, one + "/discard", operation: DocumentOperations.discard, discard),
            Route(.post, one + "/links", operation: DocumentOperations.link, link),
            Route(.delete, one + "/links/{kind}/{target}", operation: DocumentOperations.unlink, unlink),
            Route(
                .put, one + "/text", operation: DocumentOperations.write, bodyLimit: 4 * 1024 * 1024, write),
            Route(.get, one + "/recipients", operation: DocumentOperations.recipients, recipients),
            Route(.post, one + "/recipients", operation: DocumentOperations.address, address),
            Route(.delete, one + "/recipients/{unit}", operation: DocumentOperations.unaddress, unaddress),
            Route(.post, one + "/readers", operation: DocumentOperations.name, name),
            Route(.delete, one + "/readers/{office}", operation: DocumentOperations.unname, unname),
            Route(.post, one + "/opinions", operation: DocumentOperations.ask, ask),
            Route(.put, one + "/opinions/{opinion}/text", operation: DocumentOperations.give, give),
            Route(.put, one + "/opinions/{opinion}/answer", operation: DocumentOperations.answer, answer),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try DocumentListRequest(visit), today = visit.today
        let page = try await visit.documents { try $0.list(asked.filter, page: asked.page) }
        return visit.json(page.map { DocumentBody($0, on: today) })
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let detail = try await visit.documents { try $0.detail(uid) }
        return visit.json(DocumentDetailBody(detail, on: visit.today).json, version: detail.row.document.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.documents { try $0.history(of: try $0.find(uid), page: request) }
        return visit.json(events.map(EventBody.init))
    }

    func cascade(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        return visit.json(CascadeBody(try await visit.documents { try $0.cascade(uid) }))
    }

    func paragraph(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), label = visit.parameters["label"] ?? ""
        return visit.json(ParagraphBody(try await visit.documents { try $0.paragraph(uid, label).paragraph }))
    }

    func recipients(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let request = try visit.listRequest(cursorParts: 2)
        let page = try await visit.documents { store in
            try store.recipientPage(of: try store.find(uid).document.id, request)
        }
        return visit.json(page.map(RecipientBody.init))
    }

    func create(_ visit: Visit) async throws -> Answer {
        try await make(visit, allowing: DocumentOperations.draftNames) { store, form, now in
            try store.create(try form.draft(), at: now)
        }
    }

    func register(_ visit: Visit) async throws -> Answer {
        try await make(visit, allowing: DocumentOperations.paperNames) { store, form, now in
            try store.register(try form.registration(), at: now)
        }
    }

    func edit(_ visit: Visit) async throws -> Answer { try await act(visit, .change) }

    func issue(_ visit: Visit) async throws -> Answer { try await act(visit, .issue) }

    func withdraw(_ visit: Visit) async throws -> Answer { try await act(visit, .withdraw) }

    func link(_ visit: Visit) async throws -> Answer { try await act(visit, .link) }

    func write(_ visit: Visit) async throws -> Answer { try await act(visit, .write) }

    func address(_ visit: Visit) async throws -> Answer { try await act(visit, .address) }

    func name(_ visit: Visit) async throws -> Answer { try await act(visit, .nameReader) }

    func unname(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), office = try visit.uid("office")
        _ = try await visit.documents { try $0.find(uid, may: \.mayName) }
        let seen = try visit.expectedVersion()
        return try await change(visit) { store, now in
            try store.unname(reader: office, of: uid, seen: seen, at: now)
        }
    }

    func unlink(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), target = try visit.uid("target")
        _ = try await visit.documents { store in (try store.find(uid), try store.find(target)) }
        guard let kind = DocumentLink.Kind(rawValue: visit.parameters["kind"] ?? "") else { throw AppError.notFound }
        let seen = try visit.expectedVersion()
        return try await change(visit) { store, now in try store.unlink(uid, kind, to: target, seen: seen, at: now) }
    }

    func unaddress(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), unit = try visit.uid("unit")
        _ = try await visit.documents { store in (try store.find(uid), try store.units.find(unit)) }
        let seen = try visit.expectedVersion()
        return try await change(visit) { store, now in try store.unaddress(uid, unit, seen: seen, at: now) }
    }

    func discard(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        _ = try await visit.documents { try $0.find(uid, may: \.mayDiscard) }
        let seen = try visit.expectedVersion()
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: DocumentStore.queue) { tx in
            try DocumentStore(tx: tx, viewer: viewer, today: today).discard(uid, seen: seen, at: now)
            return ChangeAnswer(body: .object([]))
        }
    }

    func ask(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        _ = try await visit.documents { try $0.find(uid, may: \.mayAsk) }
        return try await opinion(visit, status: .created, allowing: ["office", "due_on"]) { store, form, now in
            let request = try form.request()
            return try store.ask(uid, office: request.office, dueOn: request.dueOn, at: now)
        }
    }

    func give(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), name = try visit.uid("opinion")
        let isOwn = try await visit.documents { $0.isOwn(try $0.opinion(name, of: try $0.find(uid))) }
        guard isOwn else { throw AppError.forbidden(Message("document.error.not_asked")) }
        return try await opinion(visit, allowing: ["text"]) { store, form, now in
            try store.give(try form.opinion(), name, on: uid, at: now)
        }
    }

    func answer(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), name = try visit.uid("opinion")
        _ = try await visit.documents { store in
            try store.opinion(name, of: try store.find(uid, may: \.mayAnswer))
        }
        return try await opinion(visit, allowing: ["answer", "explanation"]) { store, form, now in
            let answer = try form.answer()
            return try store.answer(name, on: uid, answer.answer, explanation: answer.explanation, at: now)
        }
    }

    private func make(
        _ visit: Visit, allowing names: Set<String>,
        _ body: @escaping @Sendable (DocumentStore, inout DocumentForm, Instant) throws -> DocumentRow
    ) async throws -> Answer {
        try await visit.documents { try $0.requireMayCreateSomewhere() }
        let fields = try fields(visit, names)
        return try await change(visit, status: .created) { store, now in
            var form = DocumentForm(fields, store: store)
            return try body(store, &form, now)
        }
    }

    private func act(_ visit: Visit, _ act: DocumentAct) async throws -> Answer {
        let operation = act.operation
        return try await self.act(
            visit, status: HTTPResponse.Status(code: operation.status), may: act.ability,
            allowing: Set(act.members.map(\.name))
        ) { store, row, form, seen, now in
            guard let made = try store.act(act, row.uid, &form, seen: seen, at: now) else { throw AppError.notFound }
            return made
        }
    }

    /// An act on a known document that the caller may do: from the version in `If-Match`, with the fields that the act
    /// knows and no others.
    private func act(
        _ visit: Visit, status: HTTPResponse.Status = .ok,
        may ability: any KeyPath<DocumentAbilities, Bool> & Sendable, allowing names: Set<String>,
        _ body: @escaping @Sendable (DocumentStore, DocumentRow, inout DocumentForm, Int, Instant) throws -> DocumentRow
    ) async throws -> Answer {
        let uid = try visit.uid("document")
        // Who may not know of it learns nothing, whatever else is wrong with the request.
        _ = try await visit.documents { try $0.find(uid, may: ability) }
        let seen = try visit.expectedVersion()
        let fields = try fields(visit, names)
        return try await change(visit, status: status) { store, now in
            var form = DocumentForm(fields, store: store)
            return try body(store, try store.find(uid, may: ability), &form, seen, now)
        }
    }

    private func fields(_ visit: Visit, _ names: Set<String>) throws -> Fields {
        var json = try visit.jsonBody()
        json.allow(names)
        return json.fields
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status = .ok,
        _ body: @escaping @Sendable (DocumentStore, Instant) throws -> DocumentRow
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: DocumentStore.queue) { tx in
            let row = try body(DocumentStore(tx: tx, viewer: viewer, today: today), now)
            return ChangeAnswer(
                status: status, body: DocumentBody(row, on: today).json, version: row.document.version,
                location: "/api/v1/documents/\(row.uid)")
        }
    }

    private func opinion(
        _ visit: Visit, status: HTTPResponse.Status = .ok, allowing names: Set<String>,
        _ body: @escaping @Sendable (DocumentStore, inout DocumentForm, Instant) throws -> DocumentOpinion
    ) async throws -> Answer {
        let fields = try fields(visit, names)
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: DocumentStore.queue) { tx in
            let store = DocumentStore(tx: tx, viewer: viewer, today: today)
            var form = DocumentForm(fields, store: store)
            return ChangeAnswer(status: status, body: OpinionBody(try body(store, &form, now)).json)
        }
    }
}
