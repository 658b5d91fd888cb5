import Storage

/// From a set to its units, and changes of the set.
extension CoverageStore {
    /// The units of an audience that live today, each with its key. Problems name the field of the form.
    func expand(_ audience: RequirementAudience, _ found: inout Validation) throws -> [ID<OrgUnit>] {
        switch audience {
        case .communes(let top): try below(top, "v.level = \(UnitKind.Level.commune.rawValue)", &found)
        case .provinces(let top): try below(top, "v.level = \(UnitKind.Level.province.rawValue)", &found)
        case .kind(let kind, let top): try below(top, "v.kind = \(kind.rawValue)", &found)
        case .units(let uids): try named(uids, &found)
        }
    }

    private func below(_ uid: UID, _ which: SQL, _ found: inout Validation) throws -> [ID<OrgUnit>] {
        guard let top = try ifKnown(units.find(uid)) else {
            found.add("base", "coverage.error.unit_unknown")
            return []
        }
        let rows = try tx.all(
            """
            SELECT DISTINCT u.id, CASE WHEN \(mayBeAsked) THEN 1 ELSE 0 END FROM unit_reach r
            JOIN unit u ON u.id = r.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(today) AND v.to_day > \(today)
            WHERE r.ancestor_id = \(top.unit.id) AND u.id <> \(top.unit.id) AND \(which)
            AND \(UnitScope(viewer).condition) ORDER BY u.id LIMIT \(RequirementAudience.limit + 1)
            """)
        if rows.isEmpty { found.add("base", "coverage.error.no_units", ["name": .text(top.name)]) }
        if rows.count > RequirementAudience.limit {
            found.add("base", "coverage.error.many_units", ["max": .number(RequirementAudience.limit)])
        }
        let forbidden = try rows.count { try $0.int(1) == 0 }
        if forbidden > 0 { found.add("base", "coverage.error.units_forbidden", ["name": .text(top.name)]) }
        return try rows.map { try $0.id(0) }
    }

    private func named(_ uids: [UID], _ found: inout Validation) throws -> [ID<OrgUnit>] {
        if uids.isEmpty { found.add("units", "field.missing") }
        if uids.count > RequirementAudience.limit {
            found.add("units", "coverage.error.many_units", ["max": .number(RequirementAudience.limit)])
            return []
        }
        var ids: [ID<OrgUnit>] = []
        for uid in uids {
            guard let unit = try ifKnown(units.find(uid)) else {
                found.add("units", "coverage.error.unit_unknown")
                continue
            }
            if unit.unit.to <= today { found.add("units", "coverage.error.unit_ended", ["name": .text(unit.name)]) }
            if try !mayAsk(unit.unit.id) {
                found.add("units", "coverage.error.unit_forbidden", ["name": .text(unit.name)])
            }
            if !ids.contains(unit.unit.id) { ids.append(unit.unit.id) }
        }
        return ids
    }

    /// Keepers require of what stands under them, on `unit u`.
    private var mayBeAsked: SQL { UnitScope(viewer.reaching(.internal)).within(RequirementAbilities.keepers) }

    private func mayAsk(_ unit: ID<OrgUnit>) throws -> Bool {
        try UnitRights(viewer.reaching(.internal)).holds(RequirementAbilities.keepers, over: unit, in: tx)
    }

    /// Adds units to a requirement that there is; those that it addresses already stay as they are, those that were
    /// taken back are addressed again. Returns how many were added.
    @discardableResult
    public func address(
        _ uid: UID, to audience: RequirementAudience, seen: Int?, at now: Instant
    ) throws -> (row: RequirementRow, added: Int) {
        let row = try findKept(uid)
        try bump(row, seen: seen)
        var found = Validation()
        let wanted = try expand(audience, &found)
        try found.check()
        let present = Set(
            try tx.all("SELECT unit_id FROM document_duty WHERE requirement_id = \(row.requirement.id) AND removed = 0")
                .map { try $0.id(0, of: OrgUnit.self) })
        let new = wanted.filter { !present.contains($0) }
        try insertDuties(row.requirement, new)
        let matched = try DutyMatching(store: self).match(row.requirement, units: Set(new))
        try DutyTelling(store: self).tell(
            row.requirement, new, due: row.requirement.due, version: row.requirement.version + 1, at: now)
        let name = new.count == 1 ? try unitName(new.first) : ""
        try record(
            .addressed, row.requirement, unit: new.count == 1 ? new.first : nil,
            after: ["unit": name, "units": String(new.count), "fulfilled": matched == 0 ? "" : String(matched)],
            at: now)
        return (try find(uid), new.count)
    }

    /// Takes a unit back: it need no longer issue anything, and is in no list.
    @discardableResult
    func release(_ uid: UID, _ unit: UID, reason: String, seen: Int?, at now: Instant) throws -> RequirementRow {
        let (row, duty) = try findKeptDuty(uid, unit)
        try bump(row, seen: seen)
        try requireReason(reason)
        try update(duty, "removed = 1, removal_reason = \(reason)")
        try DocumentMap(tx: tx).refreshScopes([row.requirement.document.value])
        try record(
            .released, row.requirement, unit: duty.unit,
            after: ["unit": try unitName(duty.unit), "reason": reason], at: now)
        return try find(uid)
    }

    func insertDuties(_ requirement: Requirement, _ units: [ID<OrgUnit>]) throws {
        for batch in KeyBatches.of(units) {
            try tx.run(
                """
                DELETE FROM document_duty WHERE requirement_id = \(requirement.id) AND removed = 1
                AND unit_id IN (\(list: Array(batch)))
                """)
        }
        let columns: [StaticString] = [
            "requirement_id", "unit_id", "document_id", "type", "due_on", "state", "fulfilled_on", "fulfilled_how",
            "fulfilment_reason", "waived", "waiver_reason", "removed", "removal_reason",
        ]
        try tx.insert(
            into: "document_duty", columns,
            rows: units.map { unit in
                [
                    requirement.id.sqlValue, unit.sqlValue, requirement.document.sqlValue,
                    .text(requirement.type.rawValue), requirement.due.sqlValue, .text(Duty.State.open.rawValue),
                    Day.never.sqlValue, .text(""), .text(""), .integer(0), .text(""), .integer(0), .text(""),
                ]
            })
        try DocumentMap(tx: tx).refreshScopes([requirement.document.value])
    }

    /// For an event: a unit that not everybody may know is named by its uid only.
    func unitName(_ unit: ID<OrgUnit>?) throws -> String {
        guard let unit, let row = try tx.first("SELECT uid FROM unit WHERE id = \(unit)") else { return "" }
        return try units.eventName(try row.uid(0))
    }

    func requireReason(_ reason: String) throws {
        if reason.isEmpty { throw AppError.invalid([Problem("reason", "field.missing")]) }
    }
}
