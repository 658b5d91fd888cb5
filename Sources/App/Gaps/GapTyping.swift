/// What is decided of a gap, by the name that the command line gives it.
public enum GapAct: String, TypedAct {
    case change, draft, close, drop, reopen

    public var operation: APIOperation {
        switch self {
        case .change: GapOperations.change
        case .draft: GapOperations.byDocument("Name the draft of the document that is missing")
        case .close: GapOperations.byDocument("Close it by the document that was missing")
        case .drop: GapOperations.forReason("Drop it: the document need not be issued")
        case .reopen: GapOperations.forReason("Open it again")
        }
    }

    public var isPartial: Bool { self == .change }

    var decision: GapDecision.Name? { GapDecision.Name(rawValue: rawValue) }
}

extension GapOperations {
    fileprivate static func byDocument(_ summary: String) -> APIOperation {
        APIOperation(summary, tag: "gaps", body: .object([("document", .uid, true)]), answer: GapBody.schema)
    }

    fileprivate static func forReason(_ summary: String) -> APIOperation {
        APIOperation(summary, tag: "gaps", body: .record(["reason": .string]), answer: GapBody.schema)
    }
}

/// Gaps as they are typed on the command line, for whoever has the data folder.
extension GapStore {
    public static let creation = GapOperations.create

    /// Notes what the words say.
    @discardableResult
    public func create(typed body: TypedBody, at now: Instant) throws -> GapRow {
        var form = GapForm(try body.fields(Self.creation.body?.members ?? []), store: self)
        return try create(try form.draft(), at: now)
    }

    @discardableResult
    public func act(_ act: GapAct, _ uid: UID, typed body: TypedBody, at now: Instant) throws -> GapRow {
        let detail = try detail(uid)
        if act == .change {
            let standing = try GapForm.fields(of: detail, self, day: \.text).raw
            var form = GapForm(try body.fields(act.members, over: standing), store: self, of: detail.row.gap)
            return try change(uid, try form.draft(), seen: nil, at: now)
        }
        var form = GapForm(try body.fields(act.members), store: self, of: detail.row.gap)
        return try decide(uid, try form.decision(act.decision), seen: nil, at: now)
    }
}
