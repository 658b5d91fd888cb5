/// Whom a task that is opened again can be given to, and who may answer for it; nobody for other acts.
struct TaskRenewalChoices: Sendable {
    var performers: [TaskOffice] = []
    var leaders: [TaskOffice] = []
}

extension TaskStore {
    func renewalChoices(_ act: TaskWorkflow.Act, _ task: TaskItem) throws -> TaskRenewalChoices {
        guard act == .reopen else { return TaskRenewalChoices() }
        return TaskRenewalChoices(
            performers: try possiblePerformers(task.leadUnit), leaders: try accountableLeaders(task.leadUnit))
    }
}

/// What the form of a restart asks besides the reason: a new deadline, and other people.
enum TaskRenewalViews {
    static func fields(
        _ act: TaskWorkflow.Act, _ detail: TaskDetail, _ choices: TaskRenewalChoices, _ form: FormView,
        _ page: PageContext
    ) -> HTML {
        guard act.restarts else { return .empty }
        let deadline = self.deadline(detail.row.task, form, page)
        guard act == .reopen else { return deadline }
        return """
            \(office("performer", detail.performer, choices.performers, form, page))\
            \(office("leader", detail.leader, choices.leaders, form, page))\(deadline)
            """
    }

    private static func office(
        _ part: String, _ present: TaskOffice?, _ offices: [TaskOffice], _ form: FormView, _ page: PageContext
    ) -> HTML {
        form.select(
            part, label: page.t("task.field.\(part)"), choices: offices.map { Choice($0.uid.text, $0.name) },
            required: false,
            help: page.t("task.renewal.person_help", ["name": present?.name ?? page.t("task.point.missing")]))
    }

    /// What has a day gets a later one; what has none may get a day, or another day of review.
    private static func deadline(_ task: TaskItem, _ form: FormView, _ page: PageContext) -> HTML {
        let present = task.deadline.map { TaskWords.deadline($0, page) } ?? ""
        let day = form.text(
            Deadline.Field.date, label: page.t("task.renewal.deadline"),
            help: page.t("task.renewal.deadline_help", ["deadline": present]), required: false, maxLength: 40)
        guard task.due == .never else { return day }
        let kinds = DeadlineDraft.Choice.allCases.map { Choice($0.rawValue, page.t("deadline.choice.\($0.rawValue)")) }
        return """
            \(form.select(Deadline.Field.choice, label: page.t("task.field.deadline_kind"), choices: kinds, required: false))\
            \(day)\
            \(form.text(Deadline.Field.words, label: page.t("task.field.deadline_words"), required: false, maxLength: 300))\
            \(form.day(Deadline.Field.review, label: page.t("task.field.review_on"), required: false))
            """
    }
}
