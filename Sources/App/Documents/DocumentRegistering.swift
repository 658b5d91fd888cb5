import Storage

/// Entering a paper that exists already: it keeps the number that is printed on it.
extension DocumentStore {
    /// Registers a paper. The number is read by its grammar; one that is taken is refused with the document that has
    /// it and the next that is free.
    @discardableResult
    public func register(_ paper: DocumentRegistration, at now: Instant) throws -> DocumentRow {
        let (id, row) = try put(paper, at: now)
        try record(.registered, row.document, after: fields(row.document), at: now)
        if let basis = paper.draft.implements { try link(row, .implements, to: basis, source: "", quote: "", at: now) }
        return try made(id)
    }

    /// As ``register(_:at:)`` without its event and links, for an import.
    func put(_ paper: DocumentRegistration, at now: Instant) throws -> (id: ID<Document>, row: DocumentRow) {
        var paper = paper
        var found = Validation()
        let rules = DocumentRules(store: self)
        rules.checkNotAhead(paper.issuedOn, &found)
        DocumentStore.checkReference(paper, &found)
        let number = DocumentStore.readSign(&paper, &found)
        let issuer = try rules.check(paper.draft, on: min(paper.issuedOn, today), issuedOn: paper.issuedOn, &found)
        var series: DocumentNumbering.Series?
        if let number, let issuer { series = try self.series(number, &paper, issuer, &found) }
        try found.check()
        guard let issuer else { throw AppError.notFound }
        let id = try insert(
            NewDocument(
                draft: paper.draft, issuer: issuer, state: .issued, series: series?.text ?? "",
                number: number?.number, sign: number?.sign ?? "", day: paper.issuedOn, isReference: paper.isReference,
                holder: paper.holder), at: now)
        if let number, let series { try DocumentNumbering(tx: tx).keep(number.number, in: series) }
        try replaceAliases(of: id, paper.draft.aliases)
        return (id, try made(id))
    }

    /// Of a state secret nothing is kept but number, day and holder.
    private static func checkReference(_ paper: DocumentRegistration, _ found: inout Validation) {
        guard paper.isReference else {
            if paper.draft.title.isEmpty { found.add("title", "field.missing") }
            if !paper.holder.isEmpty { found.add("holder", "document.error.holder") }
            return
        }
        if paper.holder.isEmpty { found.add("holder", "document.error.holder_missing") }
        if paper.sign.isEmpty { found.add("sign", "field.missing") }
        let said = [
            ("title", paper.draft.title), ("quote", paper.draft.quote), ("source", paper.draft.source),
            ("signer", paper.draft.signer), ("signer_title", paper.draft.signerTitle),
            ("aliases", paper.draft.aliases.first ?? ""),
        ]
        for (field, text) in said where !text.isEmpty { found.add(field, "document.error.reference") }
    }

    /// The printed number; nil with a problem when it cannot be read, nil without one when there is none.
    private static func readSign(
        _ paper: inout DocumentRegistration, _ found: inout Validation
    ) -> DocumentNumber? {
        if paper.isReference { paper.draft.secrecy = .restricted }
        guard !paper.sign.isEmpty else { return nil }
        let number: DocumentNumber
        do {
            number = try DocumentNumber(parsing: paper.sign)
        } catch {
            found.add(Problem("sign", error.message))
            return nil
        }
        if number.grammar == .loose { found.add("sign", "document.error.loose", ["typed": .text(number.sign)]) }
        if let type = number.type, type != paper.draft.type, !isNamesake(paper.draft.type, type, number) {
            found.add(
                "type", "document.error.other_type",
                ["sign": .text(number.sign), "read": .key(type.nameKey), "typed": .key(paper.draft.type.nameKey)])
        }
        if let year = number.year, year != paper.issuedOn.parts.year {
            found.add(
                "issued_on", "document.error.other_year",
                ["sign": .text(number.sign), "year": .text(String(year)), "day": .day(paper.issuedOn)])
        }
        (paper.draft.numbering, paper.draft.issuerSign) = (number.numbering, number.issuerSign)
        return number
    }

    /// Two types may share an abbreviation without its marks: HD and HĐ, DA and ĐA.
    private static func isNamesake(_ typed: DocumentType, _ read: DocumentType, _ number: DocumentNumber) -> Bool {
        let system: DocumentSystem = number.grammar == .party ? .party : .state
        guard let first = typed.abbreviation(in: system), let second = read.abbreviation(in: system) else {
            return false
        }
        return NumberLetters.folded(first) == NumberLetters.folded(second)
    }

    /// The series in which the number counts, if it is free there.
    private func series(
        _ number: DocumentNumber, _ paper: inout DocumentRegistration, _ issuer: UnitRow, _ found: inout Validation
    ) throws -> DocumentNumbering.Series? {
        if paper.draft.numbering == .party, paper.draft.term == nil {
            paper.draft.term = try usualTerm(of: issuer, number, on: paper.issuedOn)
        }
        guard let text = DocumentSeries.text(paper.draft.numbering, on: paper.issuedOn, term: paper.draft.term) else {
            found.add("term", "document.error.term_missing")
            return nil
        }
        let series = DocumentNumbering.Series(issuer: issuer.unit.id, type: paper.draft.type, text: text)
        guard let holder = try DocumentNumbering(tx: tx).holder(of: number.number, in: series) else { return series }
        let next = try DocumentNumbering(tx: tx).next(in: series)
        let free = try? DocumentNumber.compose(
            paper.draft.type, number: next, numbering: paper.draft.numbering, on: paper.issuedOn,
            issuerSign: paper.draft.issuerSign)
        let other = try ifKnown(find(holder))
        found.add(
            "sign", "document.error.taken",
            [
                "sign": .text(number.sign), "next": .text(free?.sign ?? String(next)),
                "title": other.map { $0.document.isReference ? .key("document.reference") : .text($0.document.title) }
                    ?? .key("document.hidden"),
                "day": .day(other?.document.issuedOn ?? .never),
            ])
        return series
    }

    /// The term is rarely typed: that of the Central Committee follows from the day, that of any other from its last
    /// document of the same years.
    private func usualTerm(of issuer: UnitRow, _ number: DocumentNumber, on day: Day) throws -> Int? {
        if NumberLetters.folded(number.issuer).hasSuffix("tw") { return DocumentSeries.centralTerm(on: day) }
        return try DocumentNumbering(tx: tx).habit(of: issuer.unit.id)?.term
    }
}
