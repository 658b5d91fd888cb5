public import Storage

/// What is done to a requirement that is there, by the name that the command line gives it: to itself, or to what one
/// unit owes under it.
public enum RequirementAct: String, TypedAct {
    case change, address, withdraw
    case fulfil, reopen, waive, unwaive, release

    public var operation: APIOperation {
        switch self {
        case .change: CoverageOperations.change
        case .address: CoverageOperations.address
        case .withdraw: CoverageOperations.withdraw
        case .fulfil: CoverageOperations.fulfil
        case .reopen, .waive, .unwaive, .release: CoverageOperations.decideForReason(self)
        }
    }

    public var parts: [APIMember] { decision == nil ? [] : [(name: "unit", schema: .uid, required: true)] }

    public var isPartial: Bool { self == .change }

    /// Of one unit's duty; nil of the requirement itself.
    var decision: DutyDecision.Name? { DutyDecision.Name(rawValue: rawValue) }
}

/// Requirements as they are typed on the command line, for whoever has the data folder.
extension CoverageStore {
    public static let requiring = CoverageOperations.require
    public static let reminding = CoverageOperations.draftReminder

    /// Requires what the words say, in the name of a document.
    @discardableResult
    public func require(of document: UID, typed body: TypedBody, at now: Instant) throws -> RequirementRow {
        var form = RequirementForm(try body.fields(Self.requiring.body?.members ?? []), store: self)
        return try require(try form.draft(of: document), at: now)
    }

    @discardableResult
    public func act(
        _ act: RequirementAct, _ uid: UID, typed body: TypedBody, at now: Instant
    ) throws -> RequirementRow {
        if act == .change { return try change(uid, typed: body, at: now) }
        var form = RequirementForm(try body.fields(act.members), store: self)
        switch (act, act.decision) {
        case (.address, _): return try address(uid, to: try form.audience(), seen: nil, at: now).row
        case (_, let name?):
            let unit = try form.dutyUnit()
            return try decide(uid, unit, try form.decision(name), seen: nil, at: now)
        default: return try withdraw(uid, reason: try form.reason(), seen: nil, at: now)
        }
    }

    private func change(_ uid: UID, typed body: TypedBody, at now: Instant) throws -> RequirementRow {
        let row = try find(uid), old = row.requirement
        let standing = ["title": old.title, "paragraph": old.paragraph, "due_on": old.due.text]
        var form = RequirementForm(try body.fields(RequirementAct.change.members, over: standing), store: self)
        return try change(uid, try form.change(of: row), seen: nil, at: now)
    }

    /// Taken first in the transaction of a change.
    public static func wait(_ tx: Transaction) throws { try queue(tx) }

    /// What a document requires, the earliest deadline first.
    public func requirements(of document: UID) throws -> [RequirementRow] {
        try requirements(of: try documents.find(document).document.id).map(\.row)
    }
}
