import Storage

/// The committees of communes: many, small and alike, some of them incomplete.
struct DemoCommuneBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    let template: DemoCommittees.Template
    private var places: DemoPlaces

    init(
        _ template: DemoCommittees.Template, tx: Transaction, today: Day, moments: DemoMoments, places: DemoPlaces
    ) {
        self.template = template
        (self.tx, self.today, self.moments) = (tx, today, moments)
        self.places = places
    }

    mutating func build(_ group: DemoCommittees.Communes) throws {
        let store = CommitteeStore(tx: tx, viewer: Demo.viewer, today: today)
        for commune in group.committees { try build(commune, group.mark.committeeSource, store) }
    }

    private mutating func build(
        _ commune: DemoCommittees.Commune, _ source: CommitteeSource, _ store: CommitteeStore
    ) throws {
        let place = try places.find("gso-2025:" + commune.unit)
        let from = try demoWord(commune.from, Day.init(parsing:))
        func moment(_ step: Int) -> Instant { moments.at(from, commune.unit, step: step) }
        func fill(_ text: String) -> String {
            text.replacing("{unit}", with: DemoPlaces.inside(place.name))
                .replacing("{number}", with: commune.number < 10 ? "0\(commune.number)" : "\(commune.number)")
        }
        let decision = fill(template.decision)
        let committee = try store.create(
            CommitteeDraft(
                body: .new(
                    host: place.uid, name: fill(template.name),
                    english: template.en.replacing("{unit}", with: place.name),
                    secrecy: .internal),
                programme: template.programme, from: from, decision: decision, source: source), at: moment(0)
        ).uid
        for (position, title) in [(SeatPosition.head, template.head), (.deputyHead, template.deputy)] {
            let seat = SeatDraft(
                position: position, title: fill(title), from: from, decision: decision,
                source: CommitteeSource(article: DemoMark.madeUp, quote: ""))
            _ = try store.addSeat(committee, seat, seen: nil, at: moment(1))
        }
        for (item, sign) in [
            (SetupItem.regulation, template.regulation), (.notice, template.notice), (.plan, template.plan),
        ] where commune.has.contains(item.rawValue) {
            let paper = PaperDraft(
                item: item, reference: fill(sign), from: from,
                source: CommitteeSource(article: DemoMark.madeUp, quote: ""))
            _ = try store.addPaper(committee, paper, seen: nil, at: moment(2))
        }
        guard commune.has.contains(SetupItem.supportTeam.rawValue) else { return }
        let team = OrganDraft(kind: .supportTeam, name: fill(template.team), from: from, decision: decision)
        _ = try store.addOrgan(committee, team, seen: nil, at: moment(3))
    }
}
