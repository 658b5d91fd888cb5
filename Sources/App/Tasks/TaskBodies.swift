/// A task as the API shows it in lists and after changes.
struct TaskBody: APIBody, Sendable {
    let row: TaskRow
    let today: Day

    var members: [(String, JSONValue)] {
        let task = row.task, status = row.status(on: today)
        return [
            ("uid", .text(row.uid.text)), ("title", .text(task.title)), ("description", .text(task.description)),
            ("lead_unit", .text(row.leadUnit.uid.text)), ("lead_unit_name", .text(row.leadUnit.name)),
            ("performer", .text(row.performer)), ("vacant_since", .day(row.vacantSince(today) ?? .never)),
            ("state", .text(task.workflow.state.rawValue)),
            ("declared", .text(status.declared.name)), ("verified", .text(status.verified.name)),
            ("schedule", .text(status.schedule.name)), ("against_original", .text(status.againstOriginal.name)),
            ("percent", .int(Int64(task.percent))),
            ("deadline_kind", .optional(task.deadline?.kind.rawValue)), ("deadline", .optional(task.deadline?.text)),
            ("deadline_words", .optional(task.deadline.flatMap { $0.kind.isDated ? nil : $0.words })),
            ("review_on", .day(task.deadline?.review ?? .never)),
            ("due_on", .day(task.due)), ("original_due", .day(task.originalDue)), ("start_on", .day(task.start)),
            ("declared_on", .day(task.declaredOn ?? .never)), ("extensions", .int(Int64(task.extensions))),
            ("priority", .text(task.priority.rawValue)),
            ("is_key", .bool(task.isKey)), ("pillar", .text(task.pillar)), ("task_group", .text(task.group)),
            ("field", .optional(row.field?.uid.text)), ("field_name", .optional(row.field?.name)),
            ("tags", .list(row.tags.map { .text($0) })), ("secrecy", .text(task.secrecy.name)),
            ("weight", .int(Int64(task.weight))),
            ("paragraph", .text(task.paragraph)), ("updated_at", .text(task.updatedAt.text)),
            ("version", .int(Int64(task.version))),
        ]
    }

    var json: JSONValue { .object(members) }

    static let members: [(name: String, schema: APISchema, required: Bool)] = [
        ("uid", .uid, true), ("title", .string, true), ("description", .string, true), ("lead_unit", .uid, true),
        ("lead_unit_name", .string, true), ("performer", .string, true), ("vacant_since", .nullable(.day), true),
        ("state", .choice(TaskWorkflow.State.allCases.map(\.rawValue)), true),
        ("declared", .choice(TaskDeclared.allCases.map(\.name)), true),
        ("verified", .choice(TaskVerification.allCases.map(\.name)), true),
        ("schedule", .choice(TaskSchedule.allCases.map(\.name)), true),
        ("against_original", .choice(TaskSchedule.allCases.map(\.name)), true), ("percent", .integer, true),
        ("deadline_kind", .nullable(.choice(Deadline.Kind.allCases.map(\.rawValue))), true),
        ("deadline", .nullable(.string), true), ("deadline_words", .nullable(.string), true),
        ("review_on", .nullable(.day), true), ("due_on", .nullable(.day), true),
        ("original_due", .nullable(.day), true), ("start_on", .nullable(.day), true),
        ("declared_on", .nullable(.day), true), ("extensions", .integer, true),
        ("priority", .choice(TaskItem.Priority.allCases.map(\.rawValue)), true), ("is_key", .boolean, true),
        ("pillar", .string, true), ("task_group", .string, true),
        ("field", .nullable(.uid), true), ("field_name", .nullable(.string), true), ("tags", .list(.string), true),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), true),
        ("weight", .integer, true), ("paragraph", .string, true), ("updated_at", .instant, true),
        ("version", .integer, true),
    ]
    static let schema = APISchema.object(members)
}

/// A task with what hangs on it.
struct TaskDetailBody: APIBody, Sendable {
    let detail: TaskDetail
    let today: Day

    var json: JSONValue {
        func unit(_ unit: UnitLink) -> JSONValue {
            .object([("uid", .text(unit.uid.text)), ("name", .text(unit.name))])
        }
        return .object(
            TaskBody(row: detail.row, today: today).members + [
                ("assigning_unit", .optional(detail.assigner?.unit?.uid.text)),
                ("assigning_unit_name", .optional(detail.assigner?.name)),
                ("coordinating", .list(detail.coordinating.map(unit))),
                ("coordinating_names", .list(detail.coordinatingNames.map { .text($0) })),
                ("leader", .optional(detail.leader?.name)), ("authority", .optional(detail.authority?.name)),
                ("performer_uid", .optional(detail.performer?.knownUID?.text)),
                ("leader_uid", .optional(detail.leader?.knownUID?.text)),
                ("authority_uid", .optional(detail.authority?.knownUID?.text)),
                ("document", .optional(detail.document?.uid.text)), ("document_name", .optional(detail.document?.name)),
                ("parent", .optional(detail.parent?.uid.text)),
                ("waits_for", .list(detail.waits.map { unit(UnitLink(uid: $0.uid, name: $0.gap.title)) })),
                ("children", .list(detail.parts.rows.map { unit(UnitLink(uid: $0.uid, name: $0.task.title)) })),
                ("children_total", .int(Int64(detail.parts.total))), ("parts", TaskDetailBody.parts(detail.parts)),
                ("products", .list(detail.products.map(TaskDetailBody.product))),
                ("reports", .list(detail.reports.map(TaskDetailBody.report))),
                ("files", .list(detail.files.map { TaskFileBody($0, task: detail.row.uid).json })),
                ("acts", .list(detail.acts.map { .text($0.rawValue) })),
                ("missing", .list((detail.clarity?.findings ?? []).map { .text($0.point.rawValue) })),
                ("links", .object(TaskDetailBody.links.map { ($0, .text("/api/v1/tasks/\(detail.row.uid)/\($0)")) })),
            ])
    }

    /// What hangs on the task and is asked for by itself.
    private static let links = ["history", "extensions", "assignments", "files"]

    /// A shape that is the same whatever parts there are.
    private static func parts(_ parts: TaskParts) -> JSONValue {
        let states = TaskWorkflow.State.allCases.map { state -> (String, JSONValue) in
            (state.rawValue, .int(Int64(parts.states.first { $0.state == state }?.count ?? 0)))
        }
        return .object([
            ("states", .object(states)), ("percent", parts.percent.map { .int(Int64($0)) } ?? .null),
        ])
    }

    private static func product(_ product: TaskProduct) -> JSONValue {
        .object([
            ("name", .text(product.name)), ("kind", .optional(product.kind?.rawValue)),
            ("criterion", .text(product.criterion)),
        ])
    }

    private static func report(_ report: TaskReportRow) -> JSONValue {
        .object([
            ("uid", .text(report.uid.text)), ("act", .text(report.act.rawValue)), ("at", .text(report.at.text)),
            ("actor", .text(report.actor)), ("text", .text(report.text)), ("percent", .int(Int64(report.percent))),
            ("evidence_name", .optional(report.evidence?.name)), ("evidence_url", .optional(report.evidence?.url)),
            ("resubmits", .bool(report.resubmits)),
        ])
    }

    private static let reported = APISchema.record([
        "uid": .uid, "act": .choice(TaskWorkflow.Act.allCases.map(\.rawValue)), "at": .instant, "actor": .string,
        "text": .string, "percent": .integer, "evidence_name": .nullable(.string),
        "evidence_url": .nullable(.string), "resubmits": .boolean,
    ])
    private static let link = APISchema.record(["uid": .uid, "name": .string])
    static let schema = APISchema.object(
        TaskBody.members + [
            ("assigning_unit", .nullable(.uid), true), ("assigning_unit_name", .nullable(.string), true),
            ("coordinating", .list(link), true), ("coordinating_names", .list(.string), true),
            ("leader", .nullable(.string), true), ("authority", .nullable(.string), true),
            ("performer_uid", .nullable(.uid), true), ("leader_uid", .nullable(.uid), true),
            ("authority_uid", .nullable(.uid), true),
            ("document", .nullable(.uid), true), ("document_name", .nullable(.string), true),
            ("parent", .nullable(.uid), true), ("waits_for", .list(link), true), ("children", .list(link), true),
            ("children_total", .integer, true),
            (
                "parts",
                .record([
                    "states": .object(TaskWorkflow.State.allCases.map { ($0.rawValue, .integer, true) }),
                    "percent": .nullable(.integer),
                ]), true
            ),
            (
                "products",
                .list(
                    .object([
                        ("name", .string, true),
                        ("kind", .nullable(.choice(TaskProduct.Kind.allCases.map(\.rawValue))), true),
                        ("criterion", .string, true),
                    ])), true
            ),
            ("reports", .list(reported), true), ("files", .list(TaskFileBody.schema), true),
            ("acts", .list(.choice(TaskWorkflow.Act.allCases.map(\.rawValue))), true),
            ("missing", .list(.choice(ClarityPoint.allCases.map(\.rawValue))), true),
            ("links", .object(links.map { ($0, .string, true) }), true),
        ])
}
