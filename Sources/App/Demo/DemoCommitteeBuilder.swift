import Storage

/// Sets up the demonstration's committees: seats by role, organs, papers, rules and portfolios.
///
/// What belongs to a committee that has ended is done as of its first day, when there still was something to keep.
struct DemoCommitteeBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    /// Offices of the accounts by key, of experts by title.
    let offices: [String: Office]
    let papers: [String: Document]
    let ownFields: [String: DemoCommittees.Field]
    private var places: DemoPlaces

    init(
        papers: DemoPaperBuilder, offices: [String: Office], fields: [DemoCommittees.Field], places: DemoPlaces
    ) {
        (tx, today, moments) = (papers.tx, papers.today, papers.moments)
        self.offices = offices.merging(papers.experts) { account, _ in account }
        self.papers = papers.made
        ownFields = Dictionary(fields.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.places = places
    }

    mutating func build(_ entries: [DemoCommittees.Entry]) throws {
        for entry in entries { try build(entry) }
    }

    private mutating func build(_ entry: DemoCommittees.Entry) throws {
        let body = try places.find(entry.unit)
        guard let decision = entry.papers.first(where: { $0.item == SetupItem.decision.rawValue }),
            let first = entry.seats.first
        else { throw StartError("The demonstration's committee \"\(entry.key)\" has no decision or no seat.") }
        let from = try demoWord(first.from, Day.init(parsing:))
        let store = CommitteeStore(tx: tx, viewer: Demo.viewer, today: body.unit.to <= today ? from : today)
        let committee = try store.create(
            CommitteeDraft(
                body: .existing(body.uid), programme: entry.programme, from: from, decision: citation(of: decision),
                source: entry.mark.committeeSource), at: moments.at(from, entry.key))
        let coming = Set(entry.consolidation?.coming ?? [])
        for seat in entry.seats where !coming.contains(seat.title) {
            let leaves = entry.consolidation?.leaving.contains(seat.title) == true
            let draft = try draft(seat, isOpen: leaves)
            _ = try store.addSeat(committee.uid, draft, seen: nil, at: moments.at(draft.from, entry.key, step: 1))
        }
        for organ in entry.organs { try add(organ, of: entry.key, to: committee.uid, store) }
        try addPapers(entry, to: committee.uid, store, from: from)
        if let portfolios = entry.portfolios, !portfolios.isEmpty {
            try assign(portfolios, of: entry.key, in: committee.uid, store, from: from)
        }
        if let act = entry.consolidation { try consolidate(committee.uid, act, entry, store) }
    }

    private func draft(_ seat: DemoCommittees.Seat, isOpen: Bool = false) throws -> SeatDraft {
        var draft = SeatDraft(
            position: try demoWord(seat.position, SeatPosition.init(rawValue:)), title: seat.title,
            from: try demoWord(seat.from, Day.init(parsing:)), decision: citation(seat.decision),
            source: seat.mark.committeeSource)
        if !isOpen, let end = seat.to { draft.to = try demoWord(end, Day.init(parsing:)) }
        if let office = offices[seat.office ?? seat.title], let person = try uid(of: office.person) {
            (draft.person, draft.office) = (person.text, office.uid.text)
        }
        return draft
    }

    private func uid(of person: ID<Person>) throws -> UID? {
        try tx.first("SELECT uid FROM person WHERE id = \(person)")?.uid(0)
    }

    private mutating func add(
        _ organ: DemoCommittees.Organ, of key: String, to committee: UID, _ store: CommitteeStore
    ) throws {
        var draft = OrganDraft(
            kind: try demoWord(organ.kind, OrganKind.init(rawValue:)), unit: try places.find(organ.unit).uid,
            from: try demoWord(organ.from, Day.init(parsing:)), decision: citation(organ.decision),
            source: organ.mark.committeeSource)
        if let end = organ.to { draft.to = try demoWord(end, Day.init(parsing:)) }
        _ = try store.addOrgan(committee, draft, seen: nil, at: moments.at(draft.from, key, step: 2))
    }

    /// The papers but the decision, which there is already; a regulation with its rules where they are told.
    private func addPapers(
        _ entry: DemoCommittees.Entry, to committee: UID, _ store: CommitteeStore, from first: Day
    ) throws {
        for paper in entry.papers where paper.item != SetupItem.decision.rawValue {
            let from = max(paper.document.flatMap { papers[$0]?.issuedOn } ?? first, first)
            let now = moments.at(from, entry.key, step: 3)
            if paper.item == SetupItem.regulation.rawValue, let regulation = entry.regulation {
                let rules = RulesDraft(
                    reference: citation(of: paper), from: from, rules: try rules(regulation),
                    source: paper.mark.committeeSource)
                _ = try store.setRules(committee, rules, seen: nil, at: now)
            } else {
                let draft = PaperDraft(
                    item: try demoWord(paper.item, SetupItem.init(rawValue:)), reference: citation(of: paper),
                    from: from,
                    source: paper.mark.committeeSource)
                _ = try store.addPaper(committee, draft, seen: nil, at: now)
            }
        }
    }

    private func rules(_ told: DemoCommittees.Regulation) throws -> CommitteeRules {
        CommitteeRules(
            cadence: try demoWord(told.cadence, SessionCadence.init(rawValue:)),
            calendar: try demoWord(told.calendar, ReportingCalendar.init(rawValue:)), cutOffDay: told.cutOffDay,
            extenders: Set(try told.extenders.map { try demoWord($0, DeadlineExtender.init(rawValue:)) }),
            clearPoints: told.clearPoints, warnDays: told.warnDays, warnDaysLong: told.warnDaysLong)
    }

    private func consolidate(
        _ committee: UID, _ act: DemoCommittees.Consolidation, _ entry: DemoCommittees.Entry, _ store: CommitteeStore
    ) throws {
        let seats = try store.seats(of: try store.find(committee))
        let leaving = seats.filter { act.leaving.contains($0.seat.title) }.map(\.seat.uid)
        let day = try demoWord(act.day, Day.init(parsing:))
        let consolidation = Consolidation(
            from: day, decision: citation(act.decision),
            changes: Dictionary(leaving.map { ($0, .leaves) }, uniquingKeysWith: { first, _ in first }),
            additions: try entry.seats.filter { act.coming.contains($0.title) }.map { try draft($0) })
        _ = try store.consolidate(committee, consolidation, seen: nil, at: moments.at(day, entry.key))
    }

    // MARK: - Citations

    /// "229-QĐ/TW ngày 10/01/2025" of a key; what is no key stands as it is.
    private func citation(_ key: String) -> String {
        guard let paper = papers[key] else { return key }
        let (year, month, day) = paper.issuedOn.parts
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(paper.sign) ngày \(two(day))/\(two(month))/\(year)"
    }

    private func citation(of paper: DemoCommittees.Paper) -> String {
        citation(paper.document ?? paper.reference ?? "")
    }
}

extension DemoCommitteeBuilder {
    /// Members' fields and localities, each from the day of its notice.
    private mutating func assign(
        _ portfolios: [DemoCommittees.Portfolio], of key: String, in committee: UID, _ store: CommitteeStore,
        from first: Day
    ) throws {
        let desk = PortfolioStore(store)
        let used = portfolios.flatMap(\.fields)
        for field in ownFields.values.sorted(by: { $0.key < $1.key }) where used.contains(field.key) {
            _ = try desk.addField(
                committee, FieldDraft(name: field.name, english: field.en), seen: nil,
                at: moments.at(first, key, step: 3))
        }
        let row = try store.find(committee)
        let fields = try desk.fields(of: row), seats = try store.seats(of: row)
        for portfolio in portfolios {
            let seat = try demoWord(portfolio.seat) { title in seats.first { $0.seat.title == title } }
            let day = max(portfolio.notice.flatMap { papers[$0]?.issuedOn } ?? first, seat.seat.from)
            let assignment = Assignment(
                seat: seat.seat.uid, reference: citation(portfolio.notice ?? portfolio.reference ?? ""), from: day,
                fields: try portfolio.fields.map { try uid(ofField: $0, in: fields) },
                localities: try portfolio.localities.map { try places.find("gso-2025:" + $0).uid })
            _ = try desk.assign(committee, assignment, seen: nil, at: moments.at(day, key, step: 4))
        }
    }

    private func uid(ofField code: String, in fields: [WorkField]) throws -> UID {
        try demoWord(code) { code in
            fields.first { $0.family != .own && $0.code == code }
                ?? fields.first { $0.family == .own && $0.name == ownFields[code]?.name }
        }.uid
    }
}

extension DemoMark {
    /// As committees keep it: a place, and the words if there are any.
    var committeeSource: CommitteeSource { CommitteeSource(article: place, quote: words) }
}
