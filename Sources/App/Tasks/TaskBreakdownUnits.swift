import Storage

/// A unit that could be given a part, as far as the viewer may know of it.
struct TaskPlace: Sendable {
    let id: ID<OrgUnit>
    let link: UnitLink
    let secrecy: Secrecy
    /// The viewer may give it tasks.
    let isDirected: Bool
}

/// The units of a breakdown.
extension TaskStore {
    /// The living units of a set, by name. Problems name the field of the form.
    func places(_ audience: RequirementAudience, except: Set<UID>, _ found: inout Validation) throws -> [TaskPlace] {
        let all: [TaskPlace]
        switch audience {
        case .communes(let top): all = try below(top, "v.level = \(UnitKind.Level.commune.rawValue)", &found)
        case .provinces(let top): all = try below(top, "v.level = \(UnitKind.Level.province.rawValue)", &found)
        case .kind(let kind, let top): all = try below(top, "v.kind = \(kind.rawValue)", &found)
        case .units(let uids): all = try places(uids)
        }
        let wanted = all.filter { !except.contains($0.link.uid) }
        if wanted.count > TaskBulk.limit {
            found.add("units", "task.breakdown.error.too_many", ["max": .number(TaskBulk.limit)])
        }
        if wanted.isEmpty, found.isEmpty { found.add("units", "task.breakdown.error.nobody") }
        return Array(wanted.prefix(TaskBulk.limit))
    }

    private func below(_ uid: UID, _ which: SQL, _ found: inout Validation) throws -> [TaskPlace] {
        guard let top = try ifKnown(units.find(uid)) else {
            found.add("base", "coverage.error.unit_unknown")
            return []
        }
        return try places(
            """
            u.id IN (SELECT r.unit_id FROM unit_reach r JOIN unit_version v ON v.unit_id = r.unit_id
            AND v.from_day <= \(today) AND v.to_day > \(today) WHERE r.ancestor_id = \(top.unit.id)
            AND r.unit_id <> \(top.unit.id) AND \(which))
            """, limit: TaskBulk.limit * 20)
    }

    func places(_ uids: [UID]) throws -> [TaskPlace] {
        try KeyBatches.of(uids).flatMap { try places("u.uid IN (\(list: $0))", limit: $0.count) }
    }

    private func places(_ which: SQL, limit: Int) throws -> [TaskPlace] {
        let directed = UnitScope(viewer).within(TaskStore.directing)
        return try tx.all(
            """
            SELECT u.id, u.uid, \(UnitLife.name(today)), u.secrecy, CASE WHEN \(directed) THEN 1 ELSE 0 END FROM unit u
            WHERE \(which) AND u.from_day <= \(today) AND u.to_day > \(today) AND \(UnitScope(viewer).condition)
            ORDER BY u.id LIMIT \(limit)
            """
        ).compactMap { row in
            guard let secrecy = Secrecy(rawValue: try row.int(3)) else { return nil }
            return TaskPlace(
                id: try row.id(0), link: UnitLink(uid: try row.uid(1), name: try row.text(2)), secrecy: secrecy,
                isDirected: try row.int(4) == 1)
        }.sorted { SortKey.vietnamese($0.link.name) < SortKey.vietnamese($1.link.name) }
    }

    /// The parts that units have already, as far as the viewer may know of them. A cancelled one is none.
    func partsByUnit(of parent: ID<TaskItem>) throws -> [ID<OrgUnit>: TaskRow] {
        let rows = try rows(
            "t.parent_id = \(parent) AND t.state <> 'cancelled'", order: "t.id", limit: TaskBulk.limit * 20)
        return Dictionary(rows.map { ($0.task.leadUnit, $0) }) { first, _ in first }
    }
}
