extension TaskStore {
    public static let drafting = TaskOperations.create

    /// Drafts what is typed on the command line, in the name of a unit: for whoever has the data folder.
    @discardableResult
    public func create(typed body: TypedBody, assigning unit: UID, at now: Instant) throws -> TaskRow {
        let giving = try units.find(unit).unit.id
        var form = TaskForm(try body.fields(Self.drafting.body?.members ?? []), store: self)
        return try create(try form.draft(), assigning: giving, at: now)
    }

    /// What a person types to name a task: its uid, its address, or the whole title of an open one, as long as only one
    /// that the viewer may know of is meant.
    public func find(typed text: String) throws -> TaskRow? {
        if let uid = TaskStore.uid(in: text) { return try ifKnown(find(uid)) }
        let wanted = TextFold.fold(text)
        guard !wanted.isEmpty else { return nil }
        var filter = TaskFilter()
        filter.text = text
        let found = try list(filter, page: PageRequest(after: nil, limit: 20)).items.filter {
            TextFold.fold($0.task.title) == wanted
        }
        return found.count == 1 ? found.first : nil
    }

    /// What a form is filled with: words by which ``find(typed:)`` finds this task again; its uid where they do not.
    func typedName(of row: TaskRow) throws -> String {
        try find(typed: row.task.title)?.uid == row.uid ? row.task.title : row.uid.text
    }

    /// Of `https://…/tasks/01a3…/history?x` too.
    private static func uid(in text: String) -> UID? {
        if let uid = UID(parsing: text) { return uid }
        guard let range = text.firstRange(of: "/tasks/") else { return nil }
        return UID(parsing: text[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }
}
