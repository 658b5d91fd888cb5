import Storage

/// Issuing: a draft gets its number, its day and its place in the world, and is a draft no longer.
extension DocumentStore {
    /// Issues a draft under the next number of its series. The caller stands in ``queue(_:)``.
    @discardableResult
    public func issue(_ uid: UID, _ issue: DocumentIssue, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayIssue)
        try bump(row, seen: seen)
        let document = row.document
        let issuer = try check(issue, of: document)
        let from = issue.effectFrom ?? (document.effectFrom == .never ? issue.issuedOn : document.effectFrom)
        let (number, sign, series) = try number(document, on: issue.issuedOn)
        try tx.run(
            """
            UPDATE document SET state = 'issued', issuer_name = \(issuer.name), series = \(series), number = \(number),
            sign = \(sign.sign), sign_key = \(sign.key), issued_on = \(issue.issuedOn), effect_from = \(from),
            signer = \(issue.signer), signer_title = \(issue.signerTitle), capacity = \(issue.capacity?.rawValue ?? "")
            WHERE id = \(document.id)
            """)
        let issued = try made(document.id)
        try record(.issued, issued.document, after: fields(issued.document), at: now)
        try follow(document.id, at: now)
        return issued
    }

    /// The number that a draft would get today; nil when it cannot have one.
    func nextSign(_ document: Document) throws -> String? {
        guard
            let text = DocumentSeries.text(
                document.numbering, on: today, term: DocumentSeries.term(document.series))
        else { return nil }
        let series = DocumentNumbering.Series(issuer: document.issuer, type: document.type, text: text)
        let next = try DocumentNumbering(tx: tx).next(in: series)
        return try? DocumentNumber.compose(
            document.type, number: next, numbering: document.numbering, on: today, issuerSign: document.issuerSign
        ).sign
    }

    private func check(_ issue: DocumentIssue, of document: Document) throws -> UnitRow {
        var found = Validation()
        let rules = DocumentRules(store: self)
        rules.checkNotAhead(issue.issuedOn, &found)
        try rules.checkBases(of: document, on: issue.issuedOn, &found)
        let from = issue.effectFrom ?? (document.effectFrom == .never ? issue.issuedOn : document.effectFrom)
        if document.effectTo != .never, document.effectTo <= from {
            found.add("effect_from", "document.error.effect_over", ["to": .day(document.effectTo)])
        }
        let issuer = try UnitStore(tx: tx, viewer: .system(viewer.name), today: today)
            .find(document.issuer, on: min(issue.issuedOn, today))
        if !issuer.unit.exists(on: issue.issuedOn) {
            found.add(
                "issued_on", "document.error.issuer_not_there",
                [
                    "name": .text(issuer.name), "day": .day(issue.issuedOn), "from": .day(issuer.unit.from),
                    "to": .day(issuer.unit.to),
                ])
        }
        try found.check()
        return issuer
    }

    private func number(
        _ document: Document, on day: Day
    ) throws -> (number: Int, sign: DocumentNumber, series: String) {
        guard
            let text = DocumentSeries.text(document.numbering, on: day, term: DocumentSeries.term(document.series))
        else { throw AppError.invalid([Problem("term", "document.error.term_missing")]) }
        let series = DocumentNumbering.Series(issuer: document.issuer, type: document.type, text: text)
        let number = try DocumentNumbering(tx: tx).take(in: series)
        do {
            let sign = try DocumentNumber.compose(
                document.type, number: number, numbering: document.numbering, on: day,
                issuerSign: document.issuerSign)
            return (number, sign, text)
        } catch {
            throw AppError.invalid([Problem("issuer_sign", error.message)])
        }
    }
}

/// Withdrawing: the document no longer stands; it keeps its number, its text and its links.
extension DocumentStore {
    @discardableResult
    public func withdraw(_ uid: UID, _ act: DocumentWithdrawal, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayWithdraw)
        try bump(row, seen: seen)
        var found = Validation()
        if act.on > today { found.add("on", "document.error.withdrawn_ahead", ["day": .day(today)]) }
        if act.on < row.document.issuedOn {
            found.add("on", "document.error.withdrawn_early", ["day": .day(row.document.issuedOn)])
        }
        if act.reason.isEmpty { found.add("reason", "field.missing") }
        try found.check()
        try tx.run(
            """
            UPDATE document SET state = 'withdrawn', withdrawn_on = \(act.on), withdrawal_reason = \(act.reason)
            WHERE id = \(row.document.id)
            """)
        let withdrawn = try made(row.document.id)
        try record(
            .withdrawn, withdrawn.document,
            after: ["sign": row.document.sign, "on": act.on.text, "reason": act.reason], at: now)
        try follow(row.document.id, at: now)
        return withdrawn
    }
}
