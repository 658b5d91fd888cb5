import Storage

/// Making, changing and giving up drafts; mending what was written of an issued document.
extension DocumentStore {
    /// A new draft, without a number. Problems name their field.
    @discardableResult public func create(_ draft: DocumentDraft, at now: Instant) throws -> DocumentRow {
        var found = Validation()
        let issuer = try DocumentRules(store: self).check(draft, on: today, issuedOn: nil, &found)
        DocumentRules(store: self).checkNumbering(draft, &found)
        try found.check()
        guard let issuer else { throw AppError.notFound }
        let id = try insert(
            NewDocument(draft: draft, issuer: issuer, state: .draft, series: "", number: nil, sign: "", day: .never),
            at: now)
        try replaceAliases(of: id, draft.aliases)
        let row = try made(id)
        try record(.created, row.document, after: fields(row.document), at: now)
        if let basis = draft.implements { try link(row, .implements, to: basis, source: "", quote: "", at: now) }
        return try made(id)
    }

    /// Changes what a draft says, or mends what was written of an issued document: its issuer, type, number and day
    /// stay as they are.
    @discardableResult
    public func edit(_ uid: UID, _ draft: DocumentDraft, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayEdit)
        try bump(row, seen: seen)
        var found = Validation()
        let rules = DocumentRules(store: self)
        let isDraft = row.document.state == .draft
        let issuedOn = isDraft ? nil : row.document.issuedOn
        let issuer = try rules.check(draft, on: issuedOn ?? today, issuedOn: issuedOn, &found)
        if isDraft { rules.checkNumbering(draft, &found) }
        if row.document.isReference { found.add("title", "document.error.reference") }
        try found.check()
        guard let issuer else { throw AppError.notFound }
        let from = draft.effectFrom ?? (isDraft ? .never : row.document.issuedOn)
        try tx.run(
            """
            UPDATE document SET title = \(draft.title), title_key = \(DocumentStore.titleKey(draft.title)),
            effect_from = \(from), effect_to = \(draft.effectTo ?? .never), signer = \(draft.signer),
            signer_title = \(draft.signerTitle), capacity = \(draft.capacity?.rawValue ?? ""),
            secrecy = \(draft.secrecy.rawValue), source = \(draft.source), quote = \(draft.quote)
            WHERE id = \(row.document.id)
            """)
        if isDraft { try renumber(row.document.id, draft, issuer) }
        try replaceAliases(of: row.document.id, draft.aliases)
        let changed = try made(row.document.id)
        let (before, after) = UnitStore.difference(fields(row.document), fields(changed.document))
        try record(.changed, changed.document, before: before, after: after, at: now)
        return changed
    }

    /// Gives a draft up. It is gone from every list; its history stays.
    public func discard(_ uid: UID, seen: Int?, at now: Instant) throws {
        let row = try find(uid, may: \.mayDiscard)
        try bump(row, seen: seen)
        try tx.run("UPDATE document SET state = 'discarded' WHERE id = \(row.document.id)")
        try tx.run("DELETE FROM document_link WHERE from_id = \(row.document.id) OR to_id = \(row.document.id)")
        try dropFiles(of: row, at: now)
        try DocumentMap(tx: tx).refresh(row.document.id)
        try record(.discarded, row.document, after: ["title": row.document.title], at: now)
        try follow(row.document.id, at: now)
    }

    private func renumber(_ id: ID<Document>, _ draft: DocumentDraft, _ issuer: UnitRow) throws {
        try tx.run(
            """
            UPDATE document SET type = \(draft.type.rawValue), issuer_id = \(issuer.unit.id),
            issuer_name = \(issuer.name), numbering = \(draft.numbering.rawValue), issuer_sign = \(draft.issuerSign),
            series = \(DocumentStore.draftSeries(draft)) WHERE id = \(id)
            """)
    }

    /// A draft of the Party keeps the term in which it will be numbered; a year is known only on issue.
    static func draftSeries(_ draft: DocumentDraft) -> String {
        draft.numbering == .party ? draft.term.map { "term-\($0)" } ?? "" : ""
    }

    static func titleKey(_ title: String) -> String { String(SortKey.vietnamese(String(title.prefix(80))).prefix(120)) }

    struct NewDocument {
        let draft: DocumentDraft
        let issuer: UnitRow
        let state: Document.State
        let series: String
        let number: Int?
        let sign: String
        let day: Day
        var isReference = false
        var holder = ""
    }

    func insert(_ new: NewDocument, at now: Instant) throws -> ID<Document> {
        let draft = new.draft
        let from = draft.effectFrom ?? new.day
        let row = try tx.first(
            """
            INSERT INTO document (uid, origin, state, type, issuer_id, issuer_name, numbering, issuer_sign, series,
                number, sign, sign_key, title, title_key, issued_on, effect_from, effect_to, signer, signer_title,
                capacity, secrecy, is_reference, holder, source, quote, withdrawn_on, withdrawal_reason, version)
            VALUES (\(UID.new(at: now)), \(try Installation.origin(tx)), \(new.state.rawValue), \(draft.type.rawValue),
                \(new.issuer.unit.id), \(new.issuer.name), \(draft.numbering.rawValue), \(draft.issuerSign),
                \(new.number == nil ? DocumentStore.draftSeries(draft) : new.series), \(new.number), \(new.sign),
                \(DocumentStore.signKey(new.sign)), \(draft.title), \(DocumentStore.titleKey(draft.title)), \(new.day),
                \(from), \(draft.effectTo ?? .never), \(draft.signer), \(draft.signerTitle),
                \(draft.capacity?.rawValue ?? ""), \(draft.secrecy.rawValue), \(new.isReference), \(new.holder),
                \(draft.source), \(draft.quote), \(Day.never), '', 1) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new document has no id") }
        return try row.id(0)
    }

    static func signKey(_ sign: String) -> String { (try? DocumentNumber(parsing: sign))?.key ?? "" }

    /// The document after an act, with its scopes and terms as they are now: whoever did it is told of it, even when
    /// they may not know of it any longer.
    func made(_ id: ID<Document>) throws -> DocumentRow {
        try DocumentMap(tx: tx).refresh(id)
        return try DocumentStore(tx: tx, viewer: .system(viewer.name), today: today).find(id)
    }

    func replaceAliases(of id: ID<Document>, _ aliases: [String]) throws {
        try tx.run("DELETE FROM document_alias WHERE document_id = \(id)")
        var known: Set<String> = []
        for alias in aliases {
            let key = DocumentAlias.key(alias)
            guard !key.isEmpty, known.insert(key).inserted else { continue }
            try tx.run(
                "INSERT INTO document_alias (alias_key, document_id, alias) VALUES (\(key), \(id), \(alias))")
        }
    }

    /// For the event. Of a state secret the number alone.
    func fields(_ document: Document) -> [String: String] {
        var fields = [
            "title": document.title, "type": document.type.rawValue, "sign": document.sign,
            "secrecy": document.secrecy.name, "signer": document.signer, "signer_title": document.signerTitle,
            "capacity": document.capacity?.rawValue ?? "", "holder": document.holder, "source": document.source,
            "issuer": document.issuerName, "issuer_sign": document.issuerSign,
        ]
        if document.issuedOn != .never { fields["issued_on"] = document.issuedOn.text }
        if document.effectFrom != .never { fields["effect_from"] = document.effectFrom.text }
        if document.effectTo != .never { fields["effect_to"] = document.effectTo.text }
        return fields
    }
}
