import Storage

/// One act on many tasks: an event that counts them, and a list that leads from it to each of them. What was done to
/// one of them stands in its own history too.
public struct TaskBulk: Sendable, Equatable {
    public let uid: UID
    /// Tasks at most in one act, so that a slip of the hand is not an act on a whole country.
    public static let limit = 200
}

extension TaskStore {
    /// Writes the one event of the act and its rows.
    @discardableResult
    func recordBulk(
        _ verb: Event.Verb, about subject: Subject? = nil, unit: ID<OrgUnit>?, tasks: [ID<TaskItem>],
        after: [String: String], at now: Instant
    ) throws -> TaskBulk {
        let bulk = TaskBulk(uid: UID.new(at: now))
        try tx.insert(
            into: "task_bulk_row", ["bulk_uid", "task_id"],
            rows: tasks.map { [bulk.uid.sqlValue, $0.sqlValue] })
        let about = try subject ?? Subject(.installation, id: 0, uid: try Installation.origin(tx))
        var fields = after
        fields[TaskBulk.count] = String(tasks.count)
        fields[TaskBulk.field] = TaskBulk.href(bulk.uid)
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(verb, about, unit: unit, after: fields.filter { !$0.value.isEmpty }), at: now)
        return bulk
    }

    /// The tasks of one act that the viewer may know of; ``AppError/notFound`` when there is none.
    public func rows(of bulk: UID) throws -> [TaskRow] {
        let found = try rows(
            "t.id IN (SELECT task_id FROM task_bulk_row WHERE bulk_uid = \(bulk))", order: "t.due, t.id",
            limit: TaskBulk.limit)
        if found.isEmpty { throw AppError.notFound }
        return try warned(found)
    }
}

extension TaskBulk {
    /// In the event: where the tasks are listed.
    static let field = "bulk"
    /// In the event: how many there were.
    static let count = "tasks"

    private static let path = "/tasks/acts/"
    static func href(_ uid: UID) -> String { "\(path)\(uid)" }
    static func uid(in href: String) -> UID? {
        href.hasPrefix(path) ? UID(parsing: href.dropFirst(path.count)) : nil
    }
}
