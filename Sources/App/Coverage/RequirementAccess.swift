import Storage

/// Who may require, and what may be done to a requirement: asked by the handler, by the API and by the buttons.
///
/// Administrator and secretariat require of the units under them, in the name of one of these; whoever keeps that
/// unit moves the deadline, adds and takes back units, waives, and names a document by hand.
public struct RequirementAbilities: Sendable, Equatable {
    public let mayKeep: Bool

    static let keepers: [Role] = [.administrator, .secretariat]
}

extension CoverageStore {
    /// A viewer who keeps no unit does not see the way to the form.
    public func mayRequireSomewhere() -> Bool {
        viewer.isSystem || viewer.has(.administrator) || viewer.has(.secretariat)
    }

    /// Asked before the form is read.
    func requireMayRequireSomewhere() throws(AppError) {
        guard mayRequireSomewhere() else { throw .forbidden(Message("coverage.error.forbidden")) }
    }

    /// In whose name the viewer may require.
    func keeps(_ owner: ID<OrgUnit>) throws -> Bool {
        try UnitRights(viewer.reaching(.internal)).holds(RequirementAbilities.keepers, over: owner, in: tx)
    }

    func abilities(_ row: RequirementRow) throws -> RequirementAbilities {
        RequirementAbilities(mayKeep: try !row.requirement.isWithdrawn && keeps(row.requirement.owner))
    }

    /// The requirement, if the viewer may change it; ``AppError/notFound`` when it is unknown to them, a conflict when
    /// it was withdrawn, else forbidden.
    func findKept(_ uid: UID) throws -> RequirementRow {
        let row = try find(uid)
        guard try keeps(row.requirement.owner) else { throw AppError.forbidden(Message("coverage.error.forbidden")) }
        if row.requirement.isWithdrawn { throw AppError.conflict(Message("coverage.error.withdrawn")) }
        return row
    }
}
