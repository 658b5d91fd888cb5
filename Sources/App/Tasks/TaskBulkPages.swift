import HTTPTypes
import Storage

/// Acts on many tasks, for people: chosen in the list, looked at, done.
struct TaskBulkPages {
    var routes: [Route] {
        [
            .post("/tasks/acts", act),
            .get("/tasks/acts/{act}", show),
        ]
    }

    /// Looks first; what was looked at is sent again with `confirm`.
    func act(_ visit: Visit) async throws -> Answer {
        var form = TaskBulkForm(try visit.form())
        let typed = form.fields
        let isConfirmed = !typed["confirm"].isEmpty
        do {
            let bulk = try form.bulk(needsReport: isConfirmed)
            guard isConfirmed else { return try await preview(bulk, typed, [], visit) }
            let (done, refused) = try await visit.changeTasks { store, now in try store.perform(bulk, at: now) }
            return refused.isEmpty
                ? back(to: form.back, bulk, done, visit)
                : visit.html(taskBulkDone(bulk, done, refused, back: form.back, visit.page))
        } catch AppError.invalid(let problems) {
            return try await refused(typed, problems, visit)
        }
    }

    /// The tasks of one act that was done.
    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("act")
        let rows = try await visit.tasks { try $0.rows(of: uid) }
        return visit.html(taskBulkRows(rows, visit.page))
    }

    private func back(to list: String, _ bulk: TaskBulkAct, _ done: [TaskRow], _ visit: Visit) -> Answer {
        visit.redirect(
            to: list,
            flash: Message(
                "task.flash.bulk",
                ["count": .number(done.count), "act": .key("task.act.\(bulk.act.rawValue)")]))
    }

    private func preview(
        _ bulk: TaskBulkAct, _ typed: Fields, _ problems: [Problem], _ visit: Visit
    ) async throws -> Answer {
        let rows = try await visit.tasks { try $0.preview(bulk) }
        return visit.html(
            taskBulkPreview(bulk, rows, typed, problems, visit.page),
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// The preview once more, as it is now; without an act or tasks, what is missing and the way back.
    private func refused(_ typed: Fields, _ problems: [Problem], _ visit: Visit) async throws -> Answer {
        var form = TaskBulkForm(typed)
        guard let bulk = try? form.bulk(needsReport: false),
            let again = try? await preview(bulk, typed, problems, visit)
        else {
            return visit.html(taskBulkNothing(problems, back: form.back, visit.page), status: .unprocessableContent)
        }
        return again
    }
}
