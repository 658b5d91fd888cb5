import Storage

/// Who in each unit does a part and who answers for it, found by a rule.
extension TaskStore {
    /// The first office of each unit that the rule finds, the longest there first; `not` are people who are taken.
    func people(
        _ rule: TaskBreakdown.Rule, in units: [ID<OrgUnit>], not taken: [ID<OrgUnit>: Int64] = [:]
    ) throws -> [ID<OrgUnit>: (office: ID<Office>, person: Int64)] {
        let hits = try KeyBatches.of(units).flatMap { try candidates(rule, in: $0) }
        let seats = try TaskSeats(hits.map(\.office), leading: [], in: tx, on: today)
        var found: [ID<OrgUnit>: (office: ID<Office>, person: Int64)] = [:]
        for hit in hits where found[hit.unit] == nil && taken[hit.unit] != hit.person {
            if seats.isIn(hit.unit, hit.office) { found[hit.unit] = (hit.office, hit.person) }
        }
        return found
    }

    private struct Candidate {
        let unit: ID<OrgUnit>
        let office: ID<Office>
        let person: Int64
        let title: String
    }

    private func candidates(_ rule: TaskBreakdown.Rule, in units: [ID<OrgUnit>]) throws -> [Candidate] {
        var condition: SQL = "1 = 1"
        if case .role(let role) = rule {
            // With a limit of its own it is asked of each office of the units, and not of a country's grants first.
            condition = """
                EXISTS (SELECT 1 FROM access_grant g WHERE g.office_id = o.id AND g.role = \(role.rawValue)
                AND g.from_day <= \(today) AND g.to_day > \(today) LIMIT 1 OFFSET 0)
                """
        }
        let all = try tx.all(
            """
            SELECT DISTINCT r.ancestor_id, o.id, o.person_id, o.title FROM unit_reach r
            JOIN office o ON o.unit_id = r.unit_id JOIN unit u ON u.id = o.unit_id
            WHERE r.ancestor_id IN (\(list: units)) AND r.hierarchy IN ('territory', 'state', 'party')
            AND o.from_day <= \(today) AND o.to_day > \(today) AND \(condition) AND \(UnitScope(viewer).condition)
            ORDER BY 1, 2
            """
        ).map {
            Candidate(unit: try $0.id(0), office: try $0.id(1), person: try $0.int64(2), title: try $0.text(3))
        }
        guard case .title(let typed) = rule else { return all }
        let wanted = TextFold.fold(typed)
        return all.filter { TextFold.fold($0.title).contains(wanted) }
    }

    /// How the viewer may call the offices.
    func namedOffices(_ ids: [ID<Office>]) throws -> [ID<Office>: TaskOffice] {
        var named: [ID<Office>: TaskOffice] = [:]
        for batch in KeyBatches.of(ids) {
            for office in try offices("o.id IN (\(list: batch))") { named[office.id] = office }
        }
        return named
    }
}
