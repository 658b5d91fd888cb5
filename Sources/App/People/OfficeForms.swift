import Storage

/// An office as a form or a JSON body names it.
struct OfficeForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    struct Draft: Sendable {
        /// As typed: a uid, a code or a name.
        let unit: String
        let title: String
        /// Of a day that is missing or wrong the fields have the problem, and nobody reads the draft.
        let from: Day
        let to: Day
        let decision: String

        /// Collects problems in the fields.
        init(_ fields: inout Fields, needsDecision: Bool = false) {
            unit = fields.line("unit")
            title = fields.line("title")
            from = fields.day("from") ?? .never
            to = fields.day("to", required: false) ?? .never
            decision = fields.line("decision", max: 300, required: needsDecision)
        }
    }

    mutating func read() throws(AppError) -> Draft {
        let draft = Draft(&fields)
        try fields.problems.check()
        return draft
    }
}

/// A right as a form or a JSON body names it.
struct GrantForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    struct Draft: Sendable {
        let role: Role
        let hierarchy: Hierarchy
        /// As typed: a uid, a code or a name.
        let unit: String
        let ceiling: Secrecy
        let from: Day
        let to: Day
    }

    mutating func read() throws(AppError) -> Draft {
        let role: Role? = fields.choice("role")
        let hierarchy: Hierarchy? = fields.choice("hierarchy")
        let unit = fields.line("unit")
        let level = fields.line("ceiling", max: 60)
        let ceiling = Secrecy(name: level)
        if ceiling == nil, !level.isEmpty { fields.problems.add("ceiling", "field.choice", ["typed": .text(level)]) }
        let from = fields.day("from")
        let to = fields.day("to", required: false)
        try fields.problems.check()
        guard let role, let hierarchy, let ceiling, let from else {
            throw .invalid([Problem("", "field.missing")])
        }
        return Draft(role: role, hierarchy: hierarchy, unit: unit, ceiling: ceiling, from: from, to: to ?? .never)
    }
}

/// A delegation as a form names it.
struct DelegationForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    struct Draft: Sendable {
        let agent: UID
        let capacity: Delegation.Capacity
        let authority: String
        let from: Day
        let to: Day
    }

    mutating func read() throws(AppError) -> Draft {
        let agent = fields.uid("agent")
        let capacity: Delegation.Capacity? = fields.choice("capacity")
        let authority = fields.line("authority", max: 300)
        let from = fields.day("from")
        let to = fields.day("to", required: false)
        try fields.problems.check()
        guard let agent, let capacity, let from else { throw .invalid([Problem("", "field.missing")]) }
        return Draft(agent: agent, capacity: capacity, authority: authority, from: from, to: to ?? .never)
    }
}

extension PersonStore {
    func appoint(_ person: ID<Person>, _ draft: OfficeForm.Draft, at now: Instant) throws -> Office {
        try appoint(
            person: person, unit: try typedUnit(draft.unit).id, title: draft.title, from: draft.from, to: draft.to,
            decision: draft.decision, at: now)
    }

    func grant(_ office: UID, _ draft: GrantForm.Draft, at now: Instant) throws -> UID {
        try grant(
            office: office, role: draft.role, hierarchy: draft.hierarchy, unit: try typedUnit(draft.unit).id,
            ceiling: draft.ceiling, from: draft.from, to: draft.to, at: now)
    }

    func delegate(_ principal: UID, _ draft: DelegationForm.Draft, at now: Instant) throws -> Delegation {
        try delegate(
            principal: principal, agent: draft.agent, capacity: draft.capacity, authority: draft.authority,
            from: draft.from, to: draft.to, at: now)
    }
}
