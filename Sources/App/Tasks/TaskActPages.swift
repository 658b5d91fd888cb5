import HTTPTypes
import Storage

/// The acts of a task's life, for people: each a resource below the task, with a page where something is said with it.
struct TaskActPages {
    var routes: [Route] {
        TaskWorkflow.Act.allCases.filter(\.hasForm).map { act in
            .get("/tasks/{task}/\(act.resource)") { try await form(act, $0) }
        }
            + TaskWorkflow.Act.allCases.map { act -> Route in
                let path = "/tasks/{task}/\(act.resource)"
                return act.showsEvidence
                    ? .upload(path, admit: { try await admit(act, $0) }) { try await perform(act, $0) }
                    : .post(path) { try await perform(act, $0) }
            } + [
                .get("/tasks/{task}/extensions/new", newExtension),
                .post("/tasks/{task}/extensions", askExtension),
                .get("/tasks/{task}/extensions/{extension}", extensionPage),
                .post("/tasks/{task}/extensions/{extension}/decision", decideExtension),
            ]
    }

    private func form(_ act: TaskWorkflow.Act, _ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let (detail, choices) = try await visit.tasks { store in
            let row = try store.find(uid, may: act)
            return (try store.detail(uid), try store.renewalChoices(act, row.task))
        }
        let task = detail.row.task
        let fields = Fields(raw: ["version": String(task.version), "percent": String(task.percent)])
        return visit.html(taskActPage(act, detail, fields, [], visit.page, choices))
    }

    /// Asked before the first byte of a file is kept. Whether the act is possible now is asked later, so that nothing
    /// typed is lost when somebody else was faster.
    private func admit(_ act: TaskWorkflow.Act, _ visit: Visit) async throws {
        let uid = try visit.uid("task")
        try await visit.tasks { try $0.requireSide(of: act, in: try $0.find(uid)) }
    }

    private func perform(_ act: TaskWorkflow.Act, _ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let typed = act.showsEvidence ? try visit.uploaded().fields : try visit.form()
        let sent = act.showsEvidence ? try visit.uploaded().files("file") : []
        do {
            let (kept, refused) = try await keep(sent, visit)
            let made = try await visit.changeTasks { store, now in
                _ = try store.find(uid, may: act)
                var form = TaskForm(typed, store: store)
                let seen = form.seen()
                var report = form.report(act)
                report.files = kept
                form.fields.problems.join(refused)
                return try store.act(act, uid, report, found: form.fields.problems, seen: seen, at: now)
            }
            let isUnproven = act == .declare && !made.task.hasEvidence
            return visit.redirect(
                to: made.href,
                flash: Message(
                    isUnproven ? "task.flash.declare_unproven" : "task.flash.\(act.rawValue)",
                    ["title": .text(made.task.title)]))
        } catch {
            guard let refusal = error as? AppError, refusal.keepsTyped else { throw error }
            let (detail, events) = try await visit.task(PageRequest(after: nil, limit: 20))
            let task = detail.row.task
            let choices = try await visit.tasks { try $0.renewalChoices(act, task) }
            return try await visit.refused(error, typed, now: (task.subject, task.version)) { typed, problems in
                act.hasForm
                    ? taskActPage(act, detail, typed, problems + again(sent, problems), visit.page, choices)
                    : taskPage(detail, events, visit.page, problems: problems)
            }
        }
    }

    /// What is wrong with a file is told together with what is wrong with the rest.
    private func keep(_ sent: [ReceivedFile], _ visit: Visit) async throws -> ([KeptFile], Validation) {
        guard !sent.isEmpty else { return ([], Validation()) }
        do {
            return (try await AttachmentIntake(visit.services.files).keep(sent), Validation())
        } catch AppError.invalid(let problems) {
            var refused = Validation()
            problems.forEach { refused.add($0) }
            return ([], refused)
        }
    }

    /// A browser does not send a file once more by itself: whoever sent one is told to choose it again.
    private func again(_ sent: [ReceivedFile], _ problems: [Problem]) -> [Problem] {
        guard !sent.isEmpty, !problems.contains(where: { $0.field == "file" }) else { return [] }
        let names = sent.map(\.name).joined(separator: "; ")
        return [Problem("file", "task.error.file_again", ["files": .text(names)])]
    }

    func newExtension(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let detail = try await visit.tasks { store in
            let detail = try store.detail(uid)
            guard detail.rights.performs else { throw AppError.forbidden(Message("task.error.forbidden_performing")) }
            return detail
        }
        let fields = Fields(raw: ["version": String(detail.row.task.version)])
        return visit.html(newTaskExtension(detail, fields, [], visit.page))
    }

    func askExtension(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("task")
        let typed = try visit.form()
        do {
            let made = try await visit.changeTasks { store, now in
                _ = try store.find(uid)
                var form = TaskForm(typed, store: store)
                let seen = form.seen()
                let asked = form.extensionAsked()
                return try store.askExtension(
                    uid, to: asked.to, reason: asked.reason, found: form.fields.problems, seen: seen, at: now)
            }
            return visit.redirect(to: made.href, flash: Message("task.flash.extension_asked"))
        } catch {
            guard let refusal = error as? AppError, refusal.keepsTyped else { throw error }
            let detail = try await visit.tasks { try $0.detail(uid) }
            let task = detail.row.task
            return try await visit.refused(error, typed, now: (task.subject, task.version)) {
                newTaskExtension(detail, $0, $1, visit.page)
            }
        }
    }

    func extensionPage(_ visit: Visit) async throws -> Answer {
        let (detail, asked) = try await extended(visit)
        let fields = Fields(raw: ["version": String(detail.row.task.version)])
        return visit.html(taskExtensionPage(detail, asked, fields, [], visit.page))
    }

    func decideExtension(_ visit: Visit) async throws -> Answer {
        let (uid, extended) = (try visit.uid("task"), try visit.uid("extension"))
        let typed = try visit.form()
        do {
            let (made, decision) = try await visit.changeTasks { store, now in
                _ = try store.findExtended(uid)
                var form = TaskForm(typed, store: store)
                let seen = form.seen()
                let decided = try form.extensionDecided()
                let made = try store.decideExtension(
                    extended, of: uid, decided.decision, answer: decided.answer, seen: seen, at: now)
                return (made, decided.decision)
            }
            return visit.redirect(to: made.href, flash: Message("task.flash.extension_\(decision.rawValue)"))
        } catch {
            guard let refusal = error as? AppError, refusal.keepsTyped else { throw error }
            let (detail, asked) = try await self.extended(visit)
            let task = detail.row.task
            return try await visit.refused(error, typed, now: (task.subject, task.version)) {
                taskExtensionPage(detail, asked, $0, $1, visit.page)
            }
        }
    }

    private func extended(_ visit: Visit) async throws -> (TaskDetail, TaskExtension) {
        let (uid, extended) = (try visit.uid("task"), try visit.uid("extension"))
        return try await visit.tasks { store in
            let detail = try store.detail(uid)
            guard let asked = detail.extensions.first(where: { $0.uid == extended }) else { throw AppError.notFound }
            return (detail, asked)
        }
    }
}

extension AppError {
    /// The page comes back with what was typed; other errors have a page of their own.
    fileprivate var keepsTyped: Bool {
        switch self {
        case .invalid, .conflict, .stale: true
        default: false
        }
    }
}
