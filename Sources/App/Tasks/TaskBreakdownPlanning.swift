import Storage

/// What a breakdown would make: who would do each part, who would answer for it, what is missing.
extension TaskStore {
    /// The task to be broken down, if the viewer may give parts of it.
    func findDivisible(_ uid: UID) throws -> TaskRow {
        let row = try find(uid)
        try requireMayCreateSomewhere()
        let rights = try rights(row.task)
        guard rights.directs || rights.performs else {
            throw AppError.forbidden(Message("task.error.parent_forbidden"))
        }
        if row.task.workflow.isClosed { throw AppError.conflict(Message("task.error.parent_closed")) }
        return row
    }

    /// The people of each unit by the rules, as parts to be looked at or written.
    func parts(
        in places: [TaskPlace], performer: TaskBreakdown.Rule, leader: TaskBreakdown.Rule
    ) throws -> [TaskBreakdown.Part] {
        let units = places.map(\.id)
        let doing = try people(performer, in: units)
        let leading = try people(leader, in: units, not: doing.mapValues { $0.person })
        let named = try namedOffices(doing.values.map { $0.office } + leading.values.map { $0.office })
        return places.map { place in
            TaskBreakdown.Part(
                unit: place.link.uid, performer: doing[place.id].flatMap { named[$0.office]?.uid },
                leader: leading[place.id].flatMap { named[$0.office]?.uid })
        }
    }

    /// What would come of a breakdown. Nothing is written.
    public func plan(_ parent: UID, _ breakdown: TaskBreakdown) throws -> TaskBreakdownPlan {
        let row = try findDivisible(parent)
        let looked = try look(row, breakdown)
        let named = try namedOffices(looked.pieces.flatMap { [$0.performer, $0.leader].compactMap(\.self) })
        let gate = try gate(looked, breakdown.template, assigning: try assigningUnit(of: row))
        return TaskBreakdownPlan(
            rows: looked.pieces.enumerated().map { index, piece in
                TaskBreakdownPlan.Row(
                    unit: piece.place.link, performer: piece.performer.flatMap { named[$0] },
                    leader: piece.leader.flatMap { named[$0] }, present: looked.present[piece.place.id],
                    refusal: piece.place.isDirected
                        ? nil : Message("task.error.unit_forbidden", ["name": .text(piece.place.link.name)]),
                    missing: gate.own[index])
            }, missing: gate.shared)
    }

    /// A part with what its names stand for.
    struct Piece {
        let place: TaskPlace
        let performer: ID<Office>?
        let leader: ID<Office>?
    }

    struct LookedUp {
        var pieces: [Piece]
        let present: [ID<OrgUnit>: TaskRow]
    }

    /// Finds the units and offices of all parts at once. What the viewer may not know of is unknown.
    func look(_ parent: TaskRow, _ breakdown: TaskBreakdown) throws -> LookedUp {
        var found = Validation()
        let parts = breakdown.parts
        if parts.isEmpty { found.add("units", "task.breakdown.error.nobody") }
        if parts.count > TaskBulk.limit {
            found.add("units", "task.breakdown.error.too_many", ["max": .number(TaskBulk.limit)])
        }
        if Set(parts.map(\.unit)).count < parts.count { found.add("units", "task.breakdown.error.doubled") }
        try found.check()
        let places = Dictionary(try self.places(parts.map(\.unit)).map { ($0.link.uid, $0) }) { first, _ in first }
        let offices = try offices(Set(parts.flatMap { [$0.performer, $0.leader].compactMap(\.self) }))
        let pieces = parts.compactMap { part -> Piece? in
            guard let place = places[part.unit] else {
                found.add("units", "coverage.error.unit_unknown")
                return nil
            }
            for (field, uid) in [("performer", part.performer), ("leader", part.leader)] {
                if let uid, offices[uid] == nil {
                    found.add(TaskStore.problem(field, "task.error.office_unknown", of: place))
                }
            }
            return Piece(
                place: place, performer: part.performer.flatMap { offices[$0] },
                leader: part.leader.flatMap { offices[$0] })
        }
        try found.check()
        return LookedUp(pieces: pieces, present: try partsByUnit(of: parent.task.id))
    }

    /// Held today or later, in units that the viewer may know of: as in a draft.
    private func offices(_ uids: Set<UID>) throws -> [UID: ID<Office>] {
        var found: [UID: ID<Office>] = [:]
        for batch in KeyBatches.of(uids.sorted()) {
            for row in try tx.all(
                """
                SELECT o.uid, o.id FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.uid IN (\(list: batch))
                AND o.to_day > \(today) AND o.from_day < o.to_day AND \(UnitScope(viewer).condition) ORDER BY o.id
                """)
            { found[try row.uid(0)] = try row.id(1) }
        }
        return found
    }

    /// What the gate finds of each part: the same rule as for one task, asked with the same facts. What all have in
    /// common is said once.
    func gate(
        _ looked: LookedUp, _ template: TaskDraft, assigning: ID<OrgUnit>
    ) throws -> (shared: [Problem], own: [[Problem]]) {
        let pieces = looked.pieces
        let seats = try TaskSeats(
            pieces.flatMap { [$0.performer, $0.leader] }, leading: pieces.map(\.place.id), in: tx, on: today)
        let rules = try rules(assigning: assigning)
        let findings = pieces.map { piece -> [TaskClarity.Finding] in
            var facts = TaskFacts(
                title: template.title, description: template.description, start: template.start,
                deadline: template.deadline, products: template.products.map(TaskFacts.Product.init),
                hasAuthority: template.authority != nil)
            facts.isReviewPast = isReviewPast(template.deadline)
            seats.fill(&facts, lead: piece.place.id, performer: piece.performer, leader: piece.leader)
            return TaskClarity(facts, rules: rules).findings
        }
        func isOwn(_ finding: TaskClarity.Finding) -> Bool { [.person, .responsibility].contains(finding.point) }
        return (
            (findings.first ?? []).filter { !isOwn($0) }.map(\.problem),
            findings.map { $0.filter(isOwn).map(\.problem) }
        )
    }

    /// `Phường Pleiku: nobody is to do it.`
    static func problem(_ field: String, _ key: String, of place: TaskPlace) -> Problem {
        Problem(field, "task.breakdown.error.of_unit", ["unit": .text(place.link.name), "reason": .key(key)])
    }

    func assigningUnit(of parent: TaskRow) throws -> ID<OrgUnit> {
        if let own = try ownUnits().last { return own }
        guard viewer.isSystem else { throw AppError.forbidden(Message("task.error.no_office")) }
        return parent.task.assigningUnit
    }
}
