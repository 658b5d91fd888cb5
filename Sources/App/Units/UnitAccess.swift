public import Storage

/// What a viewer may do to one unit: asked by the handler, by the API and by the buttons of the page.
///
/// An administrator of the subtree may do everything in it. A secretariat may make, rename and describe the bodies in
/// its subtree, never the territory.
public struct UnitAbilities: Sendable, Equatable {
    public let mayAddBelow: Bool
    public let mayRename: Bool
    public let mayMove: Bool
    public let mayDissolve: Bool
    public let mayDescribe: Bool

    public init(tx: Transaction, viewer: Viewer, row: UnitRow, today: Day) throws {
        let rights = UnitRights(viewer)
        let administers = try rights.holds([.administrator], over: row.unit.id, in: tx)
        let keeps = administers ? true : try rights.holds([.secretariat], over: row.unit.id, in: tx)
        let lives = row.unit.to > today
        mayAddBelow = lives && keeps
        mayRename = lives && (administers || (keeps && !row.kind.isTerritory))
        mayDescribe = mayRename
        mayMove = lives && administers
        mayDissolve = lives && administers
    }
}

extension UnitStore {
    /// The unit, if the viewer may do this to it; ``AppError/notFound`` when it is unknown to them, else forbidden.
    func find(_ uid: UID, may ability: KeyPath<UnitAbilities, Bool>) throws -> UnitRow {
        let row = try find(uid)
        guard try UnitAbilities(tx: tx, viewer: viewer, row: row, today: today)[keyPath: ability] else {
            throw AppError.forbidden(Message(row.unit.to <= today ? "unit.error.ended" : "unit.error.forbidden"))
        }
        return row
    }

    /// A viewer who holds no unit to add to does not see the way to the form.
    public func mayCreateSomewhere() -> Bool { viewer.has(.administrator) || viewer.has(.secretariat) }

    /// Asked before the form is read: who may make no unit at all learns nothing from its problems.
    func requireMayCreateSomewhere() throws(AppError) {
        guard mayCreateSomewhere() else { throw .forbidden(Message("unit.error.forbidden")) }
    }
}
