import Storage

extension OfficeWork {
    /// Tasks that the office does, answers for or decides on and that are not done. Whoever does one holds an office of
    /// the unit that leads it, so that a successor elsewhere does not get it.
    static let tasks = OfficeWork(kind: "task") { leaving in
        try leaving.tasks.openWork(of: leaving.office)
    } handOver: { leaving, successor in
        try leaving.tasks.handOver(from: leaving.office, to: successor, at: leaving.now)
    }
}

extension OfficeLeaving {
    fileprivate var tasks: TaskStore { TaskStore(tx: tx, viewer: viewer, today: today) }
}

extension TaskStore {
    fileprivate func openWork(of row: OfficeRow) throws -> [OfficeWorkItem] {
        let few = try rows(isWork(of: row.office.id), order: "t.due, t.id", limit: OfficeWork.ownLines + 1)
        let fate: OfficeWorkItem.Fate = try mayHandOver(row) ? .handedOver : .stays
        guard few.count > OfficeWork.ownLines else {
            return few.map { task in
                OfficeWorkItem(
                    kind: "task", title: Message("office-work.task.words", ["title": .text(task.task.title)]),
                    href: task.href, count: 1, fate: fate)
            }
        }
        let count = try tx.first(
            "SELECT COUNT(*) FROM task t WHERE \(isWork(of: row.office.id)) AND \(scope.condition())")
        return [
            OfficeWorkItem(
                kind: "task", title: Message("office-work.task.all", ["unit": .text(row.unitName)]),
                href: "/tasks?unit=\(row.unitUID)", count: try count?.int(0) ?? 0, fate: fate)
        ]
    }

    /// Each task is counted on, and an event names both offices.
    fileprivate func handOver(from old: OfficeRow, to new: OfficeRow, at now: Instant) throws -> Int {
        guard new.office.unit == old.office.unit, try mayHandOver(old) else { return 0 }
        var count = 0
        while true {
            let batch = try rows(isWork(of: old.office.id), order: "t.id", limit: OfficeWork.batch)
            if batch.isEmpty { return count }
            for row in batch { try handOver(row, from: old, to: new, at: now) }
            count += batch.count
        }
    }

    private func handOver(_ row: TaskRow, from old: OfficeRow, to new: OfficeRow, at now: Instant) throws {
        try bump(row, seen: nil, at: now)
        let (gone, next) = (old.office.id, new.office.id)
        try tx.run(
            """
            UPDATE task SET responsible_id = CASE WHEN performer_id = \(gone) AND closed < 2 THEN
                (SELECT person_id FROM office WHERE id = \(next)) ELSE responsible_id END,
            performer_id = CASE WHEN performer_id = \(gone) THEN \(next) ELSE performer_id END,
            leader_id = CASE WHEN leader_id = \(gone) THEN \(next) ELSE leader_id END,
            authority_id = CASE WHEN authority_id = \(gone) THEN \(next) ELSE authority_id END
            WHERE id = \(row.task.id)
            """)
        if row.task.performer == gone, row.task.workflow.isOpen {
            try assign(row.task.id, next, .performer, reason: "")
        }
        if row.task.leader == gone, row.task.workflow.isOpen {
            try assign(row.task.id, next, .leader, instead: gone, reason: "")
        }
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        try TaskMap(tx: tx).rename(row.task.id)
        try record(
            .reassigned, row.task, after: ["moved_from": old.office.uid.text, "successor": new.office.uid.text], at: now
        )
    }

    private func mayHandOver(_ row: OfficeRow) throws -> Bool {
        try UnitRights(viewer).holds(
            [.administrator] + TaskStore.directing, over: row.office.unit, in: tx)
    }

    private func isWork(of office: ID<Office>) -> SQL {
        """
        (t.performer_id = \(office) OR t.leader_id = \(office) OR t.authority_id = \(office)) AND t.closed <> 1
        """
    }
}
