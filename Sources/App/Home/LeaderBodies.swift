/// What the API says of a day's work and of a unit's tasks.
struct TodayBody: APIBody, Sendable {
    let today: Today
    let day: Day

    var json: JSONValue {
        .object([
            (
                "parts",
                .list(
                    today.tasks.parts.map { part, rows, hasMore in
                        .object([
                            ("part", .text(part.name)), ("has_more", .bool(hasMore)),
                            ("tasks", .list(rows.map { TaskBody(row: $0, today: day).json })),
                        ])
                    })
            ), ("duties", .list(today.duties.duties.map { UnitDutyBody($0).json })),
            ("has_more_duties", .bool(today.duties.hasMore)),
        ])
    }

    static let schema = APISchema.object([
        (
            "parts",
            .list(
                .object([
                    ("part", .choice(TaskToday.Part.allCases.map(\.name)), true), ("has_more", .boolean, true),
                    ("tasks", .list(TaskBody.schema), true),
                ])), true
        ), ("duties", .list(UnitDutyBody.schema), true), ("has_more_duties", .boolean, true),
    ])
}

struct LeaderBody: APIBody, Sendable {
    let leader: Leader
    let day: Day

    var json: JSONValue {
        .object([
            ("unit", .text(leader.unit.uid.text)), ("name", .text(leader.unit.name)), ("on", .day(day)),
            ("since", .day(leader.since)), ("below", .text(leader.counted.below.rawValue)),
            ("counts", LeaderBody.counts(leader.counts)),
            (
                "acts",
                .object(TaskWorkflow.Act.counted.map { ($0.rawValue, .int(Int64(leader.acts[$0] ?? 0))) })
            ),
            (
                "units",
                .list(
                    leader.children.map { row in
                        .object([
                            ("unit", .text(row.unit.uid.text)), ("name", .text(row.unit.name)),
                            ("counts", LeaderBody.counts(row.counts)),
                        ])
                    })
            ),
        ])
    }

    private static func counts(_ counts: TaskCounts) -> JSONValue {
        .object(members(counts).map { ($0.name, .int(Int64($0.count))) })
    }

    private static func members(_ counts: TaskCounts) -> [(name: String, count: Int)] {
        let states = TaskWorkflow.State.allCases.filter { $0 != .draft }.map { ($0.rawValue, counts[$0]) }
        let late = TaskCounts.Lateness.allCases.map { ("late_\($0.name)", counts.late($0)) }
        return [("open", counts.open), ("overdue", counts.overdue), ("due_within_week", counts.soon)] + states + late
            + [
                ("newly_late", counts.newlyLate), ("done_late", counts.doneLate),
                ("extensions_waiting", counts.waiting),
            ]
    }

    private static let countsSchema = APISchema.object(members(TaskCounts()).map { ($0.name, .integer, true) })

    static let schema = APISchema.object([
        ("unit", .uid, true), ("name", .string, true), ("on", .day, true), ("since", .day, true),
        ("below", .choice(TaskFilter.Below.allCases.map(\.rawValue)), true), ("counts", countsSchema, true),
        ("acts", .object(TaskWorkflow.Act.counted.map { ($0.rawValue, .integer, true) }), true),
        (
            "units", .list(.object([("unit", .uid, true), ("name", .string, true), ("counts", countsSchema, true)])),
            true
        ),
    ])
}

extension TaskWorkflow.Act {
    /// Those that ``TaskTally`` counts by day.
    static var counted: [TaskWorkflow.Act] { allCases.filter(TaskTally.counts) }
}

/// One act of the list behind the figures.
struct TaskActDoneBody: APIBody, Sendable {
    let done: TaskActDone

    init(_ done: TaskActDone) { self.done = done }

    var json: JSONValue {
        .object([
            ("uid", .text(done.uid.text)), ("act", .text(done.act.rawValue)), ("at", .text(done.at.text)),
            ("on", .day(done.day)), ("actor", .text(done.actor)), ("text", .text(done.text)),
            ("task", .text(done.task.text)), ("title", .text(done.title)),
            ("lead_unit", .text(done.leadUnit.uid.text)), ("lead_unit_name", .text(done.leadUnit.name)),
        ])
    }

    static let schema = APISchema.object([
        ("uid", .uid, true), ("act", .choice(TaskWorkflow.Act.counted.map(\.rawValue)), true), ("at", .instant, true),
        ("on", .day, true), ("actor", .string, true), ("text", .string, true), ("task", .uid, true),
        ("title", .string, true), ("lead_unit", .uid, true), ("lead_unit_name", .string, true),
    ])
}

/// What the OpenAPI document says of these routes.
enum LeaderOperations {
    private static let below = APIParameter(
        "below", .choice(TaskFilter.Below.allCases.map(\.rawValue)),
        "With the units below it in one tree, or alone; by your rights otherwise, and the answer says which.")
    static let today = APIOperation(
        "What waits for the office in use: first what waits for its word, then its own work; what its unit must issue",
        tag: "tasks", answer: TodayBody.schema)
    static let leader = APIOperation(
        "Counts of the tasks that a unit and those below it lead", tag: "tasks",
        query: [
            APIParameter("unit", .uid, "The first of your rights otherwise."), below,
            APIParameter("since", .day, "Acts and newly late tasks since this day; a week otherwise, 92 days at most."),
        ], answer: LeaderBody.schema, errors: [404])
    static let acts = APIOperation(
        "The acts that the overview counts, the newest first", tag: "tasks",
        query: [
            APIParameter("unit", .uid, "The first of your rights otherwise."), below,
            APIParameter("since", .day, "Since this day; a week otherwise, 92 days at most."),
            APIParameter("act", .choice(TaskWorkflow.Act.counted.map(\.rawValue)), "All that are counted otherwise."),
        ] + APIParameter.paging, answer: .page(TaskActDoneBody.schema), errors: [404])
}
