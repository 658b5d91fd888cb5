import Storage

/// Who may do what to gaps: administrator and secretariat over the owner keep them.
extension GapStore {
    /// A viewer who keeps no unit does not see the way to the form.
    public func mayCreateSomewhere() -> Bool { viewer.has(.administrator) || viewer.has(.secretariat) }

    /// Asked before the form is read.
    func requireMayCreateSomewhere() throws(AppError) {
        guard mayCreateSomewhere() else { throw .forbidden(Message("gap.error.forbidden")) }
    }

    func keeps(_ owner: ID<OrgUnit>) throws -> Bool {
        try UnitRights(viewer.reaching(.internal)).holds([.administrator, .secretariat], over: owner, in: tx)
    }

    /// The gap, if the viewer may change it; ``AppError/notFound`` when it is unknown to them, else forbidden.
    func findKept(_ uid: UID) throws -> GapRow {
        let row = try find(uid)
        guard try keeps(row.gap.owner) else { throw AppError.forbidden(Message("gap.error.forbidden")) }
        return row
    }
}
