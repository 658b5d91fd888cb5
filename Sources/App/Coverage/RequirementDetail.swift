import Storage

/// All that the page of one requirement shows.
public struct RequirementDetail: Sendable {
    public let row: RequirementRow
    public let document: DocumentRow
    public let counts: CoverageCounts
    public let rights: RequirementAbilities
}

/// All that the page of one unit's duty shows.
public struct DutyDetail: Sendable {
    public let requirement: RequirementDetail
    public let unit: UnitRow
    public let duty: Duty
    public let status: DutyStatus
    /// What fulfils it, when the viewer may know of the document.
    public let fulfilment: DocumentRow?
}

extension CoverageStore {
    public func detail(_ uid: UID) throws -> RequirementDetail {
        let row = try find(uid)
        let document = try documents.find(row.requirement.document)
        var counts = CoverageCounts()
        let found = try tx.all(
            """
            SELECT \(DutyStatus.column(today)), COUNT(*) FROM document_duty y JOIN unit u ON u.id = y.unit_id
            WHERE y.requirement_id = \(row.requirement.id) AND y.state <> 'removed' AND \(scope.condition) GROUP BY 1
            """)
        for line in found {
            guard let status = DutyStatus(rawValue: try line.text(0)) else { continue }
            counts.add(try line.int(1), status, of: row.requirement.id)
        }
        return RequirementDetail(row: row, document: document, counts: counts, rights: try abilities(row))
    }

    public func dutyDetail(_ uid: UID, _ unit: UID) throws -> DutyDetail {
        let detail = try detail(uid)
        let unit = try units.find(unit)
        let duty = try duty(detail.row.requirement, unit.unit.id)
        return DutyDetail(
            requirement: detail, unit: unit, duty: duty, status: duty.status(on: today),
            fulfilment: try duty.fulfilment.flatMap { try ifKnown(documents.find($0.document)) })
    }

    /// What was done to the requirement and to the duties under it, newest first.
    public func history(of row: RequirementRow, page: PageRequest = .first) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer).history(of: row.requirement.subject, page: page)
    }
}
