import Storage

/// The rules of documents that need to look at units, rights and other documents. Each finds all it can.
struct DocumentRules {
    let store: DocumentStore
    private var tx: Transaction { store.tx }

    /// What a draft and a registered paper have in common. `day`: on which the issuer must exist.
    /// `issuedOn`: nil of a draft.
    func check(
        _ draft: DocumentDraft, on day: Day, issuedOn: Day?, _ found: inout Validation
    ) throws -> UnitRow? {
        let issuer = try checkIssuer(draft.issuer, secrecy: draft.secrecy, on: day, &found)
        if let from = draft.effectFrom ?? issuedOn, let to = draft.effectTo, to <= from {
            found.add("effect_to", "document.error.effect", ["from": .day(from)])
        }
        if draft.aliases.count > DocumentAlias.limit {
            found.add("aliases", "document.error.aliases", ["max": .number(DocumentAlias.limit)])
        }
        return issuer
    }

    /// The unit, when it exists on the day and the viewer keeps its documents up to this secrecy.
    func checkIssuer(
        _ uid: UID, secrecy: Secrecy, on day: Day, _ found: inout Validation
    ) throws -> UnitRow? {
        guard let unit = try ifKnown(store.units.find(uid, on: day)) else {
            found.add("issuer", "document.error.issuer_unknown")
            return nil
        }
        guard try UnitRights(store.viewer).keepDocuments(of: unit.unit.id, in: tx) else {
            found.add("issuer", "document.error.issuer_forbidden", ["name": .text(unit.name)])
            return nil
        }
        if try !UnitRights(store.viewer.reaching(secrecy)).keepDocuments(of: unit.unit.id, in: tx) {
            found.add("secrecy", "document.error.above_ceiling")
        }
        if !unit.unit.exists(on: day) {
            found.add(
                "issuer", "document.error.issuer_not_there",
                ["name": .text(unit.name), "day": .day(day), "from": .day(unit.unit.from), "to": .day(unit.unit.to)])
        }
        return unit
    }

    /// The abbreviation, the type and the term must give a number when the time comes.
    func checkNumbering(_ draft: DocumentDraft, _ found: inout Validation) {
        do {
            _ = try DocumentNumber.compose(
                draft.type, number: 1, numbering: draft.numbering, on: store.today, issuerSign: draft.issuerSign)
        } catch {
            found.add(Problem(draft.issuerSign.isEmpty ? "issuer_sign" : field(of: error), error.message))
        }
        if draft.numbering == .party, draft.term == nil { found.add("term", "document.error.term_missing") }
    }

    private func field(of problem: DocumentNumberProblem) -> String {
        switch problem.reason {
        case .unnumbered, .typeOfOther, .typeUnknown: "type"
        default: "issuer_sign"
        }
    }

    /// Nothing is issued tomorrow.
    func checkNotAhead(_ day: Day, _ found: inout Validation) {
        if day > store.today { found.add("issued_on", "document.error.ahead", ["day": .day(store.today)]) }
    }

    /// A document is not older than what it rests on or changes; each basis must have been issued.
    func checkBases(of document: Document, on day: Day, _ found: inout Validation) throws {
        for row in try tx.all(
            """
            SELECT DISTINCT o.id, o.state, o.issued_on FROM document_link l JOIN document o ON o.id = l.to_id
            WHERE l.from_id = \(document.id) AND l.kind <> 'cites' ORDER BY o.id
            """)
        {
            let known = try ifKnown(store.find(row.id(0, of: Document.self)))
            if try row.text(1) == Document.State.draft.rawValue {
                found.add("issued_on", "document.error.basis_draft", ["basis": name(known)])
            } else if try row.day(2) > day {
                found.add(
                    "issued_on", "document.error.before_basis",
                    [
                        "name": .text(document.name), "day": .day(day), "basis": name(known),
                        "other": .day(try row.day(2)),
                    ])
            }
        }
    }

    /// A basis that the viewer may not know of is said to be there and not named.
    private func name(_ row: DocumentRow?) -> Message.Argument {
        row.map { .text($0.name) } ?? .key("document.hidden")
    }
}
