import Storage

/// When an office gets an end and work stays with it, whoever may give that to somebody else is told of each task, also
/// when the day is still to come: the leaders of the unit that leads it, and the assigning side, which alone names
/// another leader.
extension TaskStore {
    /// Of ``OfficeWork``, after its successor, if there is one, has what the rules let them have.
    func tellVacant(_ leaving: OfficeLeaving) throws {
        let left = leaving.office.office.id
        // Whether each of those who are told may know of a task is asked when they read.
        let all = TaskStore(tx: tx, viewer: .system("office"), today: today)
        let telling = NoticeTelling(tx: tx, today: today, now: leaving.now)
        var known: [Addressed: [ID<Office>]] = [:], last: Int64 = 0
        while true {
            let batch = try all.rows(
                """
                (t.performer_id = \(left) OR t.leader_id = \(left)) AND t.closed = 0 AND t.id > \(last)
                AND t.state IN (\(list: TaskStore.reassignable.map(\.rawValue).sorted()))
                """, order: "t.id", limit: OfficeWork.batch)
            for task in batch.map(\.task) {
                let addressed = Addressed(task, isDone: task.performer == left)
                let offices = try known[addressed] ?? self.offices(told: addressed, of: task, but: left)
                known[addressed] = offices
                try telling.tell(
                    Notice.News(
                        kind: .vacant, subject: task.subject, occasion: leaving.office.office.uid.text, due: task.due),
                    to: offices)
            }
            guard batch.count == OfficeWork.batch, let end = batch.last?.task.id.value else { return }
            last = end
        }
    }

    /// Tasks that are alike in this are told to the same offices.
    private struct Addressed: Hashable {
        let lead: ID<OrgUnit>
        let assigning: ID<OrgUnit>
        let secrecy: Secrecy
        /// Who has left did it, and did not only answer for it.
        let isDone: Bool

        init(_ task: TaskItem, isDone: Bool) {
            (lead, assigning, secrecy) = (task.leadUnit, task.assigningUnit, task.secrecy)
            self.isDone = isDone
        }
    }

    private func offices(
        told addressed: Addressed, of task: TaskItem, but left: ID<Office>
    ) throws -> [ID<Office>] {
        let parties = TaskParties(tx: tx, today: today)
        let near = addressed.isDone ? try parties.leading(task) : []
        let above = try parties.directing(task, TaskParties.chasing, verifying: false)
        return try untoldOfOwnActs(near + above).filter { $0 != left }
    }
}

extension TaskParties {
    /// Who leads the unit that leads the task, in it or in a body directly below it: found from the unit, and not from
    /// a country's grants.
    fileprivate func leading(_ task: TaskItem) throws -> [ID<Office>] {
        let lead = task.leadUnit
        let ceiling: SQL = task.secrecy == .restricted ? " AND g.secrecy = 2" : ""
        return try tx.all(
            """
            SELECT DISTINCT o.id FROM (SELECT u.id AS body_id FROM unit u WHERE u.id = \(lead)
                UNION ALL SELECT e.unit_id FROM unit_edge e CROSS JOIN unit_version w
                WHERE w.unit_id = e.unit_id AND e.parent_id = \(lead) AND e.hierarchy = 'territory'
                AND e.from_day <= \(today) AND e.to_day > \(today) AND w.from_day <= \(today) AND w.to_day > \(today)
                AND w.level >= \(UnitKind.Level.body.rawValue)) b CROSS JOIN office o CROSS JOIN access_grant g
            WHERE o.unit_id = b.body_id AND o.from_day <= \(today) AND o.to_day > \(today) AND g.office_id = o.id
            AND g.role = 'leader' AND g.from_day <= \(today) AND g.to_day > \(today)\(ceiling)
            AND g.secrecy >= (SELECT l.secrecy FROM unit l WHERE l.id = \(lead))
            AND EXISTS (SELECT 1 FROM unit_reach r WHERE r.unit_id = \(lead) AND r.hierarchy = g.hierarchy
                AND r.ancestor_id = g.unit_id LIMIT 1 OFFSET 0)
            ORDER BY o.id LIMIT \(TaskParties.limit)
            """
        ).map { try $0.id(0) }
    }
}
