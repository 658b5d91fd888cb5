/// What programs may write otherwise than a form does.
extension TaskForm {
    /// Lists as lines, and the kind of a date, which follows from what is typed, as a date: so that what `GET` gives of a
    /// task can be sent back.
    static func plain(_ fields: Fields) -> Fields {
        var raw = fields.raw
        for (name, glue) in [("tags", ", "), ("coordinating", "\n")] {
            let items = raw.keys.filter { $0.hasPrefix("\(name).") }
            guard !items.isEmpty else { continue }
            raw[name] = (0..<JSONFields.longestList).compactMap { item("\(name).\($0)", raw) }.joined(separator: glue)
            for item in items { raw[item] = nil }
        }
        if let kind = raw[Deadline.Field.choice].flatMap(Deadline.Kind.init(rawValue:)), kind.isDated {
            raw[Deadline.Field.choice] = DeadlineDraft.Choice.date.rawValue
        }
        var plain = Fields(raw: raw)
        for problem in fields.problems.problems { plain.problems.add(problem) }
        return plain
    }

    /// A text, or an object that names a record by its uid.
    private static func item(_ place: String, _ raw: [String: String]) -> String? {
        raw[place] ?? raw["\(place).uid"] ?? raw["\(place).name"]
    }

    /// What a task says, each record by its uid. What the viewer may not know of is not in it.
    static func standing(_ detail: TaskDetail) -> [String: String] {
        let task = detail.row.task, deadline = task.deadline.map(DeadlineDraft.init)
        var raw = [
            "title": task.title, "description": task.description, "lead_unit": detail.row.leadUnit.uid.text,
            "coordinating": detail.coordinating.map(\.uid.text).joined(separator: "\n"),
            "document": detail.document?.uid.text ?? "", "paragraph": task.paragraph,
            "parent": detail.parent?.uid.text ?? "", "priority": task.priority.rawValue,
            "is_key": task.isKey ? "1" : "", "pillar": task.pillar, "task_group": task.group,
            "field": detail.row.field?.uid.text ?? "", "tags": detail.row.tags.joined(separator: ", "),
            "secrecy": task.secrecy.name, "start_on": task.start == .never ? "" : task.start.text,
            "weight": String(task.weight),
        ]
        raw[Deadline.Field.choice] = deadline?.choice.rawValue
        raw[Deadline.Field.date] = deadline?.date
        raw[Deadline.Field.words] = deadline?.words
        raw[Deadline.Field.review] = deadline?.reviewOn?.text
        for (index, product) in detail.products.enumerated() {
            raw["products.\(index).name"] = product.name
            raw["products.\(index).kind"] = product.kind?.rawValue
            raw["products.\(index).criterion"] = product.criterion
        }
        return raw
    }
}
