import Storage

/// The documents that are still to be issued, with their drafts, and the one that closed its gap.
struct DemoGapBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    let papers: [String: Document]
    private let days: [String: Day]
    private var places: DemoPlaces

    init(papers: DemoPaperBuilder, places: DemoPlaces) {
        (tx, today, moments) = (papers.tx, papers.today, papers.moments)
        (self.papers, days) = (papers.made, papers.days)
        self.places = places
    }

    mutating func build(_ gaps: [DemoDocuments.Gap]) throws {
        for gap in gaps { try note(gap) }
    }

    private mutating func note(_ gap: DemoDocuments.Gap) throws {
        let store = GapStore(tx: tx, viewer: Demo.viewer, today: today)
        var draft = GapDraft(
            title: gap.text, type: try DemoPaperBuilder.type(gap.type), owner: try places.find(gap.owner).uid,
            due: try demoWord(gap.due, Day.init(parsing:)))
        draft.basis = try paper(gap.basis)
        draft.paragraph = gap.paragraph ?? ""
        draft.reason = gap.mark.footnote
        draft.blocks = gap.blocks.map(\.text).joined(separator: "\n")
        draft.blockedUnits = try gap.blocks.flatMap { $0.units ?? [] }.map { try places.find($0).uid }
        draft.blockedDocuments = try gap.blocks.flatMap { $0.documents ?? [] }.map(paper)
        let first = try demoWord(gap.basis) { days[$0] }
        let made = try store.create(draft, at: moments.at(first, gap.key, step: 4))
        if let key = gap.draft {
            let drafted = max(try demoWord(key) { days[$0] }, first)
            try store.decide(
                made.uid, .draft(try paper(key)), seen: nil, at: moments.at(drafted, gap.key, step: 5))
        }
        if let key = gap.closedBy { try close(made.uid, by: try demoWord(key) { papers[$0] }) }
    }

    /// As of the day on which the document was issued.
    private func close(_ gap: UID, by document: Document) throws {
        try GapStore(tx: tx, viewer: Demo.viewer, today: document.issuedOn)
            .decide(gap, .close(by: document.uid), seen: nil, at: moments.at(document.issuedOn, document.sign, step: 5))
    }

    private func paper(_ key: String) throws -> UID { try demoWord(key) { papers[$0] }.uid }
}
