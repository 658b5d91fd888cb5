import Storage

/// A task that a member can be put in charge of, with what says who covers it where no notice names it.
public struct ChargedTask: Sendable, Equatable {
    public let id: ID<TaskItem>
    public let uid: UID
    public let title: String
    public let isKey: Bool
    /// Its group, its pillar and the committee's own field, as far as it has them.
    let fields: Set<ID<WorkField>>
    /// As lists show it.
    var row: TaskRow?

    public var href: String { "/tasks/\(uid)" }
}

/// Tasks in portfolios. A task that the viewer may not know of is in none: neither shown, nor counted, nor ended by a
/// notice of somebody who does not see it.
extension PortfolioStore {
    /// So many key tasks of a committee are put beside its members, those first that are due first.
    static let mostKeyTasks = 60

    /// What lines name, then the open key tasks that the committee or its standing agency has given; of a past day what
    /// lines named then, since nobody knows any more what was open. `hasMore`: of the key tasks.
    func tasks(
        of row: CommitteeRow, charged lines: [PortfolioLine], _ fields: [WorkField], on day: Day
    ) throws -> (all: [ChargedTask], hasMore: Bool) {
        let key = day < committees.today ? [] : try keyTasks(of: row, on: day)
        let shown = key.prefix(PortfolioStore.mostKeyTasks).map { $0.0 }
        let named = Set(lines.compactMap(\.task)).subtracting(shown)
        let all = try charged(Array(named) + shown, fields)
        return (all, key.count > PortfolioStore.mostKeyTasks)
    }

    /// The tasks that an assignment names. What is held already may stay whatever has become of it.
    func tasks(
        _ uids: [UID], held: Set<PortfolioLine.Charge>, _ found: inout Validation
    ) throws -> Set<PortfolioLine.Charge> {
        guard uids.count <= Assignment.mostTasks else {
            found.add("tasks", "field.too_many", ["max": .number(Assignment.mostTasks), "count": .number(uids.count)])
            return []
        }
        let store = taskStore
        return Set(
            try uids.compactMap { uid in
                guard let row = try ifKnown(store.find(uid)) else {
                    found.add("tasks", "portfolio.error.task_unknown", ["typed": .text(uid.text)])
                    return nil
                }
                let charge = PortfolioLine.Charge.task(row.task.id), state = row.task.workflow.state
                if !held.contains(charge), state == .draft || row.task.workflow.isClosed {
                    let key = state == .draft ? "portfolio.error.task_draft" : "portfolio.error.task_closed"
                    found.add("tasks", key, ["title": .text(row.task.title)])
                }
                return charge
            })
    }

    /// As an event tells them: each reader is shown the titles that they may know.
    func taskNames(_ charges: Set<PortfolioLine.Charge>) throws -> [String] {
        let tasks = charges.compactMap(\.task).sorted { $0.value < $1.value }
        guard !tasks.isEmpty else { return [] }
        return try tx.all("SELECT uid FROM task WHERE id IN (\(list: tasks)) ORDER BY id").map {
            EventNames.task(try $0.uid(0))
        }
    }

    private var taskStore: TaskStore { TaskStore(tx: tx, viewer: committees.viewer, today: committees.today) }

    /// One branch for each unit that gives the committee's tasks, each read in the order of an index.
    private func keyTasks(of row: CommitteeRow, on day: Day) throws -> [(ID<TaskItem>, Day)] {
        let limit = PortfolioStore.mostKeyTasks + 1, scope = TaskScope(committees.viewer).condition()
        let branches = try givers(of: row, on: day).map { unit -> SQL in
            """
            SELECT * FROM (SELECT t.id AS id, t.due AS due FROM task t WHERE t.assigning_unit_id = \(unit) \
            AND t.closed = 0 AND t.is_key = 1 AND \(scope) ORDER BY t.due, t.id LIMIT \(limit)) b
            """
        }
        return try tx.all(
            "SELECT id, due FROM (\(branches.joined(" UNION ALL "))) m ORDER BY due, id LIMIT \(limit)"
        ).map { (try $0.id(0), try $0.day(1)) }
    }

    /// A standing agency gives the committee's tasks in its own name.
    private func givers(of row: CommitteeRow, on day: Day) throws -> [ID<OrgUnit>] {
        let agencies = try tx.all(
            """
            SELECT DISTINCT g.unit_id FROM committee_organ g WHERE g.committee_id = \(row.committee.id)
            AND g.kind = \(OrganKind.standingAgency.rawValue) AND g.from_day <= \(day) AND g.to_day > \(day)
            AND g.unit_id <> \(row.committee.unit) ORDER BY g.unit_id
            """
        ).map { try $0.id(0, of: OrgUnit.self) }
        return [row.committee.unit] + agencies
    }

    /// By deadline; only those that the viewer may know of.
    private func charged(_ tasks: [ID<TaskItem>], _ fields: [WorkField]) throws -> [ChargedTask] {
        guard !tasks.isEmpty else { return [] }
        let store = taskStore
        let rows = try store.rows("t.id IN (\(list: tasks))", order: "t.due, t.id", limit: tasks.count)
        return try store.warned(rows).map { row in
            let task = row.task, codes = [task.pillar, task.group].filter { !$0.isEmpty }
            let its = fields.filter { field in
                field.family == .own ? field.id == task.field : codes.contains(field.code)
            }
            return ChargedTask(
                id: task.id, uid: task.uid, title: task.title, isKey: task.isKey, fields: Set(its.map(\.id)), row: row)
        }
    }
}

extension PortfolioLine {
    var task: ID<TaskItem>? { charge.task }
}

extension PortfolioLine.Charge {
    var task: ID<TaskItem>? { if case .task(let task) = self { task } else { nil } }

    /// Of a line as it is stored, which names one of the three.
    init?(_ row: Row, field: Int, unit: Int, task: Int) throws {
        if let id: ID<WorkField> = try row.optionalID(field) {
            self = .field(id)
        } else if let id: ID<OrgUnit> = try row.optionalID(unit) {
            self = .locality(id)
        } else if let id: ID<TaskItem> = try row.optionalID(task) {
            self = .task(id)
        } else {
            return nil
        }
    }
}
