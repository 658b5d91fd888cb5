import Storage

/// What is added to a reminder to make it the draft of a dispatch.
struct ReminderDraft: Sendable, Equatable {
    /// Whose dispatch it will be.
    let issuer: UID
    /// As in a dispatch's number: `SKHCN-CĐS`, of the Party `VPTU`.
    let issuerSign: String
    let numbering: Document.Numbering
    let term: Int?
}

/// Reads the form under a reminder.
struct ReminderDraftForm {
    var fields: Fields
    let store: CoverageStore

    init(_ fields: Fields, store: CoverageStore) {
        self.fields = fields
        self.store = store
    }

    mutating func read() throws -> ReminderDraft {
        let typed = fields.line("issuer")
        var issuer: UID?
        if !typed.isEmpty {
            issuer = try store.units.find(typed: typed)?.uid
            if issuer == nil { fields.problems.add("issuer", "document.error.issuer_unknown") }
        }
        let sign = fields.line("issuer_sign", max: 60)
        let numbering: Document.Numbering = fields.choice("numbering", required: false) ?? .state
        let term = fields.integer("term", in: 1...99, required: false)
        try fields.problems.check()
        guard let issuer else { throw AppError.invalid([Problem("issuer", "field.missing")]) }
        return ReminderDraft(issuer: issuer, issuerSign: sign, numbering: numbering, term: term)
    }
}

extension CoverageStore {
    /// Who may know of the document and may require at all; asked before a form is read.
    func requireMayRequireSomewhere(of document: UID) throws {
        _ = try documents.find(document)
        try requireMayRequireSomewhere()
    }

    /// What a form, a body or words say of it, in the language of the page.
    func draftReminder(
        of document: UID, _ form: inout ReminderDraftForm, _ page: PageContext, at now: Instant
    ) throws -> DocumentRow {
        let asked = ReminderRequest(of: document, &form.fields)
        let wanted = try form.read()
        let reminder = try reminder(
            document, requirement: asked.requirement, onlyLate: asked.onlyLate, by: asked.by)
        return try draft(reminder, ReminderText(reminder: reminder, page: page), wanted, at: now)
    }

    /// Makes the draft of a dispatch out of a reminder: its words as paragraphs, the units that are missing as
    /// addressees, and a citation of the higher document. Numbered and sent like any other document.
    func draft(
        _ reminder: CoverageReminder, _ text: ReminderText, _ wanted: ReminderDraft, at now: Instant
    ) throws -> DocumentRow {
        guard !reminder.isEmpty else { throw AppError.conflict(Message("reminder.error.nobody")) }
        var draft = DocumentDraft(type: .dispatch, issuer: wanted.issuer, title: text.subject)
        draft.numbering = wanted.numbering
        draft.issuerSign = wanted.issuerSign
        draft.term = wanted.term
        draft.secrecy = max(.internal, reminder.document.document.secrecy)
        let row = try documents.create(draft, at: now)
        let paragraphs = (text.paragraphs + [text.lists.joined(separator: "\n")]).enumerated().map {
            DocumentParagraph(label: String($0 + 1), text: String($1.prefix(DocumentParagraph.length)))
        }
        _ = try documents.write(row.uid, paragraphs, seen: nil, at: now)
        let units = reminder.addressees.map(\.id)
        try documents.insertRecipients(of: row.document.id, units.map(\.value))
        try DocumentMap(tx: tx).refresh(row.document.id)
        try documents.record(.changed, row.document, after: ["recipients": String(units.count)], at: now)
        return try documents.link(
            row.uid, .cites, to: reminder.document.uid, seen: nil, at: now)
    }
}
