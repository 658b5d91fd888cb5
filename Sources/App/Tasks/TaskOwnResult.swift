import Storage

/// Nobody verifies their own result, nor extends their own deadline, in whatever office and for whomever they act: not
/// the performer, not whoever answers for it, not whoever did either before, not whoever declared it, and nobody who
/// holds an office in the lead unit or in a body below it. The one place of it: viewers, lists and notices ask here.
enum TaskOwnResult {
    /// On `task t`: somebody has a part in its result. `isOne` says of a column of people that it is one of those who
    /// are asked about.
    static func condition(on today: Day, _ isOne: (SQL) -> SQL) -> SQL {
        """
        (\(isOne("t.responsible_id")) OR \(isOne("t.declared_by")) \
        OR EXISTS (SELECT 1 FROM office l WHERE l.id = t.leader_id AND \(isOne("l.person_id")) LIMIT 1 OFFSET 0) \
        OR EXISTS (SELECT 1 FROM task_assignment a JOIN office g ON g.id = a.office_id WHERE a.task_id = t.id \
        AND \(isOne("g.person_id")) LIMIT 1 OFFSET 0) \
        OR EXISTS (SELECT 1 FROM office h JOIN unit_reach x ON x.unit_id = h.unit_id WHERE \(isOne("h.person_id")) \
        AND h.from_day <= \(today) AND h.to_day > \(today) AND x.ancestor_id = t.lead_unit_id LIMIT 1 OFFSET 0))
        """
    }
}
