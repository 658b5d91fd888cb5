import Storage

/// Puts the demonstration's papers into the registry: issued ones under their number, drafts with what was said of them.
///
/// Acts that belong to a day that is over are done as of that day, since the bodies of then have ended; their events
/// say when the demonstration was loaded.
struct DemoPaperBuilder {
    let tx: Transaction
    let today: Day
    let now: Instant
    private(set) var places: DemoPlaces
    /// By key.
    private(set) var made: [String: Document] = [:]
    /// Who was asked for an opinion, by title.
    private(set) var experts: [String: Office] = [:]

    init(tx: Transaction, today: Day, now: Instant, places: DemoPlaces) {
        self.tx = tx
        self.today = today
        self.now = now
        self.places = places
    }

    func store(on day: Day) -> DocumentStore { DocumentStore(tx: tx, viewer: Demo.viewer, today: min(day, today)) }

    mutating func build(_ papers: [DemoDocuments.Paper]) throws {
        let inOrder = papers.sorted { ($0.rank, $0.day, $0.key) < ($1.rank, $1.day, $1.key) }
        for paper in inOrder { made[paper.key] = paper.drafted == nil ? try register(paper) : try draft(paper) }
        for paper in inOrder { try complete(paper) }
        for paper in inOrder where paper.opinions != nil { try discuss(paper) }
        for paper in inOrder where paper.drafted != nil && paper.date != nil { try issue(paper) }
    }

    private mutating func register(_ paper: DemoDocuments.Paper) throws -> Document {
        var registration = DocumentRegistration(
            draft: try words(of: paper), sign: paper.sign ?? "", issuedOn: try demoWord(paper.day, Day.init(parsing:)))
        if paper.isSecret {
            registration.isReference = true
            registration.holder = try places.find(paper.holder ?? paper.issuer).name
            (registration.draft.title, registration.draft.source) = ("", "")
        }
        return try store(on: today).register(registration, at: now).document
    }

    private mutating func draft(_ paper: DemoDocuments.Paper) throws -> Document {
        let day = try demoWord(paper.drafted ?? "", Day.init(parsing:))
        return try store(on: day).create(try words(of: paper), at: now).document
    }

    private mutating func words(of paper: DemoDocuments.Paper) throws -> DocumentDraft {
        var draft = DocumentDraft(
            type: try DemoPaperBuilder.type(paper.type), issuer: try places.find(paper.issuer).uid, title: paper.title)
        if let number = paper.sign.flatMap({ try? DocumentNumber(parsing: $0) }) {
            (draft.numbering, draft.issuerSign) = (number.numbering, number.issuerSign)
        } else {
            (draft.numbering, draft.issuerSign) = (paper.term == nil ? .state : .party, paper.issuerSign ?? "")
        }
        draft.term = paper.term
        draft.secrecy = Secrecy(name: paper.secrecy) ?? .restricted
        draft.effectFrom = try paper.effect.map { try demoWord($0.from, Day.init(parsing:)) }
        draft.effectTo = try paper.effect?.to.map { try demoWord($0, Day.init(parsing:)) }
        (draft.signerTitle, draft.capacity) = try DemoPaperBuilder.signer(paper)
        (draft.source, draft.quote) = paper.origin
        draft.aliases = paper.aliases ?? []
        return draft
    }

    static func type(_ abbreviation: String) throws -> DocumentType {
        try demoWord(abbreviation) {
            DocumentType(abbreviation: $0, in: .party) ?? DocumentType(abbreviation: $0, in: .state)
        }
    }

    private static func signer(_ paper: DemoDocuments.Paper) throws -> (String, Delegation.Capacity?) {
        guard let signer = paper.signer, !paper.isSecret else { return ("", nil) }
        return (signer.title, try signer.capacity.map { try demoWord($0, Delegation.Capacity.init(rawValue:)) })
    }

    /// Paragraphs, recipients and links.
    private mutating func complete(_ paper: DemoDocuments.Paper) throws {
        guard let document = made[paper.key] else { return }
        let store = store(on: try demoWord(paper.drafted ?? paper.day, Day.init(parsing:)))
        if let paragraphs = paper.paragraphs {
            try store.write(
                document.uid,
                paragraphs.map { DocumentParagraph(label: $0.number, text: $0.text + "\n" + $0.mark.footnote) },
                seen: nil, at: now)
        }
        for unit in paper.recipients ?? [] {
            try store.address(document.uid, to: try places.find(unit).uid, kind: nil, seen: nil, at: now)
        }
        for link in paper.links ?? [] { try connect(document.uid, link) }
    }

    func connect(_ document: UID, _ link: DemoDocuments.Link) throws {
        let other = try demoWord(link.to) { made[$0] }
        try store(on: today).link(
            document, try demoWord(link.kind, DocumentLink.Kind.init(rawValue:)), to: other.uid,
            source: link.mark?.place ?? DemoMark.madeUp, quote: link.mark?.words ?? "", seen: nil, at: now)
    }

    private func issue(_ paper: DemoDocuments.Paper) throws {
        guard let document = made[paper.key], let sign = paper.sign else { return }
        let number = try DocumentNumber(parsing: sign), day = try demoWord(paper.day, Day.init(parsing:))
        let series = DocumentSeries.text(document.numbering, on: day, term: paper.term) ?? ""
        // The number is that of the file, so the one before it has been taken.
        try DocumentNumbering(tx: tx).keep(
            max(1, number.number - 1),
            in: DocumentNumbering.Series(issuer: document.issuer, type: document.type, text: series))
        let (title, capacity) = try DemoPaperBuilder.signer(paper)
        try store(on: day).issue(
            document.uid, DocumentIssue(issuedOn: day, signerTitle: title, capacity: capacity), seen: nil, at: now)
    }
}

extension DemoPaperBuilder {
    /// What was said of a draft, by offices of then, and what was done with it.
    private mutating func discuss(_ paper: DemoDocuments.Paper) throws {
        guard let document = made[paper.key] else { return }
        for opinion in paper.opinions ?? [] {
            let day = try demoWord(opinion.day, Day.init(parsing:))
            let office = try expert(opinion)
            let asked = try store(on: day).ask(document.uid, office: office.uid, dueOn: nil, at: now)
            let viewer = try ViewerStore(tx: tx).viewer(
                person: office.person, office: office.id, delegation: nil, today: day)
            try DocumentStore(tx: tx, viewer: viewer, today: day).give(
                opinion.text + "\n" + opinion.mark.footnote, asked.uid, on: document.uid, at: now)
            guard let outcome = opinion.outcome else { continue }
            try store(on: day).answer(
                asked.uid, on: document.uid, try demoWord(outcome, DocumentOpinion.Answer.init(rawValue:)),
                explanation: opinion.answer ?? "", at: now)
        }
    }

    /// Somebody who is called by their office.
    private mutating func expert(_ opinion: DemoDocuments.Opinion) throws -> Office {
        if let known = experts[opinion.by] { return known }
        let people = PersonStore(tx: tx, viewer: Demo.viewer, today: today)
        let home = try places.find(opinion.unit).unit
        let office = try people.appoint(
            person: try people.create(name: opinion.by, at: now).id, unit: home.id, title: opinion.by,
            from: max(home.from, Day(year: 2025, month: 1, day: 10) ?? today), decision: DemoMark.madeUp, at: now)
        experts[opinion.by] = office
        return office
    }
}
