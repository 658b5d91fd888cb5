/// Reads which tasks are chosen for an act, from a form or a JSON body.
struct TaskBulkForm {
    var fields: Fields

    /// Before a task's name: it is chosen; its value is the version that was seen.
    static let taken = "take."
    /// The same of every task of the page, for whoever chooses all of them.
    static let seen = "seen."

    init(_ fields: Fields) { self.fields = fields }

    /// Nil as long as no act is chosen.
    mutating func bulk(needsReport: Bool) throws -> TaskBulkAct {
        let act: TaskWorkflow.Act? = fields.choice("act")
        let text = fields.paragraphs("text", max: 4_000)
        let mode = fields.line("mode", max: 20, required: false)
        if !["", "all", "possible"].contains(mode) {
            fields.problems.add("mode", "field.choice", ["typed": .text(mode)])
        }
        let tasks = chosen() + listed()
        if let act, needsReport, act.needsReason, text.isEmpty {
            fields.problems.add("text", "task.error.reason_missing")
        }
        try fields.problems.check()
        guard let act else { throw AppError.invalid([Problem("act", "field.missing")]) }
        return TaskBulkAct(act, tasks, report: TaskReport(text: text), isWhole: mode != "possible")
    }

    /// The list from which the tasks were chosen.
    var back: String {
        let typed = fields["back"]
        let isAddress = typed.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && typed.utf8.count < 2_000
        return typed.hasPrefix("/tasks?") && isAddress ? typed : "/tasks"
    }

    private mutating func chosen() -> [TaskBulkAct.Chosen] {
        let prefix = fields["all"].isEmpty ? TaskBulkForm.taken : TaskBulkForm.seen
        return fields.raw.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in
            guard let uid = UID(parsing: String(name.dropFirst(prefix.count))), let version = Int(fields[name]) else {
                fields.problems.add("tasks", "field.unknown")
                return nil
            }
            return TaskBulkAct.Chosen(uid: uid, version: version)
        }
    }

    /// `tasks.0.task`, `tasks.0.version` of a JSON body; one that lacks either is told.
    private mutating func listed() -> [TaskBulkAct.Chosen] {
        let places = fields.raw.keys.compactMap { name -> Int? in
            let steps = name.split(separator: ".")
            return steps.count == 3 && steps.first == "tasks" ? Int(steps[1]) : nil
        }
        guard let last = places.filter((0..<JSONFields.longestList).contains).max() else { return [] }
        return (0...last).compactMap { place in
            let uid = fields.uid("tasks.\(place).task")
            let version = fields.integer("tasks.\(place).version", in: 1...Int(Int32.max))
            guard let uid, let version else { return nil }
            return TaskBulkAct.Chosen(uid: uid, version: version)
        }
    }
}
