import Storage

/// An opinion on a draft: which office was asked, what it said, and what became of it.
public struct DocumentOpinion: Sendable, Equatable {
    public let uid: UID
    public let office: ID<Office>
    /// `Trần Thị B, Giám đốc`, and the unit.
    public let asked: String
    public let unitName: String
    public let askedAt: Instant
    /// ``Day/never`` when none was set.
    public let dueOn: Day
    /// Empty until it is given.
    public let text: String
    public let givenAt: Instant?
    public let answer: Answer?
    public let explanation: String
    public let answeredAt: Instant?

    /// What the drafting side did with it.
    public enum Answer: String, Sendable, CaseIterable {
        case accepted, partly, rejected
    }
}

extension DocumentStore {
    /// Asks an office for its opinion on a draft, which it may know of from then on.
    @discardableResult
    public func ask(_ uid: UID, office: UID, dueOn: Day?, at now: Instant) throws -> DocumentOpinion {
        let row = try find(uid, may: \.mayAsk)
        let people = PersonStore(tx: tx, viewer: viewer, today: today)
        guard let asked = try ifKnown(people.office(office)) else {
            throw AppError.invalid([Problem("office", "document.error.office_unknown")])
        }
        var found = Validation()
        if asked.office.from > today || asked.office.to <= today { found.add("office", "document.error.office_over") }
        if let dueOn, dueOn < today { found.add("due_on", "document.error.due_past", ["day": .day(today)]) }
        let there = try tx.first(
            """
            SELECT 1 FROM document_opinion WHERE document_id = \(row.document.id) AND office_id = \(asked.office.id)
            """)
        if there != nil { found.add("office", "document.error.asked", ["name": .text(asked.personName)]) }
        try found.check()
        let opinion = UID.new(at: now)
        try tx.run(
            """
            INSERT INTO document_opinion (uid, document_id, office_id, asked_at, due_on, text, given_at, answer,
                explanation, answered_at)
            VALUES (\(opinion), \(row.document.id), \(asked.office.id), \(now), \(dueOn ?? .never), '', NULL, '', '', NULL)
            """)
        try DocumentMap(tx: tx).refresh(row.document.id)
        try record(
            .asked, row.document, after: ["office": asked.office.title, "due_on": dueOn?.text ?? ""], at: now)
        return try self.opinion(opinion, of: row)
    }

    /// Gives the opinion that the viewer's office, or the one it acts for, was asked for.
    @discardableResult
    public func give(_ text: String, _ opinion: UID, on uid: UID, at now: Instant) throws -> DocumentOpinion {
        let row = try find(uid)
        let asked = try self.opinion(opinion, of: row)
        guard isOwn(asked) else { throw AppError.forbidden(Message("document.error.not_asked")) }
        guard row.document.state == .draft else {
            throw AppError.conflict(Message("document.error.state.\(row.document.state.rawValue)"))
        }
        if asked.answer != nil { throw AppError.conflict(Message("document.error.answered")) }
        if text.isEmpty { throw AppError.invalid([Problem("text", "field.missing")]) }
        try tx.run("UPDATE document_opinion SET text = \(text), given_at = \(now) WHERE uid = \(opinion)")
        try record(.opined, row.document, after: ["office": viewer.office?.title ?? ""], at: now)
        return try self.opinion(opinion, of: row)
    }

    /// Says what was done with an opinion. What is not wholly accepted is explained.
    @discardableResult
    public func answer(
        _ opinion: UID, on uid: UID, _ answer: DocumentOpinion.Answer, explanation: String, at now: Instant
    ) throws -> DocumentOpinion {
        let row = try find(uid, may: \.mayAnswer)
        let given = try self.opinion(opinion, of: row)
        guard given.givenAt != nil else { throw AppError.conflict(Message("document.error.not_given")) }
        if answer != .accepted, explanation.isEmpty {
            throw AppError.invalid([Problem("explanation", "document.error.explanation")])
        }
        try tx.run(
            """
            UPDATE document_opinion SET answer = \(answer.rawValue), explanation = \(explanation), answered_at = \(now)
            WHERE uid = \(opinion)
            """)
        try record(.answered, row.document, after: ["answer": answer.rawValue], at: now)
        return try self.opinion(opinion, of: row)
    }

    /// All of them for whoever may see them, else the viewer's own.
    func opinions(of row: DocumentRow) throws -> [DocumentOpinion] {
        try opinions(of: row, abilities(row))
    }

    func opinions(of row: DocumentRow, _ rights: DocumentAbilities) throws -> [DocumentOpinion] {
        let all = rights.seesOpinions
        let which: SQL = all ? "1 = 1" : "o.id IN (\(list: ownOffices))"
        return try opinions("q.document_id = \(row.document.id) AND \(which)")
    }

    /// One opinion that the viewer may see.
    public func opinion(_ uid: UID, of row: DocumentRow) throws -> DocumentOpinion {
        guard let found = try opinions(of: row).first(where: { $0.uid == uid }) else { throw AppError.notFound }
        return found
    }

    /// The viewer's office was asked, or the one it acts for.
    func isOwn(_ opinion: DocumentOpinion) -> Bool { ownOffices.contains(opinion.office) }

    /// Drafts on which the viewer's office was asked and has not yet said anything, the oldest request first.
    func openRequests(limit: Int = 10) throws -> [(row: DocumentRow, opinion: UID)] {
        guard !ownOffices.isEmpty else { return [] }
        return try tx.all(
            """
            SELECT \(DocumentRow.columns(scope)), q.uid FROM document_opinion q JOIN document d ON d.id = q.document_id
            \(DocumentRow.issuer(viewer)) WHERE q.office_id IN (\(list: ownOffices)) AND q.given_at IS NULL
            AND d.state = 'draft' AND \(scope.condition()) ORDER BY q.id LIMIT \(limit)
            """
        ).map { (try DocumentRow($0), try $0.uid(DocumentRow.width)) }
    }

    /// The viewer's office, and the one that it acts for.
    var ownOffices: [ID<Office>] {
        viewer.office.map { office in [office.id] + (office.onBehalf.map { [$0.office] } ?? []) } ?? []
    }

    private func opinions(_ condition: SQL) throws -> [DocumentOpinion] {
        try tx.all(
            """
            SELECT q.uid, o.id, p.name, o.title, \(UnitLife.name(today)), q.asked_at, q.due_on, q.text, q.given_at,
                q.answer, q.explanation, q.answered_at
            FROM document_opinion q JOIN office o ON o.id = q.office_id JOIN person p ON p.id = o.person_id
            JOIN unit u ON u.id = o.unit_id WHERE \(condition) ORDER BY q.id
            """
        ).map { row in
            DocumentOpinion(
                uid: try row.uid(0), office: try row.id(1), asked: "\(try row.text(2)), \(try row.text(3))",
                unitName: try row.text(4), askedAt: try row.instant(5), dueOn: try row.day(6), text: try row.text(7),
                givenAt: try row.optionalInstant(8), answer: DocumentOpinion.Answer(rawValue: try row.text(9)),
                explanation: try row.text(10), answeredAt: try row.optionalInstant(11))
        }
    }
}
