import Storage

/// Puts the demonstration's papers into the registry: issued ones under their number, drafts with what was said of them.
///
/// Acts that belong to a day that is over are done as of that day, since the bodies of then have ended.
struct DemoPaperBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    private(set) var places: DemoPlaces
    /// By key.
    private(set) var made: [String: Document] = [:]
    /// On which day each was issued or drafted.
    private(set) var days: [String: Day] = [:]
    /// Who was asked for an opinion, by title.
    private(set) var experts: [String: Office] = [:]

    init(tx: Transaction, today: Day, moments: DemoMoments, places: DemoPlaces) {
        self.tx = tx
        self.today = today
        self.moments = moments
        self.places = places
    }

    func store(on day: Day) -> DocumentStore { DocumentStore(tx: tx, viewer: Demo.viewer, today: min(day, today)) }

    mutating func build(_ papers: [DemoDocuments.Paper]) throws {
        let inOrder = papers.sorted { ($0.rank, $0.day, $0.key) < ($1.rank, $1.day, $1.key) }
        for paper in inOrder {
            days[paper.key] = try firstDay(of: paper)
            made[paper.key] = paper.drafted == nil ? try register(paper) : try draft(paper)
        }
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
        return try store(on: today).register(registration, at: moments.at(registration.issuedOn, paper.key)).document
    }

    private mutating func draft(_ paper: DemoDocuments.Paper) throws -> Document {
        let day = try firstDay(of: paper)
        return try store(on: day).create(try words(of: paper), at: moments.at(day, paper.key)).document
    }

    private func firstDay(of paper: DemoDocuments.Paper) throws -> Day {
        try demoWord(paper.drafted ?? paper.day, Day.init(parsing:))
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
        let day = try firstDay(of: paper), store = store(on: day)
        func moment(_ step: Int) -> Instant { moments.at(day, paper.key, step: step) }
        if let paragraphs = paper.paragraphs {
            try store.write(
                document.uid,
                paragraphs.map { DocumentParagraph(label: $0.number, text: $0.text + "\n" + $0.mark.footnote) },
                seen: nil, at: moment(1))
        }
        for unit in paper.recipients ?? [] {
            try store.address(document.uid, to: try places.find(unit).uid, kind: nil, seen: nil, at: moment(2))
        }
        for link in paper.links ?? [] { try connect(document.uid, link, at: moment(3)) }
    }

    func connect(_ document: UID, _ link: DemoDocuments.Link, at now: Instant) throws {
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
            document.uid, DocumentIssue(issuedOn: day, signerTitle: title, capacity: capacity), seen: nil,
            at: moments.at(day, paper.key))
    }
}

extension DemoPaperBuilder {
    /// What was said of a draft, by offices of then, and what was done with it.
    private mutating func discuss(_ paper: DemoDocuments.Paper) throws {
        guard let document = made[paper.key] else { return }
        for opinion in paper.opinions ?? [] {
            let day = try demoWord(opinion.day, Day.init(parsing:))
            let office = try expert(opinion), about = paper.key + opinion.by
            let asked = try store(on: day).ask(document.uid, office: office.uid, dueOn: nil, at: moments.at(day, about))
            let viewer = try ViewerStore(tx: tx).viewer(
                person: office.person, office: office.id, delegation: nil, today: day)
            try DocumentStore(tx: tx, viewer: viewer, today: day).give(
                opinion.text + "\n" + opinion.mark.footnote, asked.uid, on: document.uid,
                at: moments.at(day, about, step: 4))
            guard let outcome = opinion.outcome else { continue }
            try store(on: day).answer(
                asked.uid, on: document.uid, try demoWord(outcome, DocumentOpinion.Answer.init(rawValue:)),
                explanation: opinion.answer ?? "", at: moments.at(day, about, step: 9))
        }
    }

    /// Somebody who is called by their office.
    private mutating func expert(_ opinion: DemoDocuments.Opinion) throws -> Office {
        if let known = experts[opinion.by] { return known }
        let people = PersonStore(tx: tx, viewer: Demo.viewer, today: today)
        let home = try places.find(opinion.unit).unit
        let from = max(home.from, moments.opening), now = moments.at(from, step: 1)
        let office = try people.appoint(
            person: try people.create(name: opinion.by, at: now).id, unit: home.id, title: opinion.by,
            from: from, decision: DemoMark.madeUp, at: now)
        experts[opinion.by] = office
        return office
    }
}
