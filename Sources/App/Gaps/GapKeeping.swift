import Storage

/// Noting a gap and changing what is known of it.
extension GapStore {
    @discardableResult public func create(_ draft: GapDraft, at now: Instant) throws -> GapRow {
        let known = try check(draft, of: nil)
        let uid = UID.new(at: now)
        let row = try tx.first(
            """
            INSERT INTO gap (uid, origin, title, title_fold, type, owner_id, office_id, due_on, basis_id, paragraph,
                reason, blocks, state, settled, document_id, settled_on, settlement, version)
            VALUES (\(uid), \(try Installation.origin(tx)), \(draft.title), \(TextFold.fold(draft.title)),
                \(draft.type.rawValue), \(known.owner), \(known.office), \(draft.due), \(known.basis), \(draft.paragraph),
                \(draft.reason), \(draft.blocks), 'open', 0, NULL, \(Day.never), '', 1) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new gap has no id") }
        try replaceBlocked(try row.id(0), known)
        let made = try made(uid)
        try record(.created, made.gap, after: try fields(made.gap), at: now)
        return made
    }

    /// Changes what is known of a gap; a settled one stays as it is. What it names and the viewer may not know of stays:
    /// a basis until another is named, units, documents and tasks that wait in any case.
    @discardableResult
    public func change(_ uid: UID, _ draft: GapDraft, seen: Int?, at now: Instant) throws -> GapRow {
        let row = try findKept(uid)
        if row.gap.state.isSettled { throw AppError.conflict(Message("gap.error.settled")) }
        try bump(row, seen: seen)
        let known = try check(draft, of: row.gap)
        let before = try fields(row.gap)
        try tx.run(
            """
            UPDATE gap SET title = \(draft.title), title_fold = \(TextFold.fold(draft.title)),
            type = \(draft.type.rawValue), owner_id = \(known.owner), office_id = \(known.office), due_on = \(draft.due),
            basis_id = \(known.basis), paragraph = \(draft.paragraph), reason = \(draft.reason), blocks = \(draft.blocks)
            WHERE id = \(row.gap.id)
            """)
        try replaceBlocked(row.gap.id, known)
        let changed = try made(uid)
        let (old, new) = UnitStore.difference(before, try fields(changed.gap))
        try record(.changed, changed.gap, before: old, after: new, at: now)
        return changed
    }

    /// The gap after an act: whoever did it is told of it, even when they may not know of it any longer.
    func made(_ uid: UID) throws -> GapRow {
        try GapStore(tx: tx, viewer: .system(viewer.name), today: today).find(uid)
    }

    // MARK: - Checks

    private struct Known {
        let owner: ID<OrgUnit>
        let office: ID<Office>?
        let basis: ID<Document>?
        let units: [ID<OrgUnit>]
        let documents: [ID<Document>]
        let tasks: [ID<TaskItem>]
    }

    private func check(_ draft: GapDraft, of gap: Gap?) throws -> Known {
        var found = Validation()
        let owner = try owner(draft.owner, &found)
        let office = try owner.flatMap { try self.office(draft.office, in: $0.unit.id, or: gap?.office, &found) }
        let basis = try basis(draft.basis, of: gap, &found)
        if draft.type == .letter { found.add("type", "coverage.error.type") }
        Deadline.check(draft.due, "due_on", &found)
        let waiting = try draft.blockedUnits.compactMap { try ifKnown(units.find($0).unit.id) }
        if waiting.count < draft.blockedUnits.count { found.add("blocked_units", "coverage.error.unit_unknown") }
        let papers = try draft.blockedDocuments.compactMap { try ifKnown(documents.find($0).document.id) }
        if papers.count < draft.blockedDocuments.count { found.add("blocked_documents", "document.error.unknown") }
        let work = try draft.blockedTasks.compactMap { try ifKnown(tasks.find($0).task.id) }
        if work.count < draft.blockedTasks.count { found.add("blocked_tasks", "gap.error.task_unknown") }
        for (field, count) in [
            ("blocked_units", waiting.count), ("blocked_documents", papers.count), ("blocked_tasks", work.count),
        ]
        where count > GapDraft.blockedLimit {
            found.add(field, "gap.error.too_many", ["max": .number(GapDraft.blockedLimit)])
        }
        try found.check()
        guard let owner else { throw AppError.notFound }
        return Known(owner: owner.unit.id, office: office, basis: basis, units: waiting, documents: papers, tasks: work)
    }

    private func owner(_ uid: UID, _ found: inout Validation) throws -> UnitRow? {
        guard let unit = try ifKnown(units.find(uid)) else {
            found.add("owner", "coverage.error.unit_unknown")
            return nil
        }
        if unit.unit.to <= today { found.add("owner", "coverage.error.unit_ended", ["name": .text(unit.name)]) }
        if try !keeps(unit.unit.id) { found.add("owner", "gap.error.owner_forbidden", ["name": .text(unit.name)]) }
        return unit
    }

    private func basis(_ uid: UID?, of gap: Gap?, _ found: inout Validation) throws -> ID<Document>? {
        if let uid {
            let named = try ifKnown(documents.find(uid).document.id)
            if named == nil { found.add("basis", "document.error.unknown") }
            return named
        }
        // The form shows nothing of a hidden one, so that its silence takes nothing away.
        guard let present = gap?.basis, try ifKnown(documents.find(present)) == nil else { return nil }
        return present
    }

    /// An office of the owner that is held today or will be: a successor may have been named before their first day.
    /// One that answers already may go on, though it has ended.
    private func office(
        _ uid: UID?, in owner: ID<OrgUnit>, or present: ID<Office>?, _ found: inout Validation
    ) throws -> ID<Office>? {
        guard let uid else { return nil }
        let row = try tx.first(
            """
            SELECT id FROM office WHERE uid = \(uid) AND unit_id = \(owner)
            AND ((to_day > \(today) AND from_day < to_day) OR id = \(present?.value ?? 0))
            """)
        if row == nil { found.add("office", "gap.error.office_unknown") }
        return try row?.id(0)
    }

    /// Of what waits, only what the viewer may know of is taken away.
    private func replaceBlocked(_ gap: ID<Gap>, _ known: Known) throws {
        try tx.run(
            """
            DELETE FROM gap_unit WHERE gap_id = \(gap) AND unit_id IN (SELECT u.id FROM gap_unit b
            JOIN unit u ON u.id = b.unit_id WHERE b.gap_id = \(gap) AND \(UnitScope(viewer).condition))
            """)
        try tx.run(
            """
            DELETE FROM gap_blocked_document WHERE gap_id = \(gap) AND document_id IN (SELECT d.id
            FROM gap_blocked_document b JOIN document d ON d.id = b.document_id
            WHERE b.gap_id = \(gap) AND \(DocumentScope(viewer).condition()))
            """)
        try tx.insert(
            into: "gap_unit", ["gap_id", "unit_id"], rows: Set(known.units).map { [gap.sqlValue, $0.sqlValue] })
        try tx.insert(
            into: "gap_blocked_document", ["gap_id", "document_id"],
            rows: Set(known.documents).map { [gap.sqlValue, $0.sqlValue] })
        try replaceBlockedTasks(gap, known.tasks)
    }

    /// For the event. What not everybody may know is named by its uid only.
    private func fields(_ gap: Gap) throws -> [String: String] {
        let coverage = CoverageStore(tx: tx, viewer: viewer, today: today)
        return [
            "title": gap.title, "type": gap.type.rawValue, "unit": try coverage.unitName(gap.owner),
            "office": try gap.office.flatMap { try tx.first("SELECT uid FROM office WHERE id = \($0)")?.text(0) } ?? "",
            "due_on": gap.due.text, "document": try gap.basis.map(coverage.documentName) ?? "",
            "paragraph": gap.paragraph, "reason": gap.reason, "blocks": gap.blocks,
        ]
    }
}
