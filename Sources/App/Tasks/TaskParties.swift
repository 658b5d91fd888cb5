import Storage

/// Which offices of the assigning side are told of a task. Whether each may know of it is asked again when they read.
struct TaskParties {
    let tx: Transaction
    let today: Day

    /// Who chases: the secretariat; the leaders where there is none.
    static let chasing: [Role] = [.secretariat, .leader]
    /// So many offices are told at most.
    static let limit = 20

    /// Offices held today in the assigning unit, or in the nearest unit above where none there has the right, that hold
    /// the first of the roles which anybody there has over the lead unit. `verifying`: without a part in the result.
    func directing(_ task: TaskItem, _ roles: [Role], verifying: Bool) throws -> [ID<Office>] {
        let above: SQL = "o.unit_id IN (SELECT a.ancestor_id FROM unit_reach a WHERE a.unit_id = \(task.assigningUnit))"
        let held = try holders(task, roles, above, verifying: verifying)
        guard let nearest = held.first(where: { $0.unit == task.assigningUnit })?.unit ?? held.first?.unit else {
            return []
        }
        return first(of: roles, held.filter { $0.unit == nearest })
    }

    /// Those who may decide on a later deadline, as ``TaskStore/mayExtend(_:_:_:)`` has it, each once.
    func extending(_ task: TaskItem, _ extenders: TaskExtenders) throws -> [ID<Office>] {
        let offices = try DeadlineExtender.allCases.filter(extenders.named.contains).flatMap { extender in
            switch extender {
            case .assigner: try directing(task, TaskParties.chasing, verifying: true)
            case .head: try heads(task, extenders.heads)
            case .standingAgency: try agency(task, extenders.agencies)
            }
        }
        var seen: Set<ID<Office>> = []
        return Array(offices.filter { seen.insert($0).inserted }.prefix(TaskParties.limit))
    }

    private func heads(_ task: TaskItem, _ people: [Int64]) throws -> [ID<Office>] {
        if people.isEmpty { return try directing(task, [.leader], verifying: true) }
        return first(
            of: [.leader], try holders(task, [.leader], "o.person_id IN (\(list: people))", verifying: true))
    }

    private func agency(_ task: TaskItem, _ units: [ID<OrgUnit>]) throws -> [ID<Office>] {
        guard !units.isEmpty else { return [] }
        let inside: SQL = "o.unit_id IN (SELECT a.unit_id FROM unit_reach a WHERE a.ancestor_id IN (\(list: units)))"
        return first(of: TaskParties.chasing, try holders(task, TaskParties.chasing, inside, verifying: true))
    }

    /// Those with the first of the roles that anybody among them has.
    private func first(of roles: [Role], _ held: [Holder]) -> [ID<Office>] {
        guard let role = roles.first(where: { role in held.contains { $0.role == role } }) else { return [] }
        return held.filter { $0.role == role }.prefix(TaskParties.limit).map(\.office)
    }

    /// In each unit that coordinates, or in a body directly below it: the focal persons; the leaders where there are none.
    func coordinating(_ task: ID<TaskItem>) throws -> [ID<Office>] {
        var found: [ID<OrgUnit>: [Role: [ID<Office>]]] = [:]
        for row in try tx.all(
            """
            SELECT DISTINCT i.unit_id, o.id, g.role FROM task_unit i JOIN office o ON o.unit_id = i.unit_id
                OR o.unit_id IN (SELECT e.unit_id FROM unit_edge e JOIN unit_version w ON w.unit_id = e.unit_id
                    WHERE e.parent_id = i.unit_id AND e.hierarchy = \(Hierarchy.territory.rawValue)
                    AND e.from_day <= \(today) AND e.to_day > \(today) AND w.from_day <= \(today)
                    AND w.to_day > \(today) AND w.level >= \(UnitKind.Level.body.rawValue))
            JOIN access_grant g ON g.office_id = o.id
            JOIN unit_reach r ON r.unit_id = i.unit_id AND r.hierarchy = g.hierarchy AND r.ancestor_id = g.unit_id
            WHERE i.task_id = \(task) AND i.part = 'coordinating' AND o.from_day <= \(today) AND o.to_day > \(today)
            AND g.role IN (\(list: TaskParties.following.map(\.rawValue))) AND g.from_day <= \(today)
            AND g.to_day > \(today) ORDER BY i.unit_id, o.id
            """)
        {
            guard let role = Role(rawValue: try row.text(2)) else { continue }
            found[try row.id(0), default: [:]][role, default: []].append(try row.id(1))
        }
        return found.values.flatMap { offices in
            TaskParties.following.lazy.compactMap { offices[$0] }.first?.prefix(TaskParties.limit) ?? []
        }
    }

    /// Who follows what a unit coordinates.
    private static let following: [Role] = [.focal, .leader]

    private struct Holder {
        let office: ID<Office>
        let unit: ID<OrgUnit>
        let role: Role?
    }

    /// The nearest unit first: the one with most units above it. `which`: of offices `o`. A right counts up to its
    /// ceiling, of the lead unit and of the task, as it does for whoever acts.
    private func holders(_ task: TaskItem, _ roles: [Role], _ which: SQL, verifying: Bool) throws -> [Holder] {
        let ownResult = TaskOwnResult.condition(on: today) { column in "\(column) = o.person_id" }
        let outside: SQL = verifying ? " AND NOT \(ownResult)" : ""
        let ceiling: SQL = task.secrecy == .restricted ? " AND g.secrecy = 2" : ""
        return try tx.all(
            """
            SELECT DISTINCT o.id, o.unit_id, g.role,
            (SELECT COUNT(*) FROM unit_reach x WHERE x.unit_id = o.unit_id) AS depth
            FROM office o JOIN access_grant g ON g.office_id = o.id JOIN task t ON t.id = \(task.id)
            JOIN unit l ON l.id = t.lead_unit_id
            WHERE \(which) AND g.secrecy >= l.secrecy
            AND o.from_day <= \(today) AND o.to_day > \(today) AND g.role IN (\(list: roles.map(\.rawValue)))
            AND g.from_day <= \(today) AND g.to_day > \(today)\(ceiling)
            AND EXISTS (SELECT 1 FROM unit_reach r WHERE r.unit_id = l.id AND r.hierarchy = g.hierarchy
                AND r.ancestor_id = g.unit_id)\(outside)
            ORDER BY depth DESC, o.id
            """
        ).map { row in
            Holder(office: try row.id(0), unit: try row.id(1), role: Role(rawValue: try row.text(2)))
        }
    }
}
