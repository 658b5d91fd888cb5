import Storage

/// Finds what fulfils a duty: an issued document of the wanted type that implements or concretises the higher one,
/// issued by the unit itself or, for a territory, by one of its governing bodies; the earliest counts.
///
/// A department's plan is not its province's plan, and a plan that rests on the higher document only through another
/// is not taken for the one that was wanted: such a document is named by hand, with a reason. Here the whole is looked
/// at, whatever the viewer may know of, so that a duty never stands differently for two people.
struct DutyMatching {
    let store: CoverageStore
    private var tx: Transaction { store.tx }

    /// What speaks for a territory.
    static let governing: [UnitKind] = [
        .peoplesCommittee, .peoplesCouncil, .partyCommittee, .steeringCommittee,
    ]
    private static let kinds: SQL = "l.kind IN ('implements', 'concretises')"

    /// After a document was issued, registered, withdrawn, linked or unlinked. Each duty that changes has its event.
    func documentChanged(_ id: ID<Document>, at now: Instant) throws {
        for duty in try affected(by: id) {
            let best = try best(for: duty)
            guard best?.document != duty.fulfilledBy else { continue }
            try fulfil(duty.id, best)
            try record(duty, best, at: now)
        }
    }

    /// Matches what there is already to new duties of one requirement. Returns how many are fulfilled by it.
    func match(_ requirement: Requirement, units: Set<ID<OrgUnit>>) throws -> Int {
        var done: Set<Int64> = []
        for candidate in try candidates(requirement) {
            for unit in try represented(by: candidate.issuer) where units.contains(unit) {
                guard let row = try duty(of: requirement.id, unit), done.insert(row).inserted else { continue }
                try fulfil(row, Match(document: candidate.document, on: candidate.on))
            }
        }
        return done.count
    }

    // MARK: - What should be

    /// Named by hand, or taken back: no link changes it.
    private static let isByHand: SQL = "CASE WHEN y.fulfilled_how = 'hand' OR y.removed = 1 THEN 1 ELSE 0 END"

    /// Duties of which the document that fulfils them, or the state, is not what the rules say.
    func wrong() throws -> [Int64] {
        let rows = try tx.all(
            """
            SELECT \(DutyMatching.columns), \(DutyMatching.isByHand), CASE WHEN y.state = \(CoverageStore.state) THEN 1 ELSE 0 END
            FROM document_duty y ORDER BY y.id
            """)
        return try rows.filter { row in
            guard try row.bool(7) else { return true }
            let duty = try Affected(row)
            return try !row.bool(6) && best(for: duty)?.document != duty.fulfilledBy
        }.map { try $0.int64(0) }
    }

    /// Puts right what is wrong, as far as it is not what was written by hand.
    func mend(at now: Instant) throws {
        for id in try wrong() {
            try store.settle(id)
            let row = try tx.first(
                "SELECT \(DutyMatching.columns), \(DutyMatching.isByHand) FROM document_duty y WHERE y.id = \(id)")
            guard let row, try !row.bool(6) else { continue }
            let duty = try Affected(row)
            let best = try best(for: duty)
            guard best?.document != duty.fulfilledBy else { continue }
            try fulfil(id, best)
            try record(duty, best, at: now)
        }
    }

    // MARK: - What is affected

    private struct Affected {
        let id: Int64
        let requirement: ID<Requirement>
        let unit: ID<OrgUnit>
        let document: ID<Document>
        let type: String
        let fulfilledBy: ID<Document>?

        /// From ``DutyMatching/columns``.
        init(_ row: Row) throws {
            (id, requirement, unit) = (try row.int64(0), try row.id(1), try row.id(2))
            (document, type, fulfilledBy) = (try row.id(3), try row.text(4), try row.optionalID(5))
        }
    }

    struct Match {
        let document: ID<Document>
        let on: Day
    }

    private static let columns: SQL = "y.id, y.requirement_id, y.unit_id, y.document_id, y.type, y.fulfilled_by"

    /// Duties that it fulfils now, and those that it might fulfil. One named by hand stays so as long as its document
    /// stands.
    private func affected(by id: ID<Document>) throws -> [Affected] {
        guard
            let row = try tx.first("SELECT state, type, issuer_id FROM document WHERE id = \(id)")
        else { return [] }
        let stands = try row.text(0) == Document.State.issued.rawValue
        let byLink: SQL = stands ? "AND y.fulfilled_how = 'link'" : ""
        let present: SQL = """
            SELECT \(DutyMatching.columns) FROM document_duty y WHERE y.fulfilled_by = \(id) \(byLink)
            """
        var rows = try tx.all(present)
        if stands {
            let units = try represented(by: try row.id(2))
            rows += try tx.all(
                """
                SELECT \(DutyMatching.columns) FROM document_link l JOIN document_duty y ON y.document_id = l.to_id
                WHERE l.from_id = \(id) AND \(DutyMatching.kinds) AND y.unit_id IN (\(list: units))
                AND y.type = \(try row.text(1)) AND y.removed = 0 AND y.fulfilled_how <> 'hand' ORDER BY y.id
                """)
        }
        var known: Set<Int64> = []
        return try rows.map(Affected.init).filter { known.insert($0.id).inserted }
    }

    /// Whom an issuer speaks for: itself, and the territory that it governs.
    private func represented(by issuer: ID<OrgUnit>) throws -> [ID<OrgUnit>] {
        [issuer]
            + (try tx.all(
                """
                SELECT DISTINCT e.parent_id FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id
                WHERE e.unit_id = \(issuer) AND e.hierarchy = 'territory'
                AND v.kind IN (\(list: DutyMatching.governing.map(\.rawValue))) ORDER BY e.parent_id
                """
            ).map { try $0.id(0) })
    }

    private func speakers(for unit: ID<OrgUnit>) throws -> [ID<OrgUnit>] {
        [unit]
            + (try tx.all(
                """
                SELECT DISTINCT e.unit_id FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id
                WHERE e.parent_id = \(unit) AND e.hierarchy = 'territory'
                AND v.kind IN (\(list: DutyMatching.governing.map(\.rawValue))) ORDER BY e.unit_id
                """
            ).map { try $0.id(0) })
    }

    // MARK: - What fulfils

    /// Driven by the issuers, which are few; CROSS JOIN keeps that order on SQLite.
    private func best(for duty: Affected) throws -> Match? {
        try tx.first(
            """
            SELECT f.id, f.issued_on FROM document f CROSS JOIN document_link l
            WHERE f.issuer_id IN (\(list: try speakers(for: duty.unit))) AND f.type = \(duty.type)
            AND f.state = 'issued' AND l.from_id = f.id AND l.to_id = \(duty.document) AND \(DutyMatching.kinds)
            ORDER BY f.issued_on, f.id LIMIT 1
            """
        ).map { Match(document: try $0.id(0), on: try $0.day(1)) }
    }

    private func candidates(
        _ requirement: Requirement
    ) throws -> [(document: ID<Document>, on: Day, issuer: ID<OrgUnit>)] {
        try tx.all(
            """
            SELECT DISTINCT f.id, f.issued_on, f.issuer_id FROM document_link l JOIN document f ON f.id = l.from_id
            WHERE l.to_id = \(requirement.document) AND \(DutyMatching.kinds) AND f.type = \(requirement.type.rawValue)
            AND f.state = 'issued' ORDER BY f.issued_on, f.id
            """
        ).map { (document: try $0.id(0), on: try $0.day(1), issuer: try $0.id(2)) }
    }

    private func duty(of requirement: ID<Requirement>, _ unit: ID<OrgUnit>) throws -> Int64? {
        try tx.first(
            """
            SELECT id FROM document_duty WHERE requirement_id = \(requirement) AND unit_id = \(unit) AND removed = 0
            """
        )?.int64(0)
    }

    private func fulfil(_ duty: Int64, _ match: Match?) throws {
        try tx.run(
            """
            UPDATE document_duty SET fulfilled_by = \(match?.document), fulfilled_on = \(match?.on ?? .never),
            fulfilled_how = \(match == nil ? "" : Duty.Way.link.rawValue), fulfilment_reason = '' WHERE id = \(duty)
            """)
        try store.settle(duty)
    }

    private func record(_ duty: Affected, _ match: Match?, at now: Instant) throws {
        guard
            let row = try tx.first("SELECT uid FROM document_requirement WHERE id = \(duty.requirement)")
        else { return }
        let subject = Subject(.requirement, id: duty.requirement.value, uid: try row.uid(0))
        var after = ["unit": try store.unitName(duty.unit)]
        if let match { after["fulfilled_by"] = try store.documentName(match.document) }
        var before: [String: String] = [:]
        if let old = duty.fulfilledBy { before["fulfilled_by"] = try store.documentName(old) }
        try ActivityStore(tx: tx, viewer: store.viewer).record(
            Event(match == nil ? .reopened : .fulfilled, subject, unit: duty.unit, before: before, after: after),
            at: now)
    }
}

extension CoverageStore {
    /// The one rule from what is known of a duty to its state.
    static let state: SQL = """
        CASE WHEN removed = 1 THEN 'removed' WHEN fulfilled_by IS NOT NULL THEN 'done' WHEN waived = 1 THEN 'waived' \
        ELSE 'open' END
        """

    func settle(_ duty: Int64) throws {
        try tx.run("UPDATE document_duty SET state = \(CoverageStore.state) WHERE id = \(duty)")
        try DutyTelling(store: self).takeBack(duty)
    }

    /// For an event: by number when everybody may know of the document, else by uid.
    func documentName(_ document: ID<Document>) throws -> String {
        let all = DocumentStore(tx: tx, viewer: .system("history"), today: today)
        return all.eventName(try all.find(document))
    }
}
