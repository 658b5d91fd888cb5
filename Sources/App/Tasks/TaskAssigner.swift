import Storage

/// The unit that gave a task. Whoever has to do with the task knows who gave it, also where that unit is none of which
/// they may know more than its name.
public struct TaskAssigner: Sendable, Equatable {
    public let name: String
    /// Nil when the viewer may not know of the unit itself.
    public let unit: UnitLink?
}

extension TaskStore {
    /// A condition on `task_unit i` and its unit `u`: the viewer may read the unit's name there. Those of the one that gave
    /// the task and of those that coordinate it, unless they are restricted, are told to the offices of all units with a
    /// part in it, of the bodies that stand in these, and to those whom it names.
    func unitNamed() throws -> SQL {
        let known = UnitScope(viewer).condition
        let units = try ownUnits() + [viewer.office?.place].compactMap(\.self)
        guard !units.isEmpty else { return known }
        let named: SQL = """
            EXISTS (SELECT 1 FROM task n WHERE n.id = i.task_id AND (n.performer_id IN (\(list: scope.offices)) \
            OR n.leader_id IN (\(list: scope.offices)) OR n.authority_id IN (\(list: scope.offices))) LIMIT 1 OFFSET 0)
            """
        return """
            (\(known) OR ((i.part = 'assigning' OR (i.part = 'coordinating' \
            AND u.secrecy < \(Secrecy.restricted.rawValue))) AND (\(named) OR EXISTS (SELECT 1 FROM task_unit w \
            WHERE w.task_id = i.task_id AND w.unit_id IN (\(list: units)) LIMIT 1 OFFSET 0))))
            """
    }

    /// Beside the unit that leads: the one that gave the task, and those that coordinate, by name.
    func units(
        of task: TaskItem
    ) throws -> Question<(assigner: TaskAssigner?, coordinating: [UnitLink], names: [String])> {
        Question(
            """
            SELECT u.uid, \(UnitLife.name(today)), i.part, CASE WHEN \(UnitScope(viewer).condition) THEN 1 ELSE 0 END
            FROM task_unit i JOIN unit u ON u.id = i.unit_id
            WHERE i.task_id = \(task.id) AND i.part <> 'lead' AND \(try unitNamed()) ORDER BY 2, u.id
            """
        ) { rows in
            var assigner: TaskAssigner?
            var coordinating: [UnitLink] = [], names: [String] = []
            for row in rows {
                let link = UnitLink(uid: try row.uid(0), name: try row.text(1))
                if try row.text(2) == "coordinating" {
                    if try row.bool(3) { coordinating.append(link) } else { names.append(link.name) }
                } else {
                    assigner = TaskAssigner(name: link.name, unit: try row.bool(3) ? link : nil)
                }
            }
            return (assigner, coordinating, names)
        }
    }
}
