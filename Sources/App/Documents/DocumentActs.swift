/// What is done to a document that is there, by the name that the command line gives it.
///
/// Opinions are not among them: an office gives its own.
public enum DocumentAct: String, TypedAct {
    case issue, withdraw, discard, link, unlink, address, unaddress, write

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
        }
    }

    public var parts: [APIMember] {
        switch self {
        case .unlink: DocumentOperations.linked
        case .unaddress: [(name: "unit", schema: .uid, required: true)]
        default: []
        }
    }

    var ability: any KeyPath<DocumentAbilities, Bool> & Sendable {
        switch self {
        case .issue: \.mayIssue
        case .withdraw: \.mayWithdraw
        case .discard: \.mayDiscard
        case .link, .unlink: \.mayLink
        case .address, .unaddress: \.mayAddress
        case .write: \.mayWrite
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
        case .discard:
            try form.fields.problems.check()
            try discard(uid, seen: seen, at: now)
            return nil
        }
    }
}
