import HTTPTypes
import Storage

/// Opinions on a draft, for people: asking for one, giving it, answering it.
struct DocumentOpinionPages {
    var routes: [Route] {
        [
            .get("/documents/{document}/opinions/new", new),
            .post("/documents/{document}/opinions", ask),
            .get("/documents/{document}/opinions/{opinion}", show),
            .post("/documents/{document}/opinions/{opinion}/text", give),
            .post("/documents/{document}/opinions/{opinion}/answer", answer),
        ]
    }

    /// In two steps, so that it works without a script: a unit first, then one of its offices.
    func new(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), typed = visit.query
        let choice = try await visit.documents { store in
            try OpinionChoice(row: store.find(uid, may: \.mayAsk), unit: typed["unit"], store)
        }
        return visit.html(askForOpinion(choice, typed, [], visit.page))
    }

    func ask(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), typed = try visit.form()
        let choice = try await visit.documents { store in
            try OpinionChoice(row: store.find(uid, may: \.mayAsk), unit: typed["unit"], store)
        }
        do {
            let opinion = try await visit.changeDocuments { store, now in
                var form = DocumentForm(typed, store: store)
                let request = try form.request()
                return try store.ask(uid, office: request.office, dueOn: request.dueOn, at: now)
            }
            return visit.redirect(
                to: choice.row.href, flash: Message("document.flash.asked", ["name": .text(opinion.asked)]))
        } catch {
            return try visit.refused(error) { askForOpinion(choice, typed, $0, visit.page) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let opinion = try await opinion(visit)
        return visit.html(opinionPage(opinion, Fields(raw: opinion.values), [], visit.page))
    }

    func give(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.opined") { store, uid, opinion, form, now in
            guard store.isOwn(try store.opinion(opinion, of: store.find(uid))) else {
                throw AppError.forbidden(Message("document.error.not_asked"))
            }
            _ = try store.give(try form.opinion(), opinion, on: uid, at: now)
        }
    }

    func answer(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.answered") { store, uid, opinion, form, now in
            _ = try store.find(uid, may: \.mayAnswer)
            let answer = try form.answer()
            _ = try store.answer(opinion, on: uid, answer.answer, explanation: answer.explanation, at: now)
        }
    }

    private func opinion(_ visit: Visit) async throws -> OpinionView {
        let uid = try visit.uid("document"), opinion = try visit.uid("opinion")
        return try await visit.documents { store in
            let row = try store.find(uid)
            let found = try store.opinion(opinion, of: row)
            let isOpen = row.document.state == .draft
            return OpinionView(
                row: row, opinion: found, mayGive: isOpen && found.answer == nil && store.isOwn(found),
                mayAnswer: try store.abilities(row).mayAnswer && found.givenAt != nil)
        }
    }

    private func act(
        _ visit: Visit, flash: String,
        _ body: @escaping @Sendable (DocumentStore, UID, UID, inout DocumentForm, Instant) throws -> Void
    ) async throws -> Answer {
        let uid = try visit.uid("document"), name = try visit.uid("opinion")
        let typed = try visit.form()
        let shown = try await opinion(visit)
        do {
            try await visit.changeDocuments { store, now in
                var form = DocumentForm(typed, store: store)
                try body(store, uid, name, &form, now)
            }
            return visit.redirect(
                to: "\(shown.row.href)/opinions/\(name)",
                flash: Message(flash, ["name": .text(shown.opinion.asked)]))
        } catch {
            return try visit.refused(error) { opinionPage(shown, typed, $0, visit.page) }
        }
    }
}

/// Whom one may ask: the offices held today in the unit that was typed.
struct OpinionChoice: Sendable {
    let row: DocumentRow
    /// Nil while none is chosen, or when none is called so.
    let unit: UnitRow?
    let offices: [OfficeRow]

    init(row: DocumentRow, unit typed: String, _ store: DocumentStore) throws {
        self.row = row
        unit = typed.isEmpty ? nil : try store.units.find(typed: typed)
        let people = PersonStore(tx: store.tx, viewer: store.viewer, today: store.today)
        let today = store.today
        offices =
            try unit.map { try people.offices(in: $0.unit.id) }?
            .filter { $0.office.from <= today && $0.office.to > today } ?? []
    }
}

struct OpinionView: Sendable {
    let row: DocumentRow
    let opinion: DocumentOpinion
    let mayGive: Bool
    let mayAnswer: Bool

    /// What stands in its forms when the page is opened.
    var values: [String: String] {
        ["text": opinion.text, "answer": opinion.answer?.rawValue ?? "", "explanation": opinion.explanation]
    }
}
