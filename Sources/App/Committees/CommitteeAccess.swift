public import Storage

/// What a viewer may do to one committee: asked by the handler, by the API and by the buttons of the page.
///
/// Administrators and secretariats over the body keep it: seats, organs, papers, portfolios, rules. A consolidation is
/// what the head signs, so a leader over the body may enter it too. What has ended stays as it is.
public struct CommitteeAbilities: Sendable, Equatable {
    public let mayKeep: Bool
    public let mayConsolidate: Bool

    public init(tx: Transaction, viewer: Viewer, row: CommitteeRow, today: Day) throws {
        let rights = UnitRights(viewer), unit = row.committee.unit
        let lives = !row.hasEnded(on: today)
        mayKeep = try lives && rights.holds([.administrator, .secretariat], over: unit, in: tx)
        mayConsolidate = try mayKeep || (lives && rights.holds([.leader], over: unit, in: tx))
    }
}

extension CommitteeStore {
    func abilities(_ row: CommitteeRow) throws -> CommitteeAbilities {
        try CommitteeAbilities(tx: tx, viewer: viewer, row: row, today: today)
    }

    /// The committee, if the viewer may do this to it; ``AppError/notFound`` when it is unknown to them, else forbidden.
    func find(_ uid: UID, may ability: KeyPath<CommitteeAbilities, Bool>) throws -> CommitteeRow {
        let row = try find(uid)
        guard try abilities(row)[keyPath: ability] else {
            throw AppError.forbidden(
                Message(row.hasEnded(on: today) ? "committee.error.ended" : "committee.error.forbidden"))
        }
        return row
    }

    /// A viewer who keeps no unit does not see the way to the form.
    public func mayCreateSomewhere() -> Bool { viewer.has(.administrator) || viewer.has(.secretariat) }

    /// Asked before the form is read: who may make no committee at all learns nothing from its problems.
    func requireMayCreateSomewhere() throws(AppError) {
        guard mayCreateSomewhere() else { throw .forbidden(Message("committee.error.forbidden")) }
    }
}
