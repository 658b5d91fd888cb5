import HTTPTypes
import Storage

/// Who may know of a document beside those whom unit or right tells, for people.
struct DocumentReaderPages {
    var routes: [Route] {
        [
            .get("/documents/{document}/readers/new", new),
            .post("/documents/{document}/readers", name),
            .post("/documents/{document}/readers/{office}/removal", unname),
        ]
    }

    /// In two steps, so that it works without a script: a unit first, then one of its offices.
    func new(_ visit: Visit) async throws -> Answer {
        let choice = try await choice(visit, visit.query)
        var raw = visit.query.raw
        raw["version"] = String(choice.row.document.version)
        return visit.html(nameReader(choice, Fields(raw: raw), [], visit.page))
    }

    func name(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        let choice = try await choice(visit, typed)
        do {
            let row = try await visit.changeDocuments { store, now in
                var form = DocumentForm(typed, store: store)
                let seen = form.seen()
                return try store.name(reader: try form.reader(), of: choice.row.uid, seen: seen, at: now)
            }
            return visit.redirect(to: row.href, flash: Message("document.flash.reader", ["name": .text(row.name)]))
        } catch {
            return try await visit.refused(error, typed) { nameReader(choice, $0, $1, visit.page) }
        }
    }

    func unname(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), office = try visit.uid("office")
        let row = try await visit.changeDocuments { store, now in
            try store.unname(reader: office, of: uid, seen: nil, at: now)
        }
        return visit.redirect(to: row.href, flash: Message("document.flash.reader", ["name": .text(row.name)]))
    }

    private func choice(_ visit: Visit, _ typed: Fields) async throws -> OpinionChoice {
        let uid = try visit.uid("document")
        return try await visit.documents { store in
            try OpinionChoice(row: store.find(uid, may: \.mayName), unit: typed["unit"], store)
        }
    }
}
