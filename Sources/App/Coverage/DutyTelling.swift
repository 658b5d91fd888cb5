import Storage

/// Tells units what they must issue, and takes it back once it is settled.
///
/// A unit is told through the offices in it and in the bodies that speak for it: those who write its papers, or its
/// leaders where nobody does. Whoever requires it is told nothing.
struct DutyTelling {
    let store: CoverageStore
    private var tx: Transaction { store.tx }
    private var today: Day { store.today }

    /// So many offices of a unit are told at most.
    static let limit = 20

    /// Those of the units that owe it still: however many, by a few statements. `version`: of the requirement after the
    /// act, which tells one occasion from the next.
    func tell(_ requirement: Requirement, _ units: [ID<OrgUnit>], due: Day, version: Int, at now: Instant) throws {
        var known = try ownOffices(), news: [(news: Notice.News, office: ID<Office>)] = []
        for batch in KeyBatches.of(units) {
            let names = try open(requirement, batch)
            for (unit, office) in try offices(of: batch.filter { names[$0] != nil }) {
                guard let name = names[unit], known.insert(office).inserted else { continue }
                let told = Notice.News(
                    kind: .toIssue, subject: requirement.subject, occasion: "\(DutyTelling.part(name))\(version)",
                    due: due)
                news.append((told, office))
            }
        }
        if !news.isEmpty { try NoticeTelling(tx: tx, today: today, now: now).tell(news) }
    }

    /// After a change of a duty: nobody is nagged about what its unit need not issue any more.
    func takeBack(_ duty: Int64) throws {
        let row = try tx.first(
            """
            SELECT y.requirement_id, q.uid, u.uid FROM document_duty y
            JOIN document_requirement q ON q.id = y.requirement_id JOIN unit u ON u.id = y.unit_id
            WHERE y.id = \(duty) AND y.state <> 'open'
            """)
        guard let row else { return }
        let subject = Subject(.requirement, id: try row.int64(0), uid: try row.uid(1))
        try NoticeTelling.withdraw(.toIssue, of: subject, beginning: DutyTelling.part(try row.uid(2)), in: tx)
    }

    /// What the occasions of one unit begin with.
    private static func part(_ unit: UID) -> String { "\(unit)/" }

    private func open(_ requirement: Requirement, _ units: [ID<OrgUnit>]) throws -> [ID<OrgUnit>: UID] {
        var names: [ID<OrgUnit>: UID] = [:]
        for row in try tx.all(
            """
            SELECT y.unit_id, u.uid FROM document_duty y JOIN unit u ON u.id = y.unit_id
            WHERE y.requirement_id = \(requirement.id) AND y.unit_id IN (\(list: units)) AND y.state = 'open'
            ORDER BY y.unit_id
            """)
        {
            names[try row.id(0)] = try row.uid(1)
        }
        return names
    }

    /// Each with its unit, in a fixed order. A right counts over the body in which the office is, whoever gave it.
    private func offices(of units: [ID<OrgUnit>]) throws -> [(unit: ID<OrgUnit>, office: ID<Office>)] {
        guard !units.isEmpty else { return [] }
        let rows = try tx.all(
            """
            SELECT w.unit_id, o.id, (\(rank)) FROM (\(DutyTelling.speaking(for: units, on: today))) w
            JOIN office o ON o.unit_id = w.body_id WHERE o.from_day <= \(today) AND o.to_day > \(today)
            ORDER BY w.unit_id, o.id
            """
        ).compactMap { row -> (unit: ID<OrgUnit>, office: ID<Office>, rank: Int)? in
            guard let rank = try row.optionalInt(2) else { return nil }
            return (unit: try row.id(0), office: try row.id(1), rank: rank)
        }
        var best: [ID<OrgUnit>: Int] = [:], counts: [ID<OrgUnit>: Int] = [:]
        for row in rows { best[row.unit] = min(best[row.unit] ?? row.rank, row.rank) }
        return rows.compactMap { row in
            guard row.rank == best[row.unit], counts[row.unit, default: 0] < DutyTelling.limit else { return nil }
            counts[row.unit, default: 0] += 1
            return (unit: row.unit, office: row.office)
        }
    }

    /// Of `office o`: who of a unit is told first; NULL of whoever has no such right there. Asked of each office by
    /// itself, and not of a country's grants first.
    private var rank: SQL {
        """
        SELECT MIN(CASE g.role WHEN 'focal' THEN 0 WHEN 'secretariat' THEN 1 ELSE 2 END) FROM access_grant g
        WHERE g.office_id = o.id AND g.role IN ('focal', 'secretariat', 'leader') AND g.from_day <= \(today)
        AND g.to_day > \(today) AND EXISTS (SELECT 1 FROM unit_reach r WHERE r.unit_id = o.unit_id
            AND r.hierarchy = g.hierarchy AND r.ancestor_id = g.unit_id LIMIT 1 OFFSET 0)
        """
    }

    /// `unit_id` and `body_id`: each unit itself, and the bodies that speak for it, found from the unit. One that not
    /// everybody may know of is told in itself alone.
    private static func speaking(for units: [ID<OrgUnit>], on today: Day) -> SQL {
        """
        SELECT u.id AS unit_id, u.id AS body_id FROM unit u WHERE u.id IN (\(list: units))
        UNION ALL SELECT e.parent_id, e.unit_id FROM unit_edge e CROSS JOIN unit_version v CROSS JOIN unit p
        WHERE v.unit_id = e.unit_id AND p.id = e.parent_id AND e.parent_id IN (\(list: units))
        AND e.hierarchy = 'territory' AND e.from_day <= \(today) AND e.to_day > \(today)
        AND v.from_day <= \(today) AND v.to_day > \(today)
        AND v.kind IN (\(list: DutyMatching.governing.map(\.rawValue))) AND p.secrecy = 0
        """
    }

    private func ownOffices() throws -> Set<ID<Office>> {
        guard let me = store.viewer.personID else { return [] }
        return Set(try tx.all("SELECT id FROM office WHERE person_id = \(me) ORDER BY id").map { try $0.id(0) })
    }
}
