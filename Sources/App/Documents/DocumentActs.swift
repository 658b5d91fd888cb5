/// What is done to a document that is there, by the name that the command line gives it.
///
/// Giving an opinion is not among them: an office gives its own.
public enum DocumentAct: String, TypedAct {
    case issue, withdraw, discard, link, unlink, address, unaddress, write, change
    case nameReader = "name-reader"
    case unnameReader = "unname-reader"
    case ask, answer

    public var operation: APIOperation {
        switch self {
        case .issue: DocumentOperations.issue
        case .withdraw: DocumentOperations.withdraw
        case .discard: DocumentOperations.discard
        case .link: DocumentOperations.link
        case .unlink: DocumentOperations.unlink
        case .address: DocumentOperations.address
        case .unaddress: DocumentOperations.unaddress
        case .write: DocumentOperations.write
        case .change: DocumentOperations.edit
        case .nameReader: DocumentOperations.name
        case .unnameReader: DocumentOperations.unname
        case .ask: DocumentOperations.ask
        case .answer: DocumentOperations.answer
        }
    }

    public var parts: [APIMember] {
        switch self {
        case .unlink: DocumentOperations.linked
        case .unaddress: [(name: "unit", schema: .uid, required: true)]
        case .unnameReader: [(name: "office", schema: .uid, required: true)]
        case .answer: [(name: "opinion", schema: .uid, required: true)]
        default: []
        }
    }

    public var isPartial: Bool { self == .change }

    var ability: any KeyPath<DocumentAbilities, Bool> & Sendable {
        switch self {
        case .issue: \.mayIssue
        case .withdraw: \.mayWithdraw
        case .discard: \.mayDiscard
        case .link, .unlink: \.mayLink
        case .address, .unaddress: \.mayAddress
        case .write: \.mayWrite
        case .change: \.mayEdit
        case .nameReader, .unnameReader: \.mayName
        case .ask: \.mayAsk
        case .answer: \.mayAnswer
        }
    }
}

extension DocumentStore {
    /// Nil when the document is no more.
    @discardableResult
    func act(
        _ act: DocumentAct, _ uid: UID, _ form: inout DocumentForm, seen: Int?, at now: Instant
    ) throws -> DocumentRow? {
        switch act {
        case .issue: return try issue(uid, try form.issue(), seen: seen, at: now)
        case .withdraw: return try withdraw(uid, try form.withdrawal(), seen: seen, at: now)
        case .write: return try write(uid, try form.paragraphs(), seen: seen, at: now)
        case .unaddress: return try unaddress(uid, try form.recipients().unit, seen: seen, at: now)
        case .address:
            let to = try form.recipients()
            return try address(uid, to: to.unit, kind: to.kind, seen: seen, at: now).row
        case .link:
            let link = try form.link()
            return try self.link(
                uid, link.kind, to: link.other, source: link.source, quote: link.quote, seen: seen, at: now)
        case .unlink:
            let link = try form.link()
            return try unlink(uid, link.kind, to: link.other, seen: seen, at: now)
        case .change:
            let row = try find(uid)
            let draft = try row.document.state == .draft ? form.draft(of: row) : form.correction(of: row)
            return try edit(uid, draft, seen: seen, at: now)
        case .nameReader: return try name(reader: try form.reader(), of: uid, seen: seen, at: now)
        case .unnameReader: return try unname(reader: try form.reader(), of: uid, seen: seen, at: now)
        case .ask:
            let request = try form.request()
            try ask(uid, office: request.office, dueOn: request.dueOn, at: now)
            return try find(uid)
        case .answer:
            let opinion = form.fields.uid("opinion")
            let said = try form.answer()
            guard let opinion else { throw AppError.notFound }
            try answer(opinion, on: uid, said.answer, explanation: said.explanation, at: now)
            return try find(uid)
        case .discard:
            try form.fields.problems.check()
            try discard(uid, seen: seen, at: now)
            return nil
        }
    }
}
