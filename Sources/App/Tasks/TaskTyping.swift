import NIOCore

extension TaskStore {
    /// Drafts what a JSON object says, in the members of the API, in the name of a unit: for whoever has the data folder.
    @discardableResult
    public func create(json: String, assigning unit: UID, at now: Instant) throws -> TaskRow {
        let giving = try units.find(unit).unit.id
        var typed = try JSONFields(
            parsing: ByteBuffer(string: json), lists: ["products": TaskOperations.productNames])
        typed.allow(TaskOperations.draftNames)
        var form = TaskForm(typed.fields, store: self)
        return try create(try form.draft(), assigning: giving, at: now)
    }
}
