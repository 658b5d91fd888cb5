import HTTPTypes
import Storage

/// Handing on all open tasks of an office: first who takes them over, then what goes and what stays, then the act.
struct TaskHandoverPages {
    var routes: [Route] {
        [
            .get("/offices/{office}/handover", show),
            .post("/offices/{office}/handover", handOver),
            Route(
                .post, "/api/v1/offices/{office}/handover", operation: TaskOperations.handover, handOverByProgram),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        var query = visit.query
        let successor = query.uid("successor", required: false)
        try query.problems.check()
        let (plan, offices) = try await read(visit, successor)
        return visit.html(taskHandoverPage(plan, offices, Fields(raw: visit.query.raw), [], visit.page))
    }

    func handOver(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        let typed = try visit.form()
        _ = try await visit.tasks { try $0.handoverOffice(uid) }
        do {
            let plan = try await visit.changeTasks { store, now in
                var fields = typed
                let asked = try TaskHandoverPages.asked(&fields)
                return try store.handOver(uid, to: asked.successor, reason: asked.reason, at: now)
            }
            return visit.redirect(
                to: "/offices/\(uid)/handover",
                flash: Message(
                    "task.flash.handover",
                    ["count": .number(plan.going.count), "stays": .number(plan.staying.count)]))
        } catch {
            guard error is AppError else { throw error }
            let (plan, offices) = try await read(visit, UID(parsing: typed["successor"]))
            return try visit.refused(error) { taskHandoverPage(plan, offices, typed, $0, visit.page) }
        }
    }

    private func handOverByProgram(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("office")
        _ = try await visit.tasks { try $0.handoverOffice(uid) }
        var json = try visit.jsonBody()
        json.allow(["successor", "reason"])
        let asked = try TaskHandoverPages.asked(&json.fields)
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let store = TaskStore(tx: tx, viewer: viewer, today: today)
            let plan = try store.handOver(uid, to: asked.successor, reason: asked.reason, at: now)
            return ChangeAnswer(
                body: .object([
                    ("moved", .list(plan.going.map { .text($0.row.uid.text) })),
                    ("stays", .list(plan.staying.map { .text($0.row.uid.text) })),
                ]))
        }
    }

    private static func asked(_ fields: inout Fields) throws -> (successor: UID, reason: String) {
        let successor = fields.uid("successor")
        let reason = fields.paragraphs("reason", max: 2_000, required: true)
        try fields.problems.check()
        guard let successor else { throw AppError.invalid([Problem("successor", "field.missing")]) }
        return (successor, reason)
    }

    /// What goes and stays, and who could take over: whoever holds an office in the same unit.
    private func read(_ visit: Visit, _ successor: UID?) async throws -> (TaskHandover, [TaskOffice]) {
        let uid = try visit.uid("office")
        return try await visit.tasks { store in
            let office = try store.handoverOffice(uid)
            let known = try store.possiblePerformers(office.office.unit).filter { $0.uid != uid }
            let chosen = successor.flatMap { asked in known.first { $0.uid == asked }?.uid }
            return (try store.handover(of: uid, to: chosen), known)
        }
    }
}

extension TaskOperations {
    static let handover = APIOperation(
        "Give all open tasks of an office to another of its unit, as far as the rules allow", tag: "tasks",
        body: .object([("successor", .uid, true), ("reason", .string, true)]),
        answer: .record(["moved": .list(.uid), "stays": .list(.uid)]))
}
