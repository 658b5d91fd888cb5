import Storage

/// A task with all that its line in a file says, as far as the viewer may know of it.
struct TaskExportRow {
    let row: TaskRow
    let status: TaskStatus
    let known: TaskExportParts
    let page: PageContext

    var task: TaskItem { row.task }

    var state: String { page.t("task.state.\(task.workflow.state.rawValue)") }
    var deadline: String { task.deadline.map { TaskWords.deadline($0, page) } ?? "" }
    var leader: String { known.office(task.leader) }
    var authority: String { known.office(task.authority) }
    var assigning: String { known.assigning[task.id] ?? "" }
    var coordinating: String { known.coordinating[task.id, default: []].joined(separator: "; ") }
    var document: String { task.document.flatMap { known.documents[$0] } ?? "" }
    var parent: String { task.parent.flatMap { known.parents[$0] } ?? "" }

    /// The day of the last verification, as long as that holds.
    var verifiedOn: Day {
        guard [.verified, .closed].contains(task.workflow.state) else { return .never }
        return known.verified[task.id] ?? .never
    }

    /// Each product with its kind, and by what it is seen that it is what was wanted.
    var products: String {
        known.products[task.id, default: []].map { product in
            let kind = product.kind.map { " (\(page.t("task.product.kind.\($0.rawValue)")))" } ?? ""
            return "\(product.name)\(kind): \(product.criterion)"
        }.joined(separator: "; ")
    }

    func field(_ family: WorkField.Family, _ code: String) -> String {
        known.fields.first { $0.family == family && $0.code == code }?.name(in: page.language) ?? code
    }
}

/// What the tasks of one page of an export refer to, each kind read in one statement.
struct TaskExportParts {
    let fields: [WorkField]
    var offices: [ID<Office>: String] = [:]
    var assigning: [ID<TaskItem>: String] = [:]
    var coordinating: [ID<TaskItem>: [String]] = [:]
    var documents: [ID<Document>: String] = [:]
    var parents: [ID<TaskItem>: String] = [:]
    var products: [ID<TaskItem>: [TaskProduct]] = [:]
    var verified: [ID<TaskItem>: Day] = [:]

    func office(_ office: ID<Office>?) -> String { office.flatMap { offices[$0] } ?? "" }
}

extension TaskStore {
    func exportParts(_ rows: [TaskRow], _ fields: [WorkField]) throws -> TaskExportParts {
        var parts = TaskExportParts(fields: fields)
        let tasks = rows.map(\.task)
        guard !tasks.isEmpty else { return parts }
        let ids = tasks.map(\.id)
        try readNames(of: tasks, &parts)
        try readUnits(of: ids, &parts)
        for row in try tx.all(
            """
            SELECT task_id, name, kind, criterion FROM task_product WHERE task_id IN (\(list: ids))
            ORDER BY task_id, position
            """)
        {
            let product = TaskProduct(
                name: try row.text(1), kind: TaskProduct.Kind(rawValue: try row.text(2)), criterion: try row.text(3))
            parts.products[try row.id(0), default: []].append(product)
        }
        let verify = TaskWorkflow.Act.verify.rawValue
        for row in try tx.all(
            """
            SELECT task_id, MAX(day) FROM task_report WHERE task_id IN (\(list: ids)) AND act = \(verify)
            GROUP BY task_id
            """)
        {
            parts.verified[try row.id(0)] = Day(parsing: try row.text(1))
        }
        return parts
    }

    /// Offices, documents and tasks above.
    private func readNames(of tasks: [TaskItem], _ parts: inout TaskExportParts) throws {
        let offices = Set(tasks.flatMap { [$0.leader, $0.authority].compactMap(\.self) })
        if !offices.isEmpty {
            for office in try self.offices("o.id IN (\(list: offices.sorted { $0.value < $1.value }))") {
                parts.offices[office.id] = office.name
            }
        }
        let papers = Set(tasks.compactMap(\.document)).sorted { $0.value < $1.value }
        if !papers.isEmpty {
            let known = try documents.rows(
                "d.id IN (\(list: papers)) AND \(documents.scope.condition())", limit: papers.count)
            for row in known { parts.documents[row.document.id] = row.name }
        }
        let above = Set(tasks.compactMap(\.parent)).sorted { $0.value < $1.value }
        if !above.isEmpty {
            for row in try self.rows("t.id IN (\(list: above))", order: "t.id", limit: above.count) {
                parts.parents[row.task.id] = row.task.title
            }
        }
    }

    /// By whom each was given, and who coordinates.
    private func readUnits(of tasks: [ID<TaskItem>], _ parts: inout TaskExportParts) throws {
        for row in try tx.all(
            """
            SELECT i.task_id, i.part, \(UnitLife.name(today)) FROM task_unit i JOIN unit u ON u.id = i.unit_id
            WHERE i.task_id IN (\(list: tasks)) AND i.part <> 'lead' AND \(try unitNamed())
            ORDER BY i.task_id, 3, u.id
            """)
        {
            let task: ID<TaskItem> = try row.id(0), name = try row.text(2)
            if try row.text(1) == "assigning" {
                parts.assigning[task] = name
            } else {
                parts.coordinating[task, default: []].append(name)
            }
        }
    }
}
