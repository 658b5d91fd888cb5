import HTTPTypes
import Storage

/// Breaking a task down, and acts on many tasks, for programs: the same store, the same rules.
struct TaskBulkAPI {
    var routes: [Route] {
        [
            Route(.post, "/api/v1/tasks/{task}/children", operation: TaskBulkOperations.breakDown, breakDown),
            Route(.post, "/api/v1/tasks/acts", operation: TaskBulkOperations.act, act),
            Route(.get, "/api/v1/tasks/acts/{act}", operation: TaskBulkOperations.rows, rows),
        ]
    }

    func breakDown(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let page = visit.page
        let parent = try await visit.tasks { store in
            _ = try store.findDivisible(uid)
            return try TaskBreakdownParent(uid, store, page)
        }
        let seen = try visit.expectedVersion()
        var json = try visit.jsonBody(lists: TaskBulkOperations.breakdownLists)
        json.allow(TaskBulkOperations.breakdownNames)
        let typed = TaskBreakdownForm.weighed(json.fields)
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            _ = try store.findDivisible(uid)
            var form = TaskBreakdownForm(typed, over: parent.base, store: store)
            let parts = try store.breakDown(uid, try form.breakdown(), seen: seen, at: now)
            return ChangeAnswer(
                status: .created, body: BrokenDownTaskBody(parts: parts).json, version: parts.parent.task.version,
                location: "/api/v1/tasks/acts/\(parts.bulk.uid)")
        }
    }

    func act(_ visit: Visit) async throws -> Answer {
        var json = try visit.jsonBody(lists: ["tasks": ["task", "version"]])
        json.allow(["act", "text", "mode", "tasks"])
        var form = TaskBulkForm(json.fields)
        let bulk = try form.bulk(needsReport: true)
        let (viewer, today, now, page) = (visit.viewer, visit.today, visit.now, visit.page)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            let (made, refused) = try store.perform(bulk, at: now)
            let done = try store.tagged(made)
            return ChangeAnswer(
                body: .object([
                    ("done", .list(done.map { TaskBody(row: $0, today: today).json })),
                    ("refused", .list(refused.map { TaskBulkAPI.refusal($0, page) })),
                ]))
        }
    }

    func rows(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("act")
        let today = visit.today
        let rows = try await visit.tasks { try $0.tagged($0.rows(of: uid)) }
        return visit.json(
            .object([("items", .list(rows.map { TaskBody(row: $0, today: today).json }))]))
    }

    private static func refusal(_ row: TaskBulkRow, _ page: PageContext) -> JSONValue {
        .object([
            ("task", .text(row.chosen.uid.text)),
            ("errors", .list(row.refusals.map { .text(page.t($0.message)) })),
        ])
    }
}

/// What was made of a task that was broken down, as the API shows it.
struct BrokenDownTaskBody: APIBody {
    let parts: BrokenDownTask

    var json: JSONValue {
        .object([
            ("act", .text(parts.bulk.uid.text)), ("count", .int(Int64(parts.made.count))),
            ("issued", .bool(parts.isIssued)), ("children", .list(parts.made.map { .text($0.text) })),
            ("passed_over", .list(parts.passedOver.map { .text($0.uid.text) })),
        ])
    }

    static let schema = APISchema.record([
        "act": .uid, "count": .integer, "issued": .boolean, "children": .list(.uid), "passed_over": .list(.uid),
    ])
}

/// What the OpenAPI document says of these routes.
enum TaskBulkOperations {
    static let partNames: Set<String> = ["unit", "performer", "leader"]
    static let breakdownLists = ["products": TaskOperations.productNames, "parts": partNames]
    static let breakdownNames = Set(TaskBreakdownForm.template).union([
        "audience", "base", "kind", "units", "except", "performer_rule", "performer_title", "leader_rule",
        "leader_title", "issue", "products", "parts",
    ])

    private static let rules = Role.allCases.map(\.rawValue) + ["title"]
    private static let text = [
        "description", "deadline", "deadline_words", "paragraph", "document", "task_group", "pillar", "tags",
    ]

    private static let members: [(name: String, schema: APISchema, required: Bool)] = [
        ("audience", .choice(RequirementAudience.Name.allCases.map(\.rawValue)), false), ("base", .string, false),
        ("kind", .string, false), ("units", .string, false), ("except", .string, false),
        ("performer_rule", .choice(rules), false), ("performer_title", .string, false),
        ("leader_rule", .choice(rules), false), ("leader_title", .string, false), ("issue", .boolean, false),
        ("parts", .list(.object([("unit", .uid, true), ("performer", .uid, false), ("leader", .uid, false)])), false),
        ("title", .string, false), ("review_on", .day, false), ("start_on", .day, false), ("weight", .integer, false),
        ("field", .uid, false),
        ("is_key", .string, false), ("priority", .choice(TaskItem.Priority.allCases.map(\.rawValue)), false),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), false),
        ("deadline_kind", .choice(DeadlineDraft.Choice.allCases.map(\.rawValue)), false),
        ("products", .list(.object(TaskBulkOperations.product)), false),
    ]
    private static let product: [(name: String, schema: APISchema, required: Bool)] = [
        ("name", .string, true), ("kind", .choice(TaskProduct.Kind.allCases.map(\.rawValue)), true),
        ("criterion", .string, true),
    ]

    static let breakDown = APIOperation(
        "Break a task down to many units: what is not said of the parts is as in the task", tag: "tasks",
        body: .object(members + text.map { (name: $0, schema: APISchema.string, required: false) }),
        answer: BrokenDownTaskBody.schema, status: 201, needsVersion: true)

    static let act = APIOperation(
        "One act on many tasks, all or those that can", tag: "tasks",
        body: .object([
            ("act", .choice(TaskBulkAct.acts.map(\.rawValue)), true), ("text", .string, false),
            ("mode", .choice(["all", "possible"]), false),
            ("tasks", .list(.object([("task", .uid, true), ("version", .integer, true)])), true),
        ]),
        answer: .record([
            "done": .list(TaskBody.schema),
            "refused": .list(.record(["task": .uid, "errors": .list(.string)])),
        ]))

    static let rows = APIOperation(
        "The tasks that one act on many was done to", tag: "tasks", answer: .record(["items": .list(TaskBody.schema)]))
}
