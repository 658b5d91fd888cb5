import Storage

/// A task is at least as secret as the unit that leads it, and restricted when it names an office of a restricted unit,
/// so that nobody learns of one of these by the task. Units that coordinate it or have assigned it are left out for whoever
/// may not know of them.
extension TaskStore {
    /// What the offices that a task names make of it.
    func secrecy(naming offices: [ID<Office>?]) throws -> Secrecy {
        try restricted(among: offices).isEmpty ? .public : .restricted
    }

    /// Those in restricted units.
    func restricted(among offices: [ID<Office>?]) throws -> Set<ID<Office>> {
        var found: Set<ID<Office>> = []
        for batch in KeyBatches.of(Set(offices.compactMap(\.self)).sorted { $0.value < $1.value }) {
            let rows = try tx.all(
                """
                SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.id IN (\(list: batch))
                AND u.secrecy = \(Secrecy.restricted.rawValue) ORDER BY o.id
                """)
            for row in rows { found.insert(try row.id(0)) }
        }
        return found
    }

    /// After a unit became more secret: the tasks that it leads; when it is restricted, those that name an office in it.
    func raise(for unit: ID<OrgUnit>, to secrecy: Secrecy, at now: Instant) throws {
        let all = TaskStore(tx: tx, viewer: .system(viewer.name), today: today)
        let tasks = try all.rows(
            "t.id IN (\(TaskStore.concerned(unit, secrecy))) AND t.secrecy < \(secrecy.rawValue)", order: "t.id",
            limit: Int(Int32.max)
        ).map(\.task)
        guard !tasks.isEmpty else { return }
        for batch in KeyBatches.of(tasks.map(\.id)) {
            try tx.run(
                """
                UPDATE task SET secrecy = \(secrecy.rawValue), version = version + 1, updated_at = \(now)
                WHERE id IN (\(list: batch))
                """)
        }
        try TaskMap(tx: tx).refresh(tasks.map(\.id.value))
        let events = tasks.map { task in
            Event(
                .changed, task.subject, unit: unitOfEvents(task), before: ["secrecy": task.secrecy.name],
                after: ["secrecy": secrecy.name])
        }
        try ActivityStore(tx: tx, viewer: viewer).record(events, at: now)
    }

    private static func concerned(_ unit: ID<OrgUnit>, _ secrecy: Secrecy) -> SQL {
        let led: SQL = "SELECT i.task_id FROM task_unit i WHERE i.unit_id = \(unit) AND i.part = 'lead'"
        guard secrecy == .restricted else { return led }
        let offices: SQL = "SELECT o.id FROM office o WHERE o.unit_id = \(unit)"
        let named = (["performer_id", "leader_id", "authority_id"] as [SQL]).map { column -> SQL in
            "SELECT n.id FROM task n WHERE n.\(column) IN (\(offices))"
        }
        return ([led] + named).joined(" UNION ")
    }
}
