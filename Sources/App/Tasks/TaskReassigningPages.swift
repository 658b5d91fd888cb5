import HTTPTypes
import Storage

/// Giving a task to another person or another leader, for people: each part is a resource below the task.
struct TaskReassigningPages {
    var routes: [Route] {
        TaskPart.allCases.flatMap { part -> [Route] in
            [
                .get("/tasks/{task}/\(part.rawValue)") { try await form(part, $0) },
                .post("/tasks/{task}/\(part.rawValue)") { try await change(part, $0) },
            ]
        }
    }

    private func form(_ part: TaskPart, _ visit: Visit) async throws -> Answer {
        let (detail, choices) = try await read(part, visit)
        let fields = Fields(raw: ["version": String(detail.row.task.version)])
        return visit.html(taskReassignmentPage(part, detail, choices, fields, [], visit.page))
    }

    private func change(_ part: TaskPart, _ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let typed = try visit.form()
        do {
            let made = try await visit.changeTasks { store, now in
                try store.requireMayReassign(part, try store.find(uid))
                var form = TaskForm(typed, store: store)
                let seen = form.seen()
                let asked = form.reassignment()
                return try store.reassign(part, uid, asked, found: form.fields.problems, seen: seen, at: now)
            }
            return visit.redirect(
                to: made.href, flash: Message("task.flash.\(part.rawValue)", ["title": .text(made.task.title)]))
        } catch {
            guard error is AppError else { throw error }
            let (detail, choices) = try await read(part, visit)
            let task = detail.row.task
            return try await visit.refused(error, typed, now: (task.subject, task.version)) {
                taskReassignmentPage(part, detail, choices, $0, $1, visit.page)
            }
        }
    }

    /// The task with the offices that may have the part.
    private func read(_ part: TaskPart, _ visit: Visit) async throws -> (TaskDetail, [TaskOffice]) {
        let uid = try visit.uid("task")
        return try await visit.tasks { store in
            let detail = try store.detail(uid)
            try store.requireMayReassign(part, detail.row)
            let lead = detail.row.task.leadUnit
            let known =
                part == .performer ? try store.possiblePerformers(lead) : try store.accountableLeaders(lead)
            let taken = [detail.performer?.uid, detail.leader?.uid]
            return (detail, known.filter { !taken.contains($0.uid) })
        }
    }
}

/// The same for programs.
struct TaskReassigningAPI {
    var routes: [Route] {
        TaskPart.allCases.map { part in
            Route(.post, "/api/v1/tasks/{task}/\(part.rawValue)", operation: TaskOperations.reassign(part)) {
                try await change(part, $0)
            }
        }
    }

    private func change(_ part: TaskPart, _ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        try await visit.tasks { try $0.requireMayReassign(part, try $0.find(uid)) }
        let seen = try visit.expectedVersion()
        var json = try visit.jsonBody()
        json.allow(["office", "reason"])
        let (fields, viewer, today, now) = (json.fields, visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            var form = TaskForm(fields, store: store)
            let asked = form.reassignment()
            let made = try store.reassign(part, uid, asked, found: form.fields.problems, seen: seen, at: now)
            var row = try store.tagged([made]).first ?? made
            row.rules = try store.rules(of: row.task)
            return ChangeAnswer(
                status: .ok, body: TaskBody(row: row, today: today).json, version: row.task.version,
                location: "/api/v1/tasks/\(row.uid)")
        }
    }
}

extension TaskOperations {
    static func reassign(_ part: TaskPart) -> APIOperation {
        APIOperation(
            part == .performer
                ? "Give an open task to another person of the lead unit"
                : "Have another leader answer for an open task",
            tag: "tasks", body: .object([("office", .uid, true), ("reason", .string, true)]), answer: TaskBody.schema,
            needsVersion: true)
    }
}
