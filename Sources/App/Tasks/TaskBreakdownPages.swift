import HTTPTypes
import Storage

/// Breaking a task down, for people: a form, a preview in which units can be left out, and the act.
struct TaskBreakdownPages {
    var routes: [Route] {
        [
            .get("/tasks/{task}/children/new", new),
            .post("/tasks/{task}/children", breakDown),
        ]
    }

    func new(_ visit: Visit) async throws -> Answer {
        let looked = try await parent(visit)
        return visit.html(
            newTaskBreakdown(looked, TaskBreakdownForm.first(looked.base, below: looked.place), [], visit.page))
    }

    /// Looks first; what was looked at is sent again with `confirm`.
    func breakDown(_ visit: Visit) async throws -> Answer {
        let looked = try await parent(visit)
        let typed = try visit.form()
        do {
            return typed["confirm"].isEmpty
                ? try await preview(looked, typed, [], visit) : try await write(looked, typed, visit)
        } catch {
            switch error {
            case AppError.invalid(let problems): return try await refused(looked, typed, problems, visit)
            case AppError.stale(let message, let since):
                let anew = if let since { try await visit.overtaken(typed, since) } else { typed }
                var answer = try await refused(looked, anew, [Problem("", message)], visit)
                answer.status = .conflict
                return answer
            case AppError.conflict(let message):
                var answer = try await refused(looked, typed, [Problem("", message)], visit)
                answer.status = .conflict
                return answer
            default: throw error
            }
        }
    }

    private func preview(
        _ looked: TaskBreakdownParent, _ typed: Fields, _ problems: [Problem], _ visit: Visit
    ) async throws -> Answer {
        let uid = looked.detail.row.uid
        let plan = try await visit.tasks { store in
            var form = TaskBreakdownForm(typed, over: looked.base, store: store)
            return try store.plan(uid, try form.breakdown())
        }
        return visit.html(taskBreakdownPreview(looked, plan, typed, problems, visit.page))
    }

    private func write(_ looked: TaskBreakdownParent, _ typed: Fields, _ visit: Visit) async throws -> Answer {
        let uid = looked.detail.row.uid
        let made = try await visit.changeTasks { store, now in
            _ = try store.findDivisible(uid)
            var form = TaskBreakdownForm(typed, over: looked.base, store: store)
            let seen = form.seen()
            return try store.breakDown(uid, try form.breakdown(), seen: seen, at: now)
        }
        let key = made.isIssued ? "task.flash.broken_down_issued" : "task.flash.broken_down"
        return visit.redirect(to: made.parent.href, flash: Message(key, ["count": .number(made.made.count)]))
    }

    /// The page on which the fields are that are to be mended: the preview once units were chosen in it.
    private func refused(
        _ looked: TaskBreakdownParent, _ typed: Fields, _ problems: [Problem], _ visit: Visit
    ) async throws -> Answer {
        if !typed[TaskBreakdownForm.picked].isEmpty, var again = try? await preview(looked, typed, problems, visit) {
            again.status = .unprocessableContent
            return again
        }
        return visit.html(newTaskBreakdown(looked, typed, problems, visit.page), status: .unprocessableContent)
    }

    private func parent(_ visit: Visit) async throws -> TaskBreakdownParent {
        let uid = try visit.uid("task")
        let page = visit.page
        return try await visit.tasks { store in
            _ = try store.findDivisible(uid)
            return try TaskBreakdownParent(uid, store, page)
        }
    }
}

/// The task that is broken down, with its own form, from which the parts take what is not said of them.
struct TaskBreakdownParent: Sendable {
    let detail: TaskDetail
    let base: Fields
    let fields: [WorkField]
    /// Where the viewer's own unit stands: most breakdowns begin there.
    let place: String

    init(_ uid: UID, _ store: TaskStore, _ page: PageContext) throws {
        detail = try store.detail(uid)
        base = try TaskForm.fields(of: detail, store, page)
        fields = try store.workFields(assigning: store.assigningUnit(of: detail.row))
        let own = try store.viewer.office?.place.flatMap { try ifKnown(store.units.find($0)) }
        place = try own.map(store.units.typedName) ?? ""
    }
}
