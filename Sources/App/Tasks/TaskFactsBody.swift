/// The body of `PUT …/facts`: what it says is laid over what the task says already, so that what is left out stays, and
/// what `GET` gives can be sent back as it came.
struct TaskFactsBody: Sendable {
    private let said: JSONFields

    /// Offices that a task names, each told twice by `GET`: as people read it, and by its uid.
    static let parts = ["performer", "leader", "authority"]
    static let names = TaskOperations.draftNames.union(parts.map { "\($0)_uid" })
    /// What `GET` gives and an act changes, not this: refused when it says anything else than the task.
    private static let fixed: Set<String> = [
        "uid", "state", "percent", "assigning_unit", "due_on", "original_due", "extensions",
    ]
    /// What else `GET` gives: found out anew each time, and passed over.
    static let passedOver = Set(TaskDetailBody.schema.members.map(\.name)).subtracting(names).subtracting(fixed)

    init(_ body: JSONFields) {
        var body = body
        body.allow(TaskFactsBody.names.union(TaskFactsBody.fixed))
        said = body
    }

    /// The whole of the facts, as a form has them.
    func over(_ detail: TaskDetail) -> Fields {
        var raw = TaskForm.standing(detail)
        for name in said.members {
            for known in raw.keys where known == name || known.hasPrefix("\(name).") { raw[known] = nil }
        }
        raw.merge(said.fields.raw) { _, said in said }
        var problems = said.fields.problems
        for part in TaskFactsBody.parts { raw[part] = office(part, detail, &problems) }
        if !said.members.contains(Deadline.Field.choice) { choose(&raw, &problems) }
        let present = TaskFactsBody.present(detail)
        for name in said.members.intersection(TaskFactsBody.fixed).sorted()
        where said.fields[name] != present[name] ?? "" {
            problems.add(name, "task.error.fixed")
        }
        var fields = Fields(raw: raw)
        for problem in problems.problems { fields.problems.add(problem) }
        return fields
    }

    /// A day that is typed is meant, though the task had none before; words beside a day say nothing.
    private func choose(_ raw: inout [String: String], _ problems: inout Validation) {
        let date = DeadlineDraft.Choice.date.rawValue
        if !said.fields[Deadline.Field.date].isEmpty { raw[Deadline.Field.choice] = date }
        let isDated = raw[Deadline.Field.choice] ?? date == date
        if isDated, !said.fields[Deadline.Field.words].isEmpty || !said.fields[Deadline.Field.review].isEmpty {
            problems.add(Deadline.Field.choice, "field.missing")
        }
    }

    /// Of the two members that name an office, the one that says something new; what is there when neither does.
    private func office(_ part: String, _ detail: TaskDetail, _ problems: inout Validation) -> String {
        let (shown, uid) = TaskFactsBody.named(part, detail)
        let name = said.fields[part], named = said.fields["\(part)_uid"]
        let saysName = said.members.contains(part) && name != shown
        let saysUID = said.members.contains("\(part)_uid") && named != uid
        if saysName, saysUID, !name.isEmpty, !named.isEmpty, name != named {
            problems.add(part, "task.error.two_offices")
        }
        if saysUID, !named.isEmpty { return named }
        if saysName, !name.isEmpty { return name }
        return saysUID || saysName ? "" : uid
    }

    /// As `GET` gives it. Of an office that the viewer may not know of the uid is empty.
    private static func named(_ part: String, _ detail: TaskDetail) -> (shown: String, uid: String) {
        switch part {
        case "performer": (detail.row.performer, detail.performer?.knownUID?.text ?? "")
        case "leader": (detail.leader?.name ?? "", detail.leader?.knownUID?.text ?? "")
        default: (detail.authority?.name ?? "", detail.authority?.knownUID?.text ?? "")
        }
    }

    private static func present(_ detail: TaskDetail) -> [String: String] {
        let task = detail.row.task
        func text(_ day: Day) -> String { day == .never ? "" : day.text }
        return [
            "uid": task.uid.text, "state": task.workflow.state.rawValue, "percent": String(task.percent),
            "assigning_unit": detail.assigner?.unit?.uid.text ?? "", "due_on": text(task.due),
            "original_due": text(task.originalDue), "extensions": String(task.extensions),
        ]
    }
}
