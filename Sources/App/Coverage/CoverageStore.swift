public import Storage

/// Everything that is read and written about who must concretise what. Made from a transaction and a viewer, so that
/// nothing is read unscoped; each act stands in an extension.
public struct CoverageStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    var scope: CoverageScope { CoverageScope(viewer) }
    var documents: DocumentStore { DocumentStore(tx: tx, viewer: viewer, today: today) }
    var units: UnitStore { UnitStore(tx: tx, viewer: viewer, today: today) }

    /// A requirement beside what the viewer has to do with it.
    struct KnownRequirement {
        let row: RequirementRow
        /// The viewer has to do with the owner, so that it is known also without a duty.
        let isOwn: Bool
        let mayKeep: Bool
    }

    /// The requirements of a document, the earliest deadline first. Whoever shows them leaves out those that are not
    /// the viewer's own and of which they may know no duty.
    func requirements(of document: ID<Document>) throws -> [KnownRequirement] {
        let keepers = UnitScope(viewer.reaching(.internal)).within(RequirementAbilities.keepers)
        return try tx.all(
            """
            SELECT \(RequirementRow.columns), CASE WHEN \(isOwn) THEN 1 ELSE 0 END,
            CASE WHEN EXISTS (SELECT 1 FROM unit u WHERE u.id = q.owner_id AND \(keepers)) THEN 1 ELSE 0 END
            FROM document_requirement q \(RequirementRow.owner(viewer))
            WHERE q.document_id = \(document) AND q.withdrawn = 0
            ORDER BY q.due_on, q.id LIMIT \(CoverageStore.limit)
            """
        ).map {
            KnownRequirement(
                row: try RequirementRow($0), isOwn: try $0.bool(RequirementRow.width),
                mayKeep: try $0.bool(RequirementRow.width + 1))
        }
    }

    /// Of one document. More would not fit on a page.
    static let limit = 20

    /// Throws ``AppError/notFound`` also when the viewer may not know of it.
    public func find(_ uid: UID) throws -> RequirementRow {
        let row = try tx.first(
            """
            SELECT \(RequirementRow.columns) FROM document_requirement q \(RequirementRow.owner(viewer))
            JOIN document d ON d.id = q.document_id
            WHERE q.uid = \(uid) AND \(DocumentScope(viewer).condition()) AND \(knownRequirement)
            """)
        guard let row else { throw AppError.notFound }
        return try RequirementRow(row)
    }

    /// A requirement, `q`, of a document that the viewer knows: known to whoever has to do with its owner, and to
    /// whoever may know of one of the duties under it.
    var knownRequirement: SQL {
        if viewer.isSystem { return "1 = 1" }
        return "(\(isOwn) OR \(scope.anyDuty("y.requirement_id = q.id")))"
    }

    /// The owner is the viewer's own unit, or lies in a subtree that the viewer has a right over.
    private var isOwn: SQL {
        if viewer.isSystem { return "1 = 1" }
        let within = UnitScope(viewer.reaching(.internal)).within(Role.allCases)
        let granted: SQL = "EXISTS (SELECT 1 FROM unit u WHERE u.id = q.owner_id AND \(within) LIMIT 1 OFFSET 0)"
        guard let own = viewer.office?.unit else { return granted }
        return "(q.owner_id = \(own) OR \(granted))"
    }

    func record(
        _ verb: Event.Verb, _ requirement: Requirement, unit: ID<OrgUnit>? = nil, before: [String: String] = [:],
        after: [String: String], at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, requirement.subject, unit: unit ?? requirement.owner, before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ row: RequirementRow, seen: Int?) throws {
        let requirement = row.requirement
        try Overtaken.check(seen, against: requirement.version, of: requirement.subject, "coverage.error.stale")
        try tx.run("UPDATE document_requirement SET version = version + 1 WHERE id = \(row.requirement.id)")
    }
}

extension CoverageStore {
    /// Acts on requirements stand in the queue of the documents: a link that is made beside them fulfils them.
    static func queue(_ tx: Transaction) throws { try DocumentStore.queue(tx) }
}
