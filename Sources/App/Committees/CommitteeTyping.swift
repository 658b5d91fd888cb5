public import Storage

/// Committees as they are typed on the command line, for whoever has the data folder.
extension CommitteeStore {
    public static let creation = CommitteeOperations.create

    /// Sets up what the words say.
    @discardableResult
    public func create(typed body: TypedBody, at now: Instant) throws -> CommitteeRow {
        var form = CommitteeForm(try body.fields(Self.creation.body?.members ?? []), store: self)
        return try create(try form.draft(), at: now)
    }

    @discardableResult
    public func act(
        _ act: CommitteeAct, _ uid: UID, typed body: TypedBody, at now: Instant
    ) throws -> CommitteeRow {
        var form = CommitteeForm(try body.fields(act.members), store: self)
        let part = act.part.flatMap { form.fields.uid($0) }
        return try self.act(act, uid, part, &form, seen: nil, at: now)
    }

    /// By its own uid, or by the uid, code or name of its body.
    public func find(typed text: String) throws -> CommitteeRow? {
        if let uid = UID(parsing: text), let known = try ifKnown(find(uid)) { return known }
        return try units.find(typed: text).flatMap { try find(ofUnit: $0.unit.id) }
    }

    /// Taken first in the transaction of a change.
    public static func wait(_ tx: Transaction) throws { try UnitStore.queue(tx) }
}
