/// What the OpenAPI document says of the routes of tasks.
enum TaskOperations {
    static let productNames: Set<String> = ["name", "kind", "criterion"]
    static let draftNames: Set<String> = [
        "title", "description", "lead_unit", "coordinating", "performer", "leader", "authority", "document",
        "paragraph",
        "parent", "priority", "is_key", "pillar", "task_group", "field", "tags", "secrecy", "deadline_kind", "deadline",
        "deadline_words",
        "review_on", "start_on", "weight", "products",
    ]

    private static let draft = APISchema.object(facts)
    /// What is not said stays as it is.
    private static let factsChanged = APISchema.object(optionalFacts + namedOffices)
    private static let optionalFacts: [APIMember] = facts.map { ($0.name, $0.schema, false) }
    private static let namedOffices: [APIMember] = TaskFactsBody.parts.map { ("\($0)_uid", .nullable(.uid), false) }
    private static let facts: [APIMember] = [
        ("title", .string, true), ("description", .string, false), ("lead_unit", .uid, true),
        (
            "coordinating", .list(.object([("uid", .uid, true), ("name", .string, false)])), false
        ), ("performer", .uid, false), ("leader", .uid, false),
        ("authority", .uid, false),
        ("document", .uid, false), ("paragraph", .string, false), ("parent", .uid, false),
        ("priority", .choice(TaskItem.Priority.allCases.map(\.rawValue)), false), ("is_key", .string, false),
        ("pillar", .string, false), ("task_group", .string, false),
        ("field", .uid, false), ("tags", .list(.string), false),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), false),
        ("deadline_kind", .choice(kinds), false), ("deadline", .string, false),
        ("deadline_words", .string, false), ("review_on", .day, false), ("start_on", .day, false),
        ("weight", .integer, false),
        (
            "products",
            .list(
                .object([
                    ("name", .string, true), ("kind", .choice(TaskProduct.Kind.allCases.map(\.rawValue)), true),
                    ("criterion", .string, true),
                ])), false
        ),
    ]
    /// Lists in a body, with the members of their items.
    static let lists: [String: Set<String>] = [
        "products": productNames, "tags": [], "coordinating": ["uid", "name"],
    ]

    /// `date`, or what a task says of its own: the kind of a date follows from what is typed.
    private static let kinds =
        [DeadlineDraft.Choice.date.rawValue] + Deadline.Kind.allCases.map(\.rawValue)

    static let list = APIOperation(
        "Tasks that you may know of, what is due first at the top", tag: "tasks",
        query: [
            APIParameter("which", .choice(TaskFilter.Which.allCases.map(\.rawValue)), "open otherwise."),
            APIParameter("q", .string, "Words of the title; accents do not matter."),
            APIParameter("unit", .uid, "Of this unit and those below it."),
            APIParameter("person", .uid, "Done by this person."), APIParameter("document", .uid, "From this document."),
            APIParameter("parent", .uid, "Parts of this task."),
            APIParameter("state", .choice(TaskWorkflow.State.allCases.map(\.rawValue)), "In this state."),
            APIParameter("pillar", .string, "Code of a pillar."),
            APIParameter("field", .uid, "Of a field of a portfolio: a pillar, a group, or one of a committee's own."),
            APIParameter("tag", .string, "With this tag; accents and capitals do not matter."),
            APIParameter(
                "schedule", .choice(TaskFilter.Schedule.allCases.map(\.rawValue)),
                """
                What the row shows, as of today; week: due within 7 days; near: that or overdue; undated: without a \
                day; review: that, and its day of review has come.
                """),
            APIParameter("period", .string, "Due in a month, quarter, half or year: 2026-09, 2026Q3, 2026H1, 2026."),
            APIParameter("due_from", .day, "Due on this day or later."),
            APIParameter("due_to", .day, "Due on this day or earlier."),
            APIParameter("key", .string, "1: key tasks alone."),
            APIParameter("mine", .string, "1: what names your office, and what your unit leads."),
            APIParameter("led", .string, "1, with a unit: led there, not only coordinated or assigned."),
            APIParameter(
                "below", .choice(TaskFilter.Below.allCases.map(\.rawValue)),
                "With a unit: with those below it in one tree, or alone; in any tree otherwise."),
            APIParameter("coordinated", .string, "1: open tasks that your unit coordinates."),
            APIParameter("vacant", .string, "1: open tasks of your unit whose performer holds the office no more."),
            APIParameter("directed", .string, "1: what you direct, and may issue again or cancel."),
            APIParameter(
                "verifying", .string, "1: whose result you may verify; with waiting: on whose extension you may decide."
            ),
            APIParameter("waiting", .string, "1: an extension is asked for and not decided."),
            APIParameter(
                "order", .choice(TaskFilter.Order.allCases.map(\.rawValue)),
                "due otherwise; unit, by the name of the unit that leads, with parent."),
        ] + APIParameter.paging, answer: .page(TaskBody.schema), errors: [404])
    static let show = APIOperation("One task", tag: "tasks", answer: TaskDetailBody.schema)
    static let history = APIOperation(
        "What was done to it, newest first", tag: "tasks", query: APIParameter.paging, answer: .page(EventBody.schema))
    static let create = APIOperation(
        "Draft a task", tag: "tasks", body: draft, answer: TaskBody.schema, status: 201)
    static let change = APIOperation(
        "Change a draft", tag: "tasks", body: factsChanged, answer: TaskBody.schema, needsVersion: true)

    static func act(_ act: TaskWorkflow.Act) -> APIOperation {
        var members: [(name: String, schema: APISchema, required: Bool)] = [("text", .string, act.needsReason)]
        if act == .progress { members.append(("percent", .integer, true)) }
        if act.showsEvidence { members += [("evidence_name", .string, false), ("evidence_url", .string, false)] }
        if act == .declare { members.append(("resubmits", .string, false)) }
        if act.restarts { members += renewal }
        if act == .reopen { members += [("performer", .uid, false), ("leader", .uid, false)] }
        return APIOperation(
            "\(act.rawValue.prefix(1).uppercased())\(act.rawValue.dropFirst()) a task", tag: "tasks",
            body: .object(members), answer: TaskBody.schema, needsVersion: true)
    }

    /// A new deadline, as in a draft.
    private static let renewal: [APIMember] = [
        ("deadline_kind", .choice(DeadlineDraft.Choice.allCases.map(\.rawValue)), false), ("deadline", .string, false),
        ("deadline_words", .string, false), ("review_on", .day, false),
    ]

    static func names(_ act: TaskWorkflow.Act) -> Set<String> { Set(self.act(act).body?.members.map(\.name) ?? []) }

    static let askExtension = APIOperation(
        "Ask for a later deadline, before the date", tag: "tasks",
        body: .object([("to", .day, true), ("reason", .string, true)]), answer: TaskBody.schema, needsVersion: true)
    static let decideExtension = APIOperation(
        "Grant or refuse a later deadline", tag: "tasks",
        body: .object([
            ("decision", .choice(TaskExtension.Decision.choices.map(\.rawValue)), true), ("answer", .string, false),
        ]), answer: TaskBody.schema, needsVersion: true)
}
