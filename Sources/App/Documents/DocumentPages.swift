import HTTPTypes
import Storage

/// The registry of documents for people: looking. What is done to a document stands in ``DocumentActPages``.
struct DocumentPages {
    /// More links of a way, and more recipients, than these are left to lists of their own.
    static let linksShown = 40

    var routes: [Route] {
        [
            .get("/documents", index),
            .get("/documents.csv", export),
            .get("/documents/new", new),
            .post("/documents", create),
            .get("/documents/registrations/new", newPaper),
            .post("/documents/registrations", register),
            .get("/documents/{document}", show),
            .get("/documents/{document}/history", history),
            .get("/documents/{document}/cascade", cascade),
            .get("/documents/{document}/text", text),
            .get("/documents/{document}/paragraphs/{label}", paragraph),
            .get("/documents/{document}/recipients", recipients),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try DocumentListRequest(visit)
        let list = try await visit.documents { store in
            DocumentList(
                page: try store.list(asked.filter, page: asked.page),
                issuer: try asked.filter.issuer.map { try store.units.find($0).name },
                under: try (asked.filter.basis ?? asked.filter.under).map { try store.find($0) },
                mayCreate: store.mayCreateSomewhere(),
                requests: asked.filter.isEmpty ? try store.openRequests() : [])
        }
        return visit.html(documentIndex(list, asked, visit.page))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try DocumentListRequest(visit)
        let page = visit.page
        let text = try await visit.documents { try DocumentListExport(store: $0, page: page).csv(asked.filter) }
        return visit.csv(name: "documents-\(visit.today.text).csv", text)
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let (detail, tasks, events) = try await visit.documents { store in
            // More would make the page heavy; the list and the page of recipients have them all.
            let detail = try store.detail(uid, shown: DocumentPages.linksShown, isWhole: false)
            let tasks = try TaskStore(tx: store.tx, viewer: store.viewer, today: store.today)
                .summary(of: TaskFilter(document: uid))
            return (detail, tasks, try store.history(of: detail.row, page: PageRequest(after: nil, limit: 10)))
        }
        return visit.html(documentPage(detail, tasks, events, visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let request = try visit.listRequest(cursorParts: 1)
        let (row, events) = try await visit.documents { store in
            let row = try store.find(uid)
            return (row, try store.history(of: row, page: request))
        }
        return visit.html(documentHistory(row, events, visit.page))
    }

    func cascade(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let cascade = try await visit.documents { try $0.cascade(uid) }
        return visit.html(cascadePage(cascade, visit.page))
    }

    func text(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let request = try visit.listRequest(cursorParts: 1)
        let (row, paragraphs) = try await visit.documents { store in
            let row = try store.find(uid)
            return (row, try store.paragraphs(of: row.document.id, after: request.after))
        }
        return visit.html(documentText(row, paragraphs, visit.page))
    }

    func recipients(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let request = try visit.listRequest(cursorParts: 2)
        let (row, units, mayAddress) = try await visit.documents { store in
            let row = try store.find(uid)
            return (
                row, try store.recipientPage(of: row.document.id, request),
                try store.abilities(row).mayAddress
            )
        }
        return visit.html(
            documentRecipients(row, units, mayAddress: mayAddress, isFirst: request.after == nil, visit.page))
    }

    func paragraph(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), label = visit.parameters["label"] ?? ""
        let (row, paragraph) = try await visit.documents { try $0.paragraph(uid, label) }
        return visit.html(paragraphPage(row, paragraph, visit.page))
    }

    func new(_ visit: Visit) async throws -> Answer {
        try await emptyForm(visit) { newDocument($0, [], $1, visit.page) }
    }

    func newPaper(_ visit: Visit) async throws -> Answer {
        try await emptyForm(visit) { newRegistration($0, [], $1, visit.page) }
    }

    func create(_ visit: Visit) async throws -> Answer {
        try await make(visit, flash: "document.flash.created") { store, form, now in
            try store.create(try form.draft(), at: now)
        } view: {
            newDocument($0, $1, $2, visit.page)
        }
    }

    func register(_ visit: Visit) async throws -> Answer {
        try await make(visit, flash: "document.flash.registered") { store, form, now in
            try store.register(try form.registration(), at: now)
        } view: {
            newRegistration($0, $1, $2, visit.page)
        }
    }

    /// What the address says of the new document is filled in: `?issuer=…&implements=…`; without an issuer the own unit.
    private func emptyForm(
        _ visit: Visit, _ view: (Fields, DocumentFormNames) -> HTML
    ) async throws -> Answer {
        let asked = visit.query.raw
        let (fields, names) = try await visit.documents { store in
            try store.requireMayCreateSomewhere()
            var typed = asked
            typed["secrecy"] = typed["secrecy"] ?? Secrecy.internal.name
            typed["issuer"] = try typed["issuer"] ?? store.ownIssuer()?.text
            let fields = Fields(raw: typed)
            return (fields, try DocumentFormNames(fields, store))
        }
        return visit.html(view(names.completing(fields), names))
    }

    private func make(
        _ visit: Visit, flash: String,
        _ body: @escaping @Sendable (DocumentStore, inout DocumentForm, Instant) throws -> DocumentRow,
        view: (Fields, [Problem], DocumentFormNames) -> HTML
    ) async throws -> Answer {
        let typed = try visit.form()
        do {
            let made = try await visit.changeDocuments { store, now in
                try store.requireMayCreateSomewhere()
                var form = DocumentForm(typed, store: store)
                return try body(store, &form, now)
            }
            return visit.redirect(to: made.href, flash: Message(flash, ["name": .text(made.name)]))
        } catch {
            guard error is AppError else { throw error }
            let names = try await visit.documents { try DocumentFormNames(typed, $0) }
            return try visit.refused(error) { view(typed, $0, names) }
        }
    }
}

extension Visit {
    /// Reads documents as the viewer of this visit.
    func documents<T: Sendable>(_ body: @escaping @Sendable (DocumentStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(DocumentStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes documents as the viewer of this visit, one writer after the other.
    func changeDocuments<T: Sendable>(
        _ body: @escaping @Sendable (DocumentStore, Instant) throws -> T
    ) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in
            try DocumentStore.queue(tx)
            return try body(DocumentStore(tx: tx, viewer: viewer, today: today), now)
        }
    }
}

/// What the list page is asked for.
struct DocumentListRequest: Sendable {
    let filter: DocumentFilter
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = DocumentFilter(&query)
        try query.problems.check()
        page = try visit.listRequest(cursorParts: DocumentStore.cursorParts)
    }
}

struct DocumentList: Sendable {
    let page: Page<DocumentRow>
    /// What the issuer that is asked for is called.
    let issuer: String?
    /// The document below which is looked, at any depth or for one step.
    let under: DocumentRow?
    let mayCreate: Bool
    /// Drafts on which the viewer is asked for an opinion.
    let requests: [(row: DocumentRow, opinion: UID)]
}

/// How people call what a form's fields name by uid, and what usually stands in it.
struct DocumentFormNames: Sendable {
    let issuer: String?
    let implements: String?
    private var habit: (numbering: Document.Numbering, sign: String, term: Int?)?

    init(_ typed: Fields, _ store: DocumentStore) throws {
        let unit = typed["issuer"].isEmpty ? nil : try store.units.find(typed: typed["issuer"])
        issuer = unit?.name
        implements = typed["implements"].isEmpty ? nil : try store.find(typed: typed["implements"])?.name
        habit = try unit.flatMap {
            try DocumentNumbering(tx: store.tx).habit(of: $0.unit.id, known: store.scope.condition())
        }
    }

    /// The issuer's abbreviation and numbering, as in its last document.
    func completing(_ typed: Fields) -> Fields {
        guard let habit else { return typed }
        var raw = typed.raw
        raw["numbering"] = raw["numbering"] ?? habit.numbering.rawValue
        raw["issuer_sign"] = raw["issuer_sign"] ?? habit.sign
        raw["term"] = raw["term"] ?? habit.term.map(String.init)
        return Fields(raw: raw)
    }
}
