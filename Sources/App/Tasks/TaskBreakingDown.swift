import Storage

/// Breaking a task down to many units in one act.
extension TaskStore {
    /// Makes the parts, as drafts or issued: all or none, in a few statements for all of them. Each part has the event
    /// of its own history, and the task one for the whole act.
    @discardableResult
    public func breakDown(
        _ parent: UID, _ breakdown: TaskBreakdown, seen: Int?, at now: Instant
    ) throws -> BrokenDownTask {
        let row = try findDivisible(parent)
        // First, so that whoever comes second hears what happened, and not that all the units have a part.
        try bump(row, seen: seen, at: now)
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        let assigning = try assigningUnit(of: row)
        var looked = try look(row, breakdown)
        let passedOver = breakdown.passesOver ? try looked.passOver() : []
        try requireFree(looked)
        let (draft, known) = try checked(breakdown.template, looked, parent: row, assigning)
        if breakdown.isIssued { try requireClear(looked, draft, assigning) }
        let new = try newTasks(looked, draft, known, at: now)
        let ids = try write(new, draft, known, assigning: assigning, at: now)
        if breakdown.isIssued {
            try give(
                ids, original: draft.deadline?.due ?? .never, start: draft.start ?? begun(draft.deadline), at: now)
        } else {
            try TaskMap(tx: tx).refresh(ids.map(\.value))
        }
        try requireKnown(ids)
        try recordParts(ids, new, looked, breakdown, assigning, at: now)
        let bulk = try recordBulk(
            .brokenDown, about: row.task.subject,
            unit: row.task.workflow.state == .draft ? row.task.assigningUnit : row.task.leadUnit, tasks: ids,
            after: ["state": breakdown.isIssued ? "issued" : "draft"], at: now)
        return BrokenDownTask(
            parent: try made(row.task.id), bulk: bulk, made: new.map(\.uid), passedOver: passedOver,
            isIssued: breakdown.isIssued)
    }

    /// Each as secret as what it names, whatever the others name.
    private func newTasks(
        _ looked: LookedUp, _ draft: TaskDraft, _ known: KnownParts, at now: Instant
    ) throws -> [NewTask] {
        let offices = looked.pieces.flatMap { [$0.performer, $0.leader] } + [known.authority]
        let restricted = try restricted(among: offices)
        return looked.pieces.map { piece in
            let named = [piece.performer, piece.leader, known.authority].compactMap(\.self)
            let own: Secrecy = restricted.isDisjoint(with: named) ? .public : .restricted
            return NewTask(
                uid: UID.new(at: now), lead: piece.place.id, performer: piece.performer, leader: piece.leader,
                secrecy: max(draft.secrecy, piece.place.secrecy, own))
        }
    }

    /// Each unit may be given tasks, and has no part yet.
    private func requireFree(_ looked: LookedUp) throws {
        var found = Validation()
        for piece in looked.pieces {
            let name: [String: Message.Argument] = ["name": .text(piece.place.link.name)]
            if !piece.place.isDirected { found.add("units", "task.error.unit_forbidden", name) }
            if looked.present[piece.place.id] != nil { found.add("units", "task.breakdown.error.present", name) }
        }
        try found.check()
    }

    /// What all parts have in common, checked as the draft of the first.
    private func checked(
        _ template: TaskDraft, _ looked: LookedUp, parent: TaskRow, _ assigning: ID<OrgUnit>
    ) throws -> (TaskDraft, KnownParts) {
        var draft = template
        (draft.parent, draft.performer, draft.leader, draft.coordinating) = (parent.uid, nil, nil, [])
        guard let first = looked.pieces.first else { throw AppError.notFound }
        draft.leadUnit = first.place.link.uid
        return (draft, try check(draft, of: nil, assigning: assigning))
    }

    private func requireClear(_ looked: LookedUp, _ draft: TaskDraft, _ assigning: ID<OrgUnit>) throws {
        let gate = try gate(looked, draft, assigning: assigning)
        var problems = gate.shared
        for (piece, own) in zip(looked.pieces, gate.own) {
            problems += own.map { TaskStore.problem($0.field, $0.message.key, of: piece.place) }
        }
        if !problems.isEmpty { throw AppError.invalid(problems) }
    }

    /// What is made is known to whoever made it, as of a single draft.
    private func requireKnown(_ tasks: [ID<TaskItem>]) throws {
        let known = try tx.first(
            "SELECT COUNT(*) FROM task t WHERE t.id IN (\(list: tasks)) AND \(scope.condition())")
        if try known?.int(0) != tasks.count {
            throw AppError.invalid([Problem("secrecy", "task.error.secrecy_above")])
        }
    }

    private func recordParts(
        _ ids: [ID<TaskItem>], _ new: [NewTask], _ looked: LookedUp, _ breakdown: TaskBreakdown,
        _ assigning: ID<OrgUnit>, at now: Instant
    ) throws {
        guard let first = ids.first else { return }
        var shared = try fields(try made(first).task)
        if breakdown.isIssued { shared["state"] = "issued" }
        let titles = try namedOffices(new.flatMap { [$0.performer, $0.leader].compactMap(\.self) })
        let events = zip(ids, zip(new, looked.pieces)).map { id, part in
            let (task, piece) = part
            var after = shared
            after["unit"] = piece.place.secrecy == .public ? piece.place.link.name : piece.place.link.uid.text
            after["performer"] = task.performer.flatMap { titles[$0]?.title } ?? ""
            after["leader"] = task.leader.flatMap { titles[$0]?.title } ?? ""
            after["secrecy"] = task.secrecy.name
            return Event(
                breakdown.isIssued ? .given : .created, Subject(.task, id: id.value, uid: task.uid),
                unit: breakdown.isIssued ? task.lead : assigning, after: after.filter { !$0.value.isEmpty })
        }
        try ActivityStore(tx: tx, viewer: viewer).record(events, at: now)
        if breakdown.isIssued { try tellGiven(ids, new, due: breakdown.template.deadline?.due ?? .never, at: now) }
    }
}

extension TaskStore.LookedUp {
    /// Takes away the units that have a part, and says which.
    fileprivate mutating func passOver() throws -> [UnitLink] {
        let gone = pieces.filter { present[$0.place.id] != nil }
        pieces.removeAll { present[$0.place.id] != nil }
        if pieces.isEmpty { throw AppError.conflict(Message("task.breakdown.error.all_present")) }
        return gone.map(\.place.link)
    }
}
