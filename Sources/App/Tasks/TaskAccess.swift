import Storage

/// Who may do what to tasks: each rule once; page, API and button all ask here.
///
/// Three sides: those who direct (secretariat and leaders of the assigning unit or of one above it), those who perform
/// (the named offices, and focal persons and leaders of the lead unit), and those who verify, who direct and have no
/// part in the result.
public struct TaskRights: Sendable, Equatable {
    public let directs: Bool
    public let performs: Bool
    public let verifies: Bool

    /// Acts that are possible now and that this viewer may do.
    public func acts(on workflow: TaskWorkflow) -> [TaskWorkflow.Act] { workflow.acts.filter(may) }

    public func may(_ act: TaskWorkflow.Act) -> Bool {
        switch act.side {
        case .directing: directs
        case .verifying: verifies
        case .performing: performs
        }
    }
}

extension TaskStore {
    static let directing: [Role] = [.secretariat, .leader]

    /// A viewer who directs nothing does not see the way to the form.
    public func mayCreateSomewhere() -> Bool {
        viewer.isSystem || (viewer.office != nil && TaskStore.directing.contains(where: viewer.has))
    }

    /// Asked before the form is read.
    func requireMayCreateSomewhere() throws(AppError) {
        guard mayCreateSomewhere() else { throw .forbidden(Message("task.error.forbidden")) }
    }

    func rights(_ task: TaskItem) throws -> TaskRights {
        if viewer.isSystem { return TaskRights(directs: true, performs: true, verifies: true) }
        let directs = try directs(lead: task.leadUnit, assigning: task.assigningUnit)
        return TaskRights(
            directs: directs, performs: try performs(task), verifies: try directs && hasNoPart(in: task))
    }

    /// Of the assigning unit or above it, with the right over the unit that leads.
    func directs(lead: ID<OrgUnit>, assigning: ID<OrgUnit>) throws -> Bool {
        let own = try ownUnits()
        guard try own.contains(assigning) || isAny(own, above: assigning) else { return false }
        return try UnitRights(viewer).holds(TaskStore.directing, over: lead, in: tx)
    }

    /// An office that the task names, or a role in the unit that leads it.
    private func performs(_ task: TaskItem) throws -> Bool {
        if let performer = task.performer, scope.offices.contains(performer) { return true }
        if let leader = task.leader, scope.offices.contains(leader) { return true }
        let isThere = try ownUnits().contains(task.leadUnit) || viewer.office?.place == task.leadUnit
        return try isThere && UnitRights(viewer).holds([.focal, .leader, .secretariat], over: task.leadUnit, in: tx)
    }

    /// Nobody verifies their own result, in whatever office and for whomever they act: not the performer, not whoever
    /// answers for it, not whoever declared it, and nobody who holds an office in the lead unit or in a body below it.
    private func hasNoPart(in task: TaskItem) throws -> Bool {
        let people = try actingPeople()
        let row = try tx.first(
            """
            SELECT responsible_id, declared_by, COALESCE((SELECT person_id FROM office WHERE id = task.leader_id), 0)
            FROM task WHERE id = \(task.id)
            """)
        guard let row, try !(0..<3).contains(where: { people.contains(try row.int64($0)) }) else { return false }
        let held = try tx.all(
            """
            SELECT DISTINCT unit_id FROM office WHERE person_id IN (\(list: people)) AND from_day <= \(today)
            AND to_day > \(today) ORDER BY unit_id
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        return try !held.contains(task.leadUnit) && !isAny([task.leadUnit], aboveAnyOf: held)
    }

    /// Who acts, and for whom.
    private func actingPeople() throws -> [Int64] {
        let principal = try viewer.office?.onBehalf.flatMap {
            try tx.first("SELECT person_id FROM office WHERE id = \($0.office)")?.int64(0)
        }
        return [viewer.personID?.value, principal].compactMap(\.self)
    }

    /// The unit of the office in use, and of the one it acts for.
    func ownUnits() throws -> [ID<OrgUnit>] {
        guard let office = viewer.office else { return [] }
        let behalf = try office.onBehalf.flatMap {
            try tx.first("SELECT unit_id FROM office WHERE id = \($0.office)")?.id(0, of: OrgUnit.self)
        }
        return [office.unit] + (behalf.map { [$0] } ?? [])
    }

    private func isAny(_ units: [ID<OrgUnit>], above unit: ID<OrgUnit>) throws -> Bool {
        try isAny(units, aboveAnyOf: [unit])
    }

    private func isAny(_ units: [ID<OrgUnit>], aboveAnyOf below: [ID<OrgUnit>]) throws -> Bool {
        try tx.first(
            """
            SELECT 1 FROM unit_reach WHERE unit_id IN (\(list: below)) AND ancestor_id IN (\(list: units))
            AND ancestor_id <> unit_id LIMIT 1
            """) != nil
    }

    /// The task, if the viewer may do the act to it; ``AppError/notFound`` when it is unknown to them, forbidden when
    /// it is not theirs to do, conflict when it is not possible now.
    func find(_ uid: UID, may act: TaskWorkflow.Act) throws -> TaskRow {
        let row = try find(uid)
        guard try rights(row.task).may(act) else {
            throw AppError.forbidden(Message("task.error.forbidden_\(act.side.rawValue)"))
        }
        if let refusal = row.task.workflow.refusal(of: act) { throw AppError.conflict(refusal) }
        return row
    }

    /// The task, if the viewer directs it.
    func findDirected(_ uid: UID) throws -> TaskRow {
        let row = try find(uid)
        guard try rights(row.task).directs else { throw AppError.forbidden(Message("task.error.forbidden_directing")) }
        return row
    }
}

extension TaskWorkflow.Act {
    /// The raw value is the end of the refusal's key.
    fileprivate enum Side: String {
        case directing, performing, verifying
    }

    /// Whose act it is.
    fileprivate var side: Side {
        switch self {
        case .issue, .close, .pause, .resume, .cancel, .reopen: .directing
        case .verify, .return: .verifying
        case .accept, .refuse, .progress, .declare: .performing
        }
    }
}
