import Storage

extension OfficeWork {
    /// Tasks that the office does, answers for or decides on and that are not done.
    static let tasks = OfficeWork(kind: "task") { leaving in
        try leaving.tasks.openWork(of: leaving.office)
    } handOver: { leaving, successor in
        try leaving.tasks.handOver(leaving, to: successor)
    } tell: { leaving in
        try leaving.tasks.tellVacant(leaving)
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
                href: TaskFilter(unit: row.unitUID).href(), count: try count?.int(0) ?? 0, fate: fate)
        ]
    }

    /// Each task is counted on, and an event names both offices. What the rules do not let the successor have stays, and
    /// only when that was asked for: otherwise nothing goes, and it is said which tasks these are.
    fileprivate func handOver(_ leaving: OfficeLeaving, to new: OfficeRow) throws -> OfficeWork.Handed {
        let old = leaving.office
        guard try mayHandOver(old) else { return OfficeWork.Handed() }
        var handed = OfficeWork.Handed(), refused: [(task: TaskItem, reason: String)] = []
        var last: Int64 = 0
        while true {
            let batch = try rows(
                "\(isWork(of: old.office.id)) AND t.id > \(last)", order: "t.id", limit: OfficeWork.batch)
            guard let end = batch.last?.task.id.value else { break }
            last = end
            for row in batch {
                if let reason = try refusal(of: new, from: old, row.task, on: max(leaving.day, today)) {
                    refused.append((row.task, reason))
                } else {
                    try handOver(row, from: old, to: new, at: leaving.now)
                    handed.went += 1
                }
            }
        }
        if !leaving.leavesRest { try require(noneOf: refused) }
        handed.left = refused.count
        return handed
    }

    /// By the rules of giving a task to somebody else, part by part. Of a draft they are asked when it is issued, as long
    /// as it stays in its unit.
    private func refusal(of new: OfficeRow, from old: OfficeRow, _ task: TaskItem, on day: Day) throws -> String? {
        let gone = old.office.id, isNear = new.office.unit == old.office.unit
        if isNear, task.workflow.state == .draft { return nil }
        // Both parts of a draft go together.
        var rest = task
        if rest.performer == gone { rest.performer = nil }
        if rest.leader == gone { rest.leader = nil }
        for part in TaskPart.allCases where holder(of: part, task) == gone {
            if let reason = try refusal(of: new.office.id, as: part, rest, on: day) { return reason }
        }
        guard task.authority == gone, !isNear else { return nil }
        let seats = try TaskSeats([new.office.id], leading: [task.leadUnit], in: tx, on: day)
        return seats.isInOrAbove(task.leadUnit, new.office.id) ? nil : "task.error.reassign_leader_elsewhere"
    }

    private func require(noneOf refused: [(task: TaskItem, reason: String)]) throws {
        guard !refused.isEmpty else { return }
        var found = Validation()
        for (task, reason) in refused.prefix(OfficeWork.ownLines) {
            found.add("successor", "office-work.error.task", ["title": .text(task.title), "reason": .key(reason)])
        }
        found.add("leave_rest", "office-work.error.leave_rest", ["count": .number(refused.count)])
        try found.check()
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
