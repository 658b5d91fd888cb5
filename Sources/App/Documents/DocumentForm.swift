import Foundation

/// Reads what a form or a JSON body says of a document. The same fields, the same checks, the same words for both.
///
/// A unit or a document is named by its uid in JSON; in a form also by a code, a number or a name.
struct DocumentForm {
    var fields: Fields
    let store: DocumentStore

    init(_ fields: Fields, store: DocumentStore) {
        self.fields = fields
        self.store = store
    }

    /// A draft; of `old`, what the form leaves out stays as it is.
    mutating func draft(of old: DocumentRow? = nil) throws -> DocumentDraft {
        var draft = try facts(needsTitle: true, old: old)
        draft.numbering = fields.choice("numbering", required: old == nil) ?? old?.document.numbering ?? .state
        draft.issuerSign = fields.line("issuer_sign", max: 40, required: old == nil)
        draft.term = term()
        if draft.issuerSign.isEmpty, let old { draft.issuerSign = old.document.issuerSign }
        if draft.term == nil, let old { draft.term = DocumentSeries.term(old.document.series) }
        try fields.problems.check()
        return draft
    }

    /// What was written of an issued document.
    mutating func correction(of row: DocumentRow) throws -> DocumentDraft {
        var draft = try facts(needsTitle: true, old: row)
        (draft.type, draft.numbering) = (row.document.type, row.document.numbering)
        draft.issuer = try store.issuerUID(of: row)
        draft.issuerSign = row.document.issuerSign
        draft.term = DocumentSeries.term(row.document.series)
        try fields.problems.check()
        return draft
    }

    /// A paper that exists already.
    mutating func registration() throws -> DocumentRegistration {
        let isReference = !["", "0", "false"].contains(fields["reference"])
        var draft = try facts(needsTitle: !isReference, old: nil)
        draft.term = term()
        let sign = fields.line("sign", max: 80, required: false)
        if !sign.isEmpty {
            // Here already, so that it is told together with what is wrong with the other fields.
            do { _ = try DocumentNumber(parsing: sign) } catch { fields.problems.add(Problem("sign", error.message)) }
        }
        let issuedOn = fields.day("issued_on")
        var paper = DocumentRegistration(draft: draft, sign: sign, issuedOn: issuedOn ?? store.today)
        paper.isReference = isReference
        paper.holder = fields.line("holder", max: 200, required: false)
        try fields.problems.check()
        return paper
    }

    mutating func issue() throws -> DocumentIssue {
        let issue = DocumentIssue(
            issuedOn: fields.day("issued_on", required: false) ?? store.today,
            effectFrom: fields.day("effect_from", required: false),
            signer: fields.line("signer", required: false), signerTitle: fields.line("signer_title", required: false),
            capacity: fields.choice("capacity", required: false))
        try fields.problems.check()
        return issue
    }

    mutating func withdrawal() throws -> DocumentWithdrawal {
        let act = DocumentWithdrawal(
            on: fields.day("on", required: false) ?? store.today, reason: fields.line("reason", max: 1_000))
        try fields.problems.check()
        return act
    }

    mutating func link() throws -> (kind: DocumentLink.Kind, other: UID, source: String, quote: String) {
        let kind: DocumentLink.Kind? = fields.choice("kind")
        let other = try document("document", required: true)
        let source = fields.line("source", max: 300, required: false)
        let quote = fields.paragraphs("quote", max: 2_000)
        try fields.problems.check()
        guard let kind, let other else { throw AppError.invalid([Problem("document", "document.error.unknown")]) }
        return (kind, other, source, quote)
    }

    mutating func paragraphs() throws -> [DocumentParagraph] {
        let text = fields.paragraphs("text", max: 1_000_000)
        var found = fields.problems
        let paragraphs = DocumentParagraph.parse(text, &found)
        try found.check()
        return paragraphs
    }

    mutating func recipients() throws -> (unit: UID, kind: UnitKind?) {
        let unit = try unit("unit", required: true)
        let kind: UnitKind? = fields.choice("kind", required: false)
        try fields.problems.check()
        guard let unit else { throw AppError.invalid([Problem("unit", "document.error.unit_unknown")]) }
        return (unit, kind)
    }

    mutating func request() throws -> (office: UID, dueOn: Day?) {
        let office = fields.uid("office")
        let dueOn = fields.day("due_on", required: false)
        try fields.problems.check()
        guard let office else { throw AppError.invalid([Problem("office", "document.error.office_unknown")]) }
        return (office, dueOn)
    }

    mutating func reader() throws -> UID {
        let office = fields.uid("office")
        try fields.problems.check()
        guard let office else { throw AppError.invalid([Problem("office", "document.error.office_unknown")]) }
        return office
    }

    mutating func opinion() throws -> String {
        let text = fields.paragraphs("text", max: 10_000, required: true)
        try fields.problems.check()
        return text
    }

    mutating func answer() throws -> (answer: DocumentOpinion.Answer, explanation: String) {
        let answer: DocumentOpinion.Answer? = fields.choice("answer")
        let explanation = fields.paragraphs("explanation", max: 4_000)
        try fields.problems.check()
        guard let answer else { throw AppError.invalid([Problem("answer", "field.missing")]) }
        return (answer, explanation)
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    private mutating func facts(needsTitle: Bool, old: DocumentRow?) throws -> DocumentDraft {
        let type = fields.choice("type", of: DocumentType.self, required: old == nil) ?? old?.document.type
        let issuer = try unit("issuer", required: old == nil) ?? old.map { try store.issuerUID(of: $0) }
        var draft = DocumentDraft(
            type: type ?? .plan, issuer: issuer ?? UID.new(at: Instant(milliseconds: 0)),
            title: fields.line("title", max: 1_000, required: needsTitle))
        draft.effectFrom = fields.day("effect_from", required: false)
        draft.effectTo = fields.day("effect_to", required: false)
        draft.signer = fields.line("signer", required: false)
        draft.signerTitle = fields.line("signer_title", required: false)
        draft.capacity = fields.choice("capacity", required: false)
        draft.secrecy = secrecy(old?.document.secrecy)
        draft.source = fields.line("source", max: 300, required: false)
        draft.quote = fields.paragraphs("quote", max: 2_000)
        draft.aliases = fields.paragraphs("aliases", max: 2_000).split(separator: "\n").compactMap {
            CleanText.line(String($0))
        }
        draft.implements = try document("implements", required: false)
        return draft
    }

    private mutating func term() -> Int? { fields.integer("term", in: 1...99, required: false) }

    private mutating func secrecy(_ old: Secrecy?) -> Secrecy {
        let name = fields.line("secrecy", max: 20, required: false)
        if let secrecy = Secrecy(name: name) { return secrecy }
        if !name.isEmpty { fields.problems.add("secrecy", "field.choice", ["typed": .text(name)]) }
        return old ?? .internal
    }

    private mutating func unit(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, required: required)
        guard !typed.isEmpty else { return nil }
        if let found = try store.units.find(typed: typed) { return found.uid }
        fields.problems.add(name, name == "issuer" ? "document.error.issuer_unknown" : "document.error.unit_unknown")
        return nil
    }

    private mutating func document(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, max: 1_000, required: required)
        guard !typed.isEmpty else { return nil }
        let found = try store.named(typed)
        if found.count == 1, let only = found.first { return only.uid }
        if found.isEmpty {
            fields.problems.add(name, "document.error.unknown")
        } else {
            let names = found.prefix(3).map { "\($0.name) (\($0.document.issuerName))" }.joined(separator: "; ")
            fields.problems.add(name, "document.error.several", ["names": .text(names)])
        }
        return nil
    }
}
