public import Storage

/// One act that was done to a task, as a list of acts shows it.
public struct TaskActDone: Sendable, Equatable {
    /// Of its report.
    public let uid: UID
    public let act: TaskWorkflow.Act
    public let at: Instant
    /// The civil day of the act.
    public let day: Day
    /// The office that did it.
    public let actor: String
    /// What was said with it: of many acts nothing.
    public let text: String
    public let task: UID
    public let title: String
    public let leadUnit: UnitLink
    /// The viewer may know more of it than the name.
    public let isUnitKnown: Bool

    public var href: String { "/tasks/\(task)" }
}

/// The acts that ``TaskStore/acts(of:since:)`` counts, one by one: as many rows as the figures say.
extension TaskStore {
    /// Parts of a cursor of ``done(_:in:since:page:)``.
    static let actCursorParts = 2

    /// `total`: what the tally counts, which is the same.
    func done(
        _ acts: [TaskWorkflow.Act], in branch: TaskScope.Branch, since: Day, page: PageRequest
    ) throws -> Page<TaskActDone> {
        let counted = try self.acts(of: branch, since: since)
        let present = acts.filter { counted[$0, default: 0] > 0 }
        guard !present.isEmpty else { return Page(items: [], next: nil, total: 0) }
        let keys = ActKeys(
            branch: branch, since: since, after: try place(page.after), isFew: try isFew(branch), limit: page.limit + 1)
        let found = try tx.all(
            """
            SELECT r.uid, r.act, r.at, r.day, r.actor, r.text, t.uid, t.title, u.uid, \(UnitLife.name(today)),
            CASE WHEN \(UnitScope(viewer).condition) THEN 1 ELSE 0 END
            FROM (\(keys.sql(present))) k JOIN task_report r ON r.id = k.id JOIN task t ON t.id = r.task_id
            JOIN unit u ON u.id = t.lead_unit_id ORDER BY k.day DESC, k.id DESC
            """
        ).map(TaskActDone.init)
        let items = Array(found.prefix(page.limit))
        let next = found.count > page.limit ? items.last.map { Cursor([$0.day.text, $0.uid.text]) } : nil
        return Page(items: items, next: next, total: present.reduce(0) { $0 + counted[$1, default: 0] })
    }

    private func isFew(_ branch: TaskScope.Branch) throws -> Bool {
        let row = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM task_scope WHERE scope_id = \(branch.id)
            LIMIT \(fewInScope + 1)) n
            """)
        return try row?.int(0) ?? 0 <= fewInScope
    }

    private func place(_ cursor: Cursor?) throws -> ActKeys.Place? {
        guard let cursor else { return nil }
        guard cursor.parts.count == TaskStore.actCursorParts, let day = Day(parsing: cursor.parts[0]),
            let uid = UID(parsing: cursor.parts[1]),
            let row = try tx.first("SELECT id FROM task_report WHERE uid = \(uid)")
        else { throw AppError.malformed(Message("field.cursor")) }
        return ActKeys.Place(day: day, id: try row.int64(0))
    }
}

/// `id` and `day` of a page of acts: each act by itself, ordered and limited.
private struct ActKeys {
    struct Place {
        let day: Day
        let id: Int64
    }

    let branch: TaskScope.Branch
    let since: Day
    let after: Place?
    /// Found from the tasks of the scope, rather than the scope from the acts.
    let isFew: Bool
    let limit: Int

    func sql(_ acts: [TaskWorkflow.Act]) -> SQL {
        """
        SELECT id, day FROM (\(acts.map(one).joined(" UNION ALL "))) m ORDER BY day DESC, id DESC LIMIT \(limit)
        """
    }

    /// That it is no report on progress leads to the index, which has none.
    private func one(_ act: TaskWorkflow.Act) -> SQL {
        let beyond: SQL = after.map { " AND (r.day, r.id) < (\($0.day), \($0.id))" } ?? ""
        let asked: SQL = "r.act = \(act.rawValue) AND r.act <> 'progress' AND r.day >= \(since)\(beyond)"
        let inside: SQL = "s.scope_id = \(branch.id) AND s.led = 1 AND s.secrecy <= \(branch.ceiling.rawValue)"
        let from: SQL =
            isFew
            ? "task_scope s CROSS JOIN task_report r WHERE r.task_id = s.task_id AND \(inside) AND \(asked)"
            : """
            task_report r WHERE \(asked) AND EXISTS (SELECT 1 FROM task_scope s WHERE s.task_id = r.task_id \
            AND \(inside) LIMIT 1 OFFSET 0)
            """
        return """
            SELECT * FROM (SELECT r.id AS id, r.day AS day FROM \(from) ORDER BY r.day DESC, r.id DESC LIMIT \(limit)) b
            """
    }
}

extension TaskActDone {
    fileprivate init(_ row: Row) throws {
        guard let act = TaskWorkflow.Act(rawValue: try row.text(1)) else {
            throw StorageError.decoding("an act that is none")
        }
        self.init(
            uid: try row.uid(0), act: act, at: try row.instant(2), day: try row.day(3), actor: try row.text(4),
            text: try row.text(5), task: try row.uid(6), title: try row.text(7),
            leadUnit: UnitLink(uid: try row.uid(8), name: try row.text(9)), isUnitKnown: try row.bool(10))
    }
}
