extension TaskStore {
    public static let drafting = TaskOperations.create

    /// Drafts what is typed on the command line, in the name of a unit: for whoever has the data folder.
    @discardableResult
    public func create(typed body: TypedBody, assigning unit: UID, at now: Instant) throws -> TaskRow {
        let giving = try units.find(unit).unit.id
        var form = TaskForm(try body.fields(Self.drafting.body?.members ?? []), store: self)
        return try create(try form.draft(), assigning: giving, at: now)
    }
}
