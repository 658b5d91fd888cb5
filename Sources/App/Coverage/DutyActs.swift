import Storage

/// What is decided of one unit's duty by whoever keeps the requirement; each has a reason.
public enum DutyDecision: Sendable, Equatable {
    /// This document is the one that was wanted, though no link says so.
    case fulfil(by: UID, reason: String)
    /// What was named by hand is not the one.
    case reopen(reason: String)
    case waive(reason: String)
    /// It must be issued after all.
    case unwaive(reason: String)
    /// The unit is no longer addressed.
    case release(reason: String)

    /// The words of the form and of JSON.
    public enum Name: String, Sendable, CaseIterable {
        case fulfil, reopen, waive, unwaive, release
    }

    var name: Name {
        switch self {
        case .fulfil: .fulfil
        case .reopen: .reopen
        case .waive: .waive
        case .unwaive: .unwaive
        case .release: .release
        }
    }

    var isRelease: Bool { name == .release }
}

extension CoverageStore {
    @discardableResult
    public func decide(
        _ uid: UID, _ unit: UID, _ decision: DutyDecision, seen: Int?, at now: Instant
    ) throws -> RequirementRow {
        switch decision {
        case .fulfil(let document, let reason):
            try fulfil(uid, unit, by: document, reason: reason, seen: seen, at: now)
        case .reopen(let reason): try reopen(uid, unit, reason: reason, seen: seen, at: now)
        case .waive(let reason): try waive(uid, unit, reason: reason, seen: seen, at: now)
        case .unwaive(let reason): try unwaive(uid, unit, reason: reason, seen: seen, at: now)
        case .release(let reason): try release(uid, unit, reason: reason, seen: seen, at: now)
        }
    }

    /// Names the document that fulfils it, where no link says so. It must be issued and known to the viewer.
    @discardableResult
    func fulfil(
        _ uid: UID, _ unit: UID, by document: UID, reason: String, seen: Int?, at now: Instant
    ) throws -> RequirementRow {
        let (row, duty) = try findKeptDuty(uid, unit)
        try bump(row, seen: seen)
        var found = Validation()
        let named = try ifKnown(documents.find(document).document)
        if named == nil { found.add("document", "document.error.unknown") }
        if let named, named.state != .issued { found.add("document", "coverage.error.not_issued") }
        if named?.id == row.requirement.document { found.add("document", "coverage.error.itself") }
        if reason.isEmpty { found.add("reason", "field.missing") }
        try found.check()
        guard let named else { throw AppError.notFound }
        try update(
            duty,
            """
            fulfilled_by = \(named.id), fulfilled_on = \(named.issuedOn), fulfilled_how = 'hand',
            fulfilment_reason = \(reason)
            """)
        try record(
            .fulfilled, row.requirement, unit: duty.unit,
            after: [
                "unit": try unitName(duty.unit), "fulfilled_by": try documentName(named.id), "reason": reason,
            ], at: now)
        return try find(uid)
    }

    /// Takes back what was named by hand; what a link says counts again.
    @discardableResult
    func reopen(_ uid: UID, _ unit: UID, reason: String, seen: Int?, at now: Instant) throws -> RequirementRow {
        let (row, duty) = try findKeptDuty(uid, unit)
        guard let old = duty.fulfilment, old.how == .hand else {
            throw AppError.conflict(Message("coverage.error.not_by_hand"))
        }
        try bump(row, seen: seen)
        try requireReason(reason)
        try update(duty, "fulfilled_by = NULL, fulfilled_on = \(Day.never), fulfilled_how = '', fulfilment_reason = ''")
        _ = try DutyMatching(store: self).match(row.requirement, units: [duty.unit])
        try tellAgain(row, duty, at: now)
        try record(
            .reopened, row.requirement, unit: duty.unit, before: ["fulfilled_by": try documentName(old.document)],
            after: ["unit": try unitName(duty.unit), "reason": reason], at: now)
        return try find(uid)
    }

    /// The unit need not issue it, for a reason. When it does all the same, that counts.
    @discardableResult
    func waive(_ uid: UID, _ unit: UID, reason: String, seen: Int?, at now: Instant) throws -> RequirementRow {
        let (row, duty) = try findKeptDuty(uid, unit)
        if duty.waiverReason != nil { throw AppError.conflict(Message("coverage.error.waived")) }
        try bump(row, seen: seen)
        try requireReason(reason)
        try update(duty, "waived = 1, waiver_reason = \(reason)")
        try record(
            .waived, row.requirement, unit: duty.unit,
            after: ["unit": try unitName(duty.unit), "reason": reason], at: now)
        return try find(uid)
    }

    /// It must be issued after all.
    @discardableResult
    func unwaive(_ uid: UID, _ unit: UID, reason: String, seen: Int?, at now: Instant) throws -> RequirementRow {
        let (row, duty) = try findKeptDuty(uid, unit)
        if duty.waiverReason == nil { throw AppError.conflict(Message("coverage.error.not_waived")) }
        try bump(row, seen: seen)
        try requireReason(reason)
        try update(duty, "waived = 0, waiver_reason = ''")
        try tellAgain(row, duty, at: now)
        try record(
            .unwaived, row.requirement, unit: duty.unit,
            after: ["unit": try unitName(duty.unit), "reason": reason], at: now)
        return try find(uid)
    }

    /// What seemed settled is to be issued after all, unless it is there already.
    private func tellAgain(_ row: RequirementRow, _ duty: Duty, at now: Instant) throws {
        try DutyTelling(store: self).tell(
            row.requirement, [duty.unit], due: duty.due, version: row.requirement.version + 1, at: now)
    }

    /// The duty, if the viewer may know of it and may change it.
    func findKeptDuty(_ uid: UID, _ unit: UID) throws -> (row: RequirementRow, duty: Duty) {
        let row = try find(uid)
        let duty = try duty(row.requirement, units.find(unit).unit.id)
        return (try findKept(uid), duty)
    }

    /// ``AppError/notFound`` when the unit is not addressed, or the viewer may not know of its duties.
    func duty(_ requirement: Requirement, _ unit: ID<OrgUnit>) throws -> Duty {
        let row = try tx.first(
            """
            SELECT y.requirement_id, y.unit_id, y.state, y.due_on, y.fulfilled_by, y.fulfilled_on, y.fulfilled_how,
            y.fulfilment_reason, y.waived, y.waiver_reason FROM document_duty y JOIN unit u ON u.id = y.unit_id
            WHERE y.requirement_id = \(requirement.id) AND y.unit_id = \(unit) AND y.removed = 0
            AND \(scope.condition)
            """)
        guard let row else { throw AppError.notFound }
        return try Duty(row)
    }

    func update(_ duty: Duty, _ what: SQL) throws {
        let which: SQL = "requirement_id = \(duty.requirement) AND unit_id = \(duty.unit)"
        try tx.run("UPDATE document_duty SET \(what) WHERE \(which)")
        if let row = try tx.first("SELECT id FROM document_duty WHERE \(which)") { try settle(try row.int64(0)) }
    }
}

extension Duty {
    fileprivate init(_ row: Row) throws {
        requirement = try row.id(0)
        unit = try row.id(1)
        state = State(rawValue: try row.text(2)) ?? .open
        due = try row.day(3)
        if let document = try row.optionalID(4, of: Document.self) {
            fulfilment = Fulfilment(
                document: document, on: try row.day(5), how: Way(rawValue: try row.text(6)) ?? .link,
                reason: try row.text(7))
        }
        waiverReason = try row.bool(8) ? try row.text(9) : nil
        removalReason = nil
    }
}
