import HTTPTypes
import Storage

/// What is done to a document, for people: each act with its form.
struct DocumentActPages {
    var routes: [Route] {
        [
            .get("/documents/{document}/facts/edit", editFacts),
            .post("/documents/{document}/facts", edit),
            .get("/documents/{document}/issue/new", newIssue),
            .post("/documents/{document}/issue", issue),
            .get("/documents/{document}/withdrawal/new", newWithdrawal),
            .post("/documents/{document}/withdrawal", withdraw),
            .post("/documents/{document}/discard", discard),
            .get("/documents/{document}/links/new", newLink),
            .post("/documents/{document}/links", link),
            .post("/documents/{document}/links/{kind}/{target}/removal", unlink),
            .get("/documents/{document}/text/edit", editText),
            .post("/documents/{document}/text", bodyLimit: 4 * 1024 * 1024, write),
            .get("/documents/{document}/recipients/new", newRecipient),
            .post("/documents/{document}/recipients", address),
            .post("/documents/{document}/recipients/{unit}/removal", unaddress),
        ]
    }

    func editFacts(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayEdit) { store, row in
            DocumentFormValues.facts(row, aliases: try store.aliases(of: row.document.id), day: { visit.page.day($0) })
        } view: {
            editDocument($0, $1, $2, $3, visit.page)
        }
    }

    func edit(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.changed", may: \.mayEdit) { store, row, form, now in
            let seen = form.seen()
            return try store.act(.change, row.uid, &form, seen: seen, at: now) ?? row
        } view: {
            editDocument($0, $1, $2, $3, visit.page)
        }
    }

    func newIssue(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayIssue) { store, row in
            var values = DocumentFormValues.issue(row, visit.page)
            values["next"] = try store.nextSign(row.document)
            return values
        } view: {
            issueDocument($0, $1, $2, visit.page, next: $1["next"], names: $3)
        }
    }

    func issue(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.issued", may: \.mayIssue) { store, row, form, now in
            let seen = form.seen()
            return try store.issue(row.uid, try form.issue(), seen: seen, at: now)
        } view: {
            issueDocument($0, $1, $2, visit.page, next: $1["next"], names: $3)
        }
    }

    func newWithdrawal(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayWithdraw) { _, row in
            ["on": visit.page.day(visit.today), "version": String(row.document.version)]
        } view: {
            withdrawDocument($0, $1, $2, visit.page, names: $3)
        }
    }

    func withdraw(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.withdrawn", may: \.mayWithdraw) { store, row, form, now in
            let seen = form.seen()
            return try store.withdraw(row.uid, try form.withdrawal(), seen: seen, at: now)
        } view: {
            withdrawDocument($0, $1, $2, visit.page, names: $3)
        }
    }

    func discard(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let typed = try visit.form()
        let name = try await visit.changeDocuments { store, now in
            let row = try store.find(uid, may: \.mayDiscard)
            var form = DocumentForm(typed, store: store)
            try store.discard(uid, seen: form.seen(), at: now)
            return row.name
        }
        return visit.redirect(to: "/documents", flash: Message("document.flash.discarded", ["name": .text(name)]))
    }

    func newLink(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayLink) { _, row in
            ["version": String(row.document.version)]
        } view: {
            linkDocument($0, $1, $2, $3, visit.page)
        }
    }

    func link(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.linked", may: \.mayLink) { store, row, form, now in
            let seen = form.seen()
            let link = try form.link()
            return try store.link(
                row.uid, link.kind, to: link.other, source: link.source, quote: link.quote, seen: seen, at: now)
        } view: {
            linkDocument($0, $1, $2, $3, visit.page)
        }
    }

    func unlink(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), target = try visit.uid("target")
        guard let kind = DocumentLink.Kind(rawValue: visit.parameters["kind"] ?? "") else { throw AppError.notFound }
        let row = try await visit.changeDocuments { store, now in
            try store.unlink(uid, kind, to: target, seen: nil, at: now)
        }
        return visit.redirect(to: row.href, flash: Message("document.flash.unlinked", ["name": .text(row.name)]))
    }

    func editText(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayWrite) { store, row in
            [
                "text": DocumentParagraph.text(try store.paragraphs(of: row.document.id)),
                "version": String(row.document.version),
            ]
        } view: {
            writeDocument($0, $1, $2, visit.page, names: $3)
        }
    }

    func write(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.changed", may: \.mayWrite) { store, row, form, now in
            let seen = form.seen()
            return try store.write(row.uid, try form.paragraphs(), seen: seen, at: now)
        } view: {
            writeDocument($0, $1, $2, visit.page, names: $3)
        }
    }

    func newRecipient(_ visit: Visit) async throws -> Answer {
        try await form(visit, may: \.mayAddress) { _, row in
            ["version": String(row.document.version)]
        } view: {
            addressDocument($0, $1, $2, $3, visit.page)
        }
    }

    func address(_ visit: Visit) async throws -> Answer {
        try await act(visit, flash: "document.flash.addressed", may: \.mayAddress) { store, row, form, now in
            let seen = form.seen()
            let to = try form.recipients()
            return try store.address(row.uid, to: to.unit, kind: to.kind, seen: seen, at: now).row
        } view: {
            addressDocument($0, $1, $2, $3, visit.page)
        }
    }

    func unaddress(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document"), unit = try visit.uid("unit")
        let row = try await visit.changeDocuments { store, now in
            try store.unaddress(uid, unit, seen: nil, at: now)
        }
        return visit.redirect(to: row.href, flash: Message("document.flash.addressed", ["name": .text(row.name)]))
    }

    /// The form of one act, filled with what is so today.
    private func form(
        _ visit: Visit, may ability: any KeyPath<DocumentAbilities, Bool> & Sendable,
        values: @escaping @Sendable (DocumentStore, DocumentRow) throws -> [String: String],
        view: (DocumentRow, Fields, [Problem], DocumentFormNames) -> HTML
    ) async throws -> Answer {
        let uid = try visit.uid("document")
        let (row, typed, names) = try await visit.documents { store in
            let row = try store.find(uid, may: ability)
            let typed = Fields(raw: try values(store, row))
            return (row, typed, try DocumentFormNames(typed, store))
        }
        return visit.html(view(row, typed, [], names))
    }

    /// One act: done and said, or refused with everything as it was typed.
    private func act(
        _ visit: Visit, flash: String, may ability: any KeyPath<DocumentAbilities, Bool> & Sendable,
        _ body: @escaping @Sendable (DocumentStore, DocumentRow, inout DocumentForm, Instant) throws -> DocumentRow,
        view: (DocumentRow, Fields, [Problem], DocumentFormNames) -> HTML
    ) async throws -> Answer {
        let uid = try visit.uid("document")
        let typed = try visit.form()
        // Who may not do this learns nothing from the form's problems.
        let (row, names) = try await visit.documents { store in
            (try store.find(uid, may: ability), try DocumentFormNames(typed, store))
        }
        do {
            let changed = try await visit.changeDocuments { store, now in
                var form = DocumentForm(typed, store: store)
                return try body(store, try store.find(uid, may: ability), &form, now)
            }
            return visit.redirect(to: changed.href, flash: Message(flash, ["name": .text(changed.name)]))
        } catch {
            return try await visit.refused(error, typed) { view(row, $0, $1, names) }
        }
    }
}

/// What stands in the forms of a document when they are opened.
enum DocumentFormValues {
    /// `written`: how a day is written, so that it is read again as the same.
    static func facts(_ row: DocumentRow, aliases: [String], day written: (Day) -> String) -> [String: String] {
        let document = row.document
        func day(_ day: Day) -> String { day == .never || day == .beginning ? "" : written(day) }
        return [
            "type": document.type.rawValue, "issuer": row.issuer?.text ?? "", "title": document.title,
            "numbering": document.numbering.rawValue, "issuer_sign": document.issuerSign,
            "term": DocumentSeries.term(document.series).map(String.init) ?? "",
            "effect_from": day(document.effectFrom), "effect_to": day(document.effectTo), "signer": document.signer,
            "signer_title": document.signerTitle, "capacity": document.capacity?.rawValue ?? "",
            "secrecy": document.secrecy.name, "source": document.source, "quote": document.quote,
            "aliases": aliases.joined(separator: "\n"), "version": String(document.version),
        ]
    }

    static func issue(_ row: DocumentRow, _ page: PageContext) -> [String: String] {
        let document = row.document
        return [
            "issued_on": page.day(page.today), "signer": document.signer, "signer_title": document.signerTitle,
            "capacity": document.capacity?.rawValue ?? "", "version": String(document.version),
            "effect_from": document.effectFrom == .never ? "" : page.day(document.effectFrom),
        ]
    }
}
