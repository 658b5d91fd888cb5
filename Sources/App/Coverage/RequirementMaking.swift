import Storage

/// Requiring, changing what is required, and taking it back as a whole.
extension CoverageStore {
    /// Requires a type of document of an audience, by a day. What was issued already and names the higher document
    /// fulfils it at once. Problems name their field.
    @discardableResult
    public func require(_ draft: RequirementDraft, at now: Instant) throws -> RequirementRow {
        let document = try documents.find(draft.document).document
        var found = Validation()
        let owner = try owner(draft.owner, &found)
        try check(document, draft.type, due: draft.due, &found)
        let units = try expand(draft.audience, &found)
        try found.check()
        guard let owner else { throw AppError.notFound }
        let requirement = try insert(draft, document.id, owner, at: now)
        try insertDuties(requirement, units)
        let matched = try DutyMatching(store: self).match(requirement, units: Set(units))
        try DutyTelling(store: self).tell(
            requirement, units, due: requirement.due, version: requirement.version, at: now)
        try record(
            .created, requirement,
            after: [
                "document": try documents.eventName(documents.find(draft.document)), "type": draft.type.rawValue,
                "title": draft.title, "due_on": draft.due.text, "units": String(units.count),
                "fulfilled": matched == 0 ? "" : String(matched),
            ], at: now)
        return try CoverageStore(tx: tx, viewer: .system(viewer.name), today: today).find(requirement.uid)
    }

    /// Changes the words, or moves the deadline of all duties that are still open under it.
    @discardableResult
    public func change(_ uid: UID, _ change: RequirementChange, seen: Int?, at now: Instant) throws -> RequirementRow {
        let row = try findKept(uid)
        try bump(row, seen: seen)
        let old = row.requirement
        var found = Validation()
        let document = try documents.find(old.document).document
        try check(document, old.type, due: change.due, &found)
        if change.due != old.due, change.reason.isEmpty { found.add("reason", "coverage.error.reason_for_deadline") }
        try found.check()
        try tx.run(
            """
            UPDATE document_requirement SET title = \(change.title), paragraph = \(change.paragraph),
            due_on = \(change.due) WHERE id = \(old.id)
            """)
        if change.due != old.due {
            try tx.run("UPDATE document_duty SET due_on = \(change.due) WHERE requirement_id = \(old.id)")
            try retell(row, due: change.due, at: now)
        }
        let (before, after) = UnitStore.difference(
            ["title": old.title, "paragraph": old.paragraph, "due_on": old.due.text],
            ["title": change.title, "paragraph": change.paragraph, "due_on": change.due.text])
        let told = after.merging(["reason": change.due == old.due ? "" : change.reason]) { own, _ in own }
        try record(.changed, old, before: before, after: told, at: now)
        return try find(uid)
    }

    /// Whoever owes it still is told the other day instead.
    private func retell(_ row: RequirementRow, due: Day, at now: Instant) throws {
        let requirement = row.requirement
        let units = try tx.all(
            """
            SELECT unit_id FROM document_duty WHERE requirement_id = \(requirement.id) AND state = 'open'
            ORDER BY unit_id
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        try NoticeTelling(tx: tx, today: today, now: now).withdraw([.toIssue], of: requirement.subject)
        try DutyTelling(store: self).tell(requirement, units, due: due, version: requirement.version + 1, at: now)
    }

    /// Takes the whole requirement back. Its duties are in no list any longer; its history stays.
    public func withdraw(_ uid: UID, reason: String, seen: Int?, at now: Instant) throws -> RequirementRow {
        let row = try findKept(uid)
        try bump(row, seen: seen)
        try requireReason(reason)
        try tx.run(
            """
            UPDATE document_requirement SET withdrawn = 1, withdrawal_reason = \(reason)
            WHERE id = \(row.requirement.id)
            """)
        try tx.run(
            """
            UPDATE document_duty SET removed = 1, removal_reason = \(reason), state = 'removed'
            WHERE requirement_id = \(row.requirement.id) AND removed = 0
            """)
        try DocumentMap(tx: tx).refreshScopes([row.requirement.document.value])
        try NoticeTelling(tx: tx, today: today, now: now).withdraw([.toIssue], of: row.requirement.subject)
        try record(.withdrawn, row.requirement, after: ["reason": reason], at: now)
        return try CoverageStore(tx: tx, viewer: .system(viewer.name), today: today).find(uid)
    }

    private func owner(_ asked: UID?, _ found: inout Validation) throws -> ID<OrgUnit>? {
        let unit: UnitRow?
        if let asked {
            unit = try ifKnown(units.find(asked))
        } else {
            unit = try viewer.office.map { try units.find($0.unit) }
        }
        guard let unit else {
            found.add("owner", asked == nil ? "field.missing" : "coverage.error.unit_unknown")
            return nil
        }
        if try !keeps(unit.unit.id) { found.add("owner", "coverage.error.owner_forbidden", ["name": .text(unit.name)]) }
        return unit.unit.id
    }

    private func check(_ document: Document, _ type: DocumentType, due: Day, _ found: inout Validation) throws {
        if document.state != .issued { found.add("document", "coverage.error.not_issued") }
        if type == .letter { found.add("type", "coverage.error.type") }
        if due < document.issuedOn, document.state == .issued {
            found.add("due_on", "coverage.error.due_before_document", ["day": .day(document.issuedOn)])
        }
        if due >= Day.never { found.add("due_on", "field.day", ["typed": .text(due.text)]) }
    }

    private func insert(
        _ draft: RequirementDraft, _ document: ID<Document>, _ owner: ID<OrgUnit>, at now: Instant
    ) throws -> Requirement {
        let count = try tx.first(
            "SELECT COUNT(*) FROM document_requirement WHERE document_id = \(document) AND withdrawn = 0")
        if try count?.int(0) ?? 0 >= CoverageStore.limit {
            throw AppError.conflict(Message("coverage.error.many_requirements", ["max": .number(CoverageStore.limit)]))
        }
        let uid = UID.new(at: now)
        let row = try tx.first(
            """
            INSERT INTO document_requirement (uid, origin, document_id, type, owner_id, title, paragraph, first_due_on,
                due_on, made_on, withdrawn, withdrawal_reason, version)
            VALUES (\(uid), \(try Installation.origin(tx)), \(document), \(draft.type.rawValue), \(owner),
                \(draft.title), \(draft.paragraph), \(draft.due), \(draft.due), \(today), 0, '', 1) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new requirement has no id") }
        return Requirement(
            id: try row.id(0), uid: uid, document: document, type: draft.type, owner: owner, title: draft.title,
            paragraph: draft.paragraph, due: draft.due, firstDue: draft.due, madeOn: today, isWithdrawn: false,
            withdrawalReason: "", version: 1)
    }
}
