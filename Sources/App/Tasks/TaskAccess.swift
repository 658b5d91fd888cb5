import Storage

/// Who may do what to tasks: each rule once; page, API and button all ask here.
///
/// Three sides: those who direct (secretariat and leaders of the assigning unit or of one above it), those who perform
/// (the named offices, and focal persons and leaders of the lead unit), and those who verify, who direct and have no
/// part in the result.
public struct TaskRights: Sendable, Equatable {
    public let directs: Bool
    public let performs: Bool
    /// Has a part in the result.
    let takesPart: Bool

    public var verifies: Bool { directs && !takesPart }

    /// Acts that are possible now and that this viewer may do.
    public func acts(on workflow: TaskWorkflow) -> [TaskWorkflow.Act] { workflow.acts.filter(may) }

    public func may(_ act: TaskWorkflow.Act) -> Bool {
        switch act.side {
        case .directing: directs
        case .verifying: verifies
        case .performing: performs
        }
    }

    /// Why the act is not this viewer's. Whoever has no part in the result, and does not direct, is told of that alone.
    fileprivate func refusal(of act: TaskWorkflow.Act) -> Message {
        let side: TaskWorkflow.Act.Side = act.side == .verifying && !takesPart ? .directing : act.side
        return Message("task.error.forbidden_\(side.rawValue)")
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

    /// One question for all three sides.
    func rights(_ task: TaskItem) throws -> TaskRights { try tx.ask(rights(on: task)) }

    func rights(on task: TaskItem) throws -> Question<TaskRights> {
        if viewer.isSystem { return .known(TaskRights(directs: true, performs: true, takesPart: false)) }
        let sides: [SQL] = try [directing(task), performing(task), takingPart()]
        let flags = sides.map { side -> SQL in "CASE WHEN \(side) THEN 1 ELSE 0 END" }.joined(", ")
        return Question("SELECT \(flags) FROM task t JOIN unit u ON u.id = t.lead_unit_id WHERE t.id = \(task.id)") {
            guard let row = $0.first else { return TaskRights(directs: false, performs: false, takesPart: false) }
            return TaskRights(directs: try row.bool(0), performs: try row.bool(1), takesPart: try row.bool(2))
        }
    }

    /// On `u`, the unit that leads: as ``directs(lead:assigning:)``.
    private func directing(_ task: TaskItem) throws -> SQL {
        let own = try ownUnits()
        guard !own.isEmpty else { return "1 = 0" }
        let within = UnitScope(viewer).within(TaskStore.directing)
        if own.contains(task.assigningUnit) { return within }
        return """
            (\(within) AND EXISTS (SELECT 1 FROM unit_reach a WHERE a.unit_id = \(task.assigningUnit) \
            AND a.ancestor_id IN (\(list: own)) LIMIT 1 OFFSET 0))
            """
    }

    /// On `u`: an office that the task names, or a role in the unit that leads it.
    private func performing(_ task: TaskItem) throws -> SQL {
        let named = [task.performer, task.leader].compactMap(\.self)
        if named.contains(where: scope.offices.contains) { return "1 = 1" }
        let isThere = try ownUnits().contains(task.leadUnit) || viewer.office?.place == task.leadUnit
        return isThere ? UnitScope(viewer).within([.focal, .leader, .secretariat]) : "1 = 0"
    }

    /// On `t`: whoever acts, or the one they act for, has a part in the result.
    func takingPart() throws -> SQL {
        let people = try actingPeople()
        guard !people.isEmpty else { return "1 = 0" }
        return TaskOwnResult.condition(on: today) { column in "\(column) IN (\(list: people))" }
    }

    /// Of the assigning unit or above it, with the right over the unit that leads.
    func directs(lead: ID<OrgUnit>, assigning: ID<OrgUnit>) throws -> Bool {
        let own = try ownUnits()
        guard try own.contains(assigning) || isAny(own, above: assigning) else { return false }
        return try UnitRights(viewer).holds(TaskStore.directing, over: lead, in: tx)
    }

    /// Who acts, and for whom.
    func actingPeople() throws -> [Int64] {
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
        try tx.first(
            """
            SELECT 1 FROM unit_reach WHERE unit_id = \(unit) AND ancestor_id IN (\(list: units))
            AND ancestor_id <> unit_id LIMIT 1
            """) != nil
    }

    /// The task, if the viewer may do the act to it; ``AppError/notFound`` when it is unknown to them, forbidden when
    /// it is not theirs to do, conflict when it is not possible now.
    func find(_ uid: UID, may act: TaskWorkflow.Act) throws -> TaskRow {
        let row = try find(uid)
        try requireSide(of: act, in: row)
        if let refusal = try refusal(of: act, in: row) { throw AppError.conflict(refusal) }
        return row
    }

    /// Throws unless the act is this viewer's to do, be it possible now or not.
    func requireSide(of act: TaskWorkflow.Act, in row: TaskRow) throws {
        let rights = try rights(row.task)
        guard rights.may(act) else { throw AppError.forbidden(rights.refusal(of: act)) }
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
