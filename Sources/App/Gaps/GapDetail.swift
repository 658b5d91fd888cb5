import Storage

/// All that the page of one gap shows besides the row itself.
public struct GapDetail: Sendable {
    public let row: GapRow
    /// When the viewer may know of it.
    public let basis: DocumentRow?
    public let hasHiddenBasis: Bool
    /// Who answers for it: the office and who holds it.
    public let office: GapOffice?
    public let blockedUnits: [UnitLink]
    public let blockedDocuments: [DocumentRow]
    public let blockedTasks: [TaskRow]
    public let mayKeep: Bool
    /// Where its reasons lead to.
    let cited: CitedDocuments

    /// More than one editor may name: each keeps what others named and they may not know of.
    static let blockedShown = 20 * GapDraft.blockedLimit
}

extension GapStore {
    /// Everything about one gap, as far as the viewer may know of what it names.
    public func detail(_ uid: UID) throws -> GapDetail {
        let row = try find(uid)
        let id = row.gap.id
        let basis = try row.gap.basis.flatMap { try ifKnown(documents.find($0)) }
        let units = try tx.all(
            """
            SELECT u.uid, \(UnitLife.name(today)) FROM gap_unit g JOIN unit u ON u.id = g.unit_id
            WHERE g.gap_id = \(id) AND \(UnitScope(viewer).condition) ORDER BY 2, u.id
            """
        ).map { UnitLink(uid: try $0.uid(0), name: try $0.text(1)) }
        let papers = try documents.rows(
            """
            d.id IN (SELECT b.document_id FROM gap_blocked_document b WHERE b.gap_id = \(id))
            AND \(DocumentScope(viewer).condition())
            """, limit: GapDetail.blockedShown)
        return GapDetail(
            row: row, basis: basis, hasHiddenBasis: row.gap.basis != nil && basis == nil, office: try office(row.gap),
            blockedUnits: units, blockedDocuments: papers, blockedTasks: try blockedTasks(of: id),
            mayKeep: try keeps(row.gap.owner),
            cited: try CitedDocuments([row.gap.reason, row.gap.blocks, row.gap.settlement], tx, viewer))
    }

    private func office(_ gap: Gap) throws -> GapOffice? {
        guard let office = gap.office,
            let row = try tx.first("SELECT o.uid, o.title, o.person_id FROM office o WHERE o.id = \(office)")
        else { return nil }
        let access = PersonAccess(tx: tx, viewer: viewer, today: today)
        let known = try tx.first(
            "SELECT p.name FROM person p WHERE p.id = \(try row.int64(2)) AND \(try access.known())")
        return GapOffice(uid: try row.uid(0), title: try row.text(1), person: try known?.text(0))
    }

    /// What was done to the gap, newest first.
    public func history(of row: GapRow, page: PageRequest = .first) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer).history(of: row.gap.subject, page: page)
    }
}
