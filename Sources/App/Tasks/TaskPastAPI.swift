import HTTPTypes
import Storage

/// What a task has behind it, for programs: later deadlines that were asked for, and who had it from when to when.
/// Apart from the task, so that asking for one stays quick.
struct TaskPastAPI {
    private static let one = "/api/v1/tasks/{task}"

    var routes: [Route] {
        [
            Route(.get, Self.one + "/extensions", operation: TaskOperations.extensions, extensions),
            Route(
                .get, Self.one + "/extensions/{extension}", operation: TaskOperations.extended, show),
            Route(.get, Self.one + "/assignments", operation: TaskOperations.assignments, assignments),
        ]
    }

    func extensions(_ visit: Visit) async throws -> Answer {
        let asked = try await read(visit)
        return visit.json(.object([("items", .list(asked.map { TaskExtensionBody(asked: $0).json }))]))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("extension")
        guard let asked = try await read(visit).first(where: { $0.uid == uid }) else { throw AppError.notFound }
        return visit.json(TaskExtensionBody(asked: asked))
    }

    func assignments(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let all = try await visit.tasks { try $0.tx.ask($0.assignments(of: $0.find(uid).task.id)) }
        return visit.json(.object([("items", .list(all.map { TaskAssignmentBody(assignment: $0).json }))]))
    }

    private func read(_ visit: Visit) async throws -> [TaskExtension] {
        let uid = try visit.uid("task")
        return try await visit.tasks { try $0.tx.ask($0.extensions(of: $0.find(uid).task.id)) }
    }
}

/// A request for a later deadline as the API shows it.
struct TaskExtensionBody: APIBody, Sendable {
    let asked: TaskExtension

    var json: JSONValue {
        .object([
            ("uid", .text(asked.uid.text)), ("from", .day(asked.from)), ("to", .day(asked.to)),
            ("reason", .text(asked.reason)), ("asked_at", .text(asked.askedAt.text)),
            ("asked_by", .text(asked.askedBy)), ("decision", .optional(asked.decision?.rawValue)),
            ("answer", .text(asked.answer)), ("decided_at", .optional(asked.decidedAt?.text)),
            ("decided_by", .optional(asked.decision == nil ? nil : asked.decidedBy)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "from": .day, "to": .day, "reason": .string, "asked_at": .instant, "asked_by": .string,
        "decision": .nullable(.choice(TaskExtension.Decision.allCases.map(\.rawValue))), "answer": .string,
        "decided_at": .nullable(.instant), "decided_by": .nullable(.string),
    ])
}

/// Who had which part of a task as the API shows it; the person as far as the viewer may know of them.
struct TaskAssignmentBody: APIBody, Sendable {
    let assignment: TaskAssignment

    var json: JSONValue {
        let office = assignment.office
        return .object([
            ("part", .text(assignment.part.rawValue)), ("office", .text(office.uid.text)),
            ("office_title", .text(office.title)), ("unit_name", .text(office.unitName)),
            ("person_name", .optional(office.person)), ("from", .day(assignment.from)), ("to", .day(assignment.to)),
            ("reason", .text(assignment.reason)),
        ])
    }

    static let schema = APISchema.record([
        "part": .choice(TaskPart.allCases.map(\.rawValue)), "office": .uid, "office_title": .string,
        "unit_name": .string, "person_name": .nullable(.string), "from": .day, "to": .nullable(.day),
        "reason": .string,
    ])
}

extension TaskOperations {
    static let extensions = APIOperation(
        "Later deadlines that were asked for, the first first; without a decision they wait", tag: "tasks",
        answer: .record(["items": .list(TaskExtensionBody.schema)]))
    static let extended = APIOperation(
        "One request for a later deadline", tag: "tasks", answer: TaskExtensionBody.schema)
    static let assignments = APIOperation(
        "Who has done the task and who has answered for it from when to when, the newest first", tag: "tasks",
        answer: .record(["items": .list(TaskAssignmentBody.schema)]))
    static let discard = APIOperation(
        "Give a draft up, with its files; what is issued is cancelled instead", tag: "tasks", answer: .record([:]),
        needsVersion: true)
}
