import Storage

/// What lower units have issued below the demonstration's papers, and who must still issue.
struct DemoDutyBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    let basis: String
    private(set) var papers: DemoPaperBuilder
    private var places: DemoPlaces
    /// The document of a unit by requirement.
    private var issued: [String: [String: UID]] = [:]

    init(papers: DemoPaperBuilder, basis: String) {
        (tx, today, moments) = (papers.tx, papers.today, papers.moments)
        self.papers = papers
        self.basis = basis
        places = papers.places
    }

    mutating func build(_ requirements: [DemoDocuments.Requirement]) throws {
        for requirement in requirements {
            for issue in requirement.issued { try put(issue, under: requirement) }
            try require(requirement)
        }
    }

    private mutating func put(
        _ issue: DemoDocuments.Requirement.Issue, under requirement: DemoDocuments.Requirement
    ) throws {
        if let key = issue.document {
            issued[requirement.key, default: [:]][issue.unit] = try demoWord(key) { papers.made[$0] }.uid
            return
        }
        let unit = try places.find(issue.unit), day = try demoWord(issue.date ?? "", Day.init(parsing:))
        let name = DemoPlaces.inside(unit.name)
        var draft = DocumentDraft(
            type: try DemoPaperBuilder.type(requirement.type),
            issuer: try issuer(requirement, unit, at: moments.at(day, issue.unit)).uid,
            title: requirement.title.replacing("{unit}", with: name))
        draft.term = requirement.term
        draft.source = DemoMark.madeUp
        let sign = issue.sign ?? (requirement.sign ?? "").replacing("{number}", with: "\(issue.number ?? 0)")
        let number = try DocumentNumber(parsing: sign)
        (draft.numbering, draft.issuerSign) = (number.numbering, number.issuerSign)
        let made = try papers.store(on: today).register(
            DocumentRegistration(
                draft: draft, sign: number.sign, issuedOn: day), at: moments.at(day, issue.unit))
        for link in requirement.links { try papers.connect(made.uid, link, at: moments.at(day, issue.unit, step: 1)) }
        if let other = requirement.concretises, let above = issued[other]?[issue.unit] {
            try papers.store(on: today).link(
                made.uid, .concretises, to: above, source: DemoMark.madeUp, seen: nil,
                at: moments.at(day, issue.unit, step: 1))
        }
        issued[requirement.key, default: [:]][issue.unit] = made.uid
    }

    /// The body of the unit that issues, or the unit itself.
    private mutating func issuer(
        _ requirement: DemoDocuments.Requirement, _ unit: UnitRow, at now: Instant
    ) throws -> UnitRow {
        guard let body = requirement.issuer else { return unit }
        let name = body.name.replacing("{unit}", with: DemoPlaces.inside(unit.name))
            .replacing("{party}", with: DemoPlaces.partyCommittee(of: unit.name))
        return try places.body(
            try demoWord(body.kind, UnitKind.init(rawValue:)), named: name, in: unit, basis: basis, at: now)
    }

    /// Asked on its last day at the latest, so that districts are asked while there were any.
    private mutating func require(_ requirement: DemoDocuments.Requirement) throws {
        let due = try demoWord(requirement.due, Day.init(parsing:))
        let store = CoverageStore(tx: tx, viewer: Demo.viewer, today: min(due, today))
        var draft = RequirementDraft(
            document: try demoWord(requirement.basis) { papers.made[$0] }.uid,
            type: try DemoPaperBuilder.type(requirement.type), due: due, audience: try audience(requirement.units))
        draft.owner = try places.find(requirement.owner).uid
        draft.title = requirement.text + " (" + DemoMark.madeUp.lowercased() + ")"
        draft.paragraph = requirement.paragraph ?? ""
        let row = try store.require(draft, at: try moment(of: requirement, due: due))
        for issue in requirement.issued {
            guard let reason = issue.byHand, let document = issued[requirement.key]?[issue.unit] else { continue }
            try store.fulfil(
                row.uid, try places.find(issue.unit).uid, by: document, reason: reason, seen: nil,
                at: moments.at(try day(of: issue), issue.unit, step: 2))
        }
    }

    private func day(of issue: DemoDocuments.Requirement.Issue) throws -> Day {
        if let day = issue.document.flatMap({ papers.days[$0] }) { return day }
        return try demoWord(issue.date ?? "", Day.init(parsing:))
    }

    /// Asked when the paper came that asks for it, of units of today not before they began.
    private func moment(of requirement: DemoDocuments.Requirement, due: Day) throws -> Instant {
        let basis = try demoWord(requirement.basis) { papers.days[$0] }
        let day = due < DemoMoments.reform ? basis : max(basis, DemoMoments.reform)
        return moments.at(day, requirement.key, step: 4)
    }

    private mutating func audience(_ units: DemoDocuments.Requirement.Units) throws -> RequirementAudience {
        if let list = units.list { return .units(try list.map { try places.find($0).uid }) }
        let top = try places.find(try demoWord(units.below ?? "") { $0.isEmpty ? nil : $0 }).uid
        switch units.level {
        case "province": return .provinces(below: top)
        case "commune": return .communes(below: top)
        default:
            var filter = UnitFilter()
            (filter.parent, filter.state, filter.level) = (top, .all, .district)
            let found = try places.store.list(filter, page: PageRequest(after: nil, limit: 200)).items
            return .units(found.map(\.uid))
        }
    }
}
