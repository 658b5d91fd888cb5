import Storage

/// What a form or a JSON body says of the work of an office that is left: a successor by office or by person, taken
/// along by whoever moves, or open with a reason. One of these at most.
struct SuccessionDraft: Sendable {
    /// The word for taking the work along, in the place of an office.
    static let along = "along"
    static let names: Set<String> = ["successor", "successor_person", "reason", "leave_rest"]

    private let successor: String
    private let person: String
    private let reason: String
    /// What the rules do not let a successor take over stays open.
    let leavesRest: Bool

    /// Collects problems in the fields.
    init(_ fields: inout Fields) {
        successor = fields.line("successor", max: 60, required: false)
        person = fields.line("successor_person", required: false)
        reason = fields.line("reason", max: 500, required: false)
        leavesRest = ["1", "true"].contains(fields.line("leave_rest", max: 5, required: false))
        if [successor, person, reason].count(where: { !$0.isEmpty }) > 1 {
            fields.problems.add("successor", "person.end.one_answer")
        } else if !successor.isEmpty, successor != SuccessionDraft.along, UID(parsing: successor) == nil {
            fields.problems.add("successor", "field.unknown")
        }
    }

    /// The people that it names, looked up as the viewer may know of them.
    func succession(_ store: PersonStore) throws -> Succession? {
        if successor == SuccessionDraft.along { return .along }
        if let office = UID(parsing: successor) { return .office(office) }
        if !person.isEmpty {
            guard let found = try store.find(typed: person) else {
                throw AppError.invalid([Problem("successor_person", "person.end.person_unknown")])
            }
            return .person(found.uid)
        }
        return reason.isEmpty ? nil : .open(reason: reason)
    }
}

/// The end of an office as a form or a JSON body names it.
struct EndingForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    struct Draft: Sendable {
        let from: Day
        let decision: String
        let succession: SuccessionDraft
    }

    mutating func read() throws(AppError) -> Draft {
        let from = fields.day("from")
        let decision = fields.line("decision", max: 300, required: false)
        let succession = SuccessionDraft(&fields)
        try fields.problems.check()
        guard let from else { throw .invalid([Problem("from", "field.missing")]) }
        return Draft(from: from, decision: decision, succession: succession)
    }
}

/// A move to another office as a form or a JSON body names it.
struct TransferForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    struct Draft: Sendable {
        let office: OfficeForm.Draft
        let succession: SuccessionDraft
    }

    mutating func read() throws(AppError) -> Draft {
        let draft = Draft(office: OfficeForm.Draft(&fields, needsDecision: true), succession: SuccessionDraft(&fields))
        try fields.problems.check()
        return draft
    }
}

extension PersonStore {
    func endOffice(_ uid: UID, _ draft: EndingForm.Draft, at now: Instant) throws {
        // Who may not know of the office learns nothing of what is wrong with the rest.
        try requireMayEnd(try office(uid))
        let ending = OfficeEnding(
            from: draft.from, decision: draft.decision, succession: try draft.succession.succession(self),
            leavesRest: draft.succession.leavesRest)
        try endOffice(uid, ending, at: now)
    }

    @discardableResult
    func transfer(_ uid: UID, _ draft: TransferForm.Draft, at now: Instant) throws -> OfficeRow {
        try requireMayEnd(try office(uid))
        let next = draft.office
        let move = OfficeTransfer(
            unit: try typedUnit(next.unit).id, title: next.title, from: next.from, to: next.to,
            decision: next.decision, succession: try draft.succession.succession(self),
            leavesRest: draft.succession.leavesRest)
        return try transfer(uid, move, at: now)
    }
}
