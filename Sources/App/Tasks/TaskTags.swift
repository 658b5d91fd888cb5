import Storage

/// Words that people give a task to find it by. Each is stored as typed, and once more folded: accents and capitals do
/// not matter, and no task has the same one twice.
public enum TaskTags {
    /// Of one task.
    static let most = 10
    /// Of one tag, in characters.
    static let length = 40

    /// From what was typed, with commas, semicolons or line ends between. What cannot be a tag is a problem of `field`.
    static func read(_ text: String, field: String = "tags", _ found: inout Validation) -> [String] {
        var tags: [String] = []
        var keys: Set<String> = []
        for piece in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }) {
            let tag = piece.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !tag.isEmpty else { continue }
            let key = TextFold.fold(tag)
            let shown = Message.Argument.text(String(tag.prefix(60)))
            if key.isEmpty { found.add(field, "task.error.tag_empty", ["tag": shown]) }
            if tag.count > length {
                found.add(field, "task.error.tag_long", ["tag": shown, "length": .number(length)])
            }
            if keys.insert(key).inserted { tags.append(tag) }
        }
        if tags.count > most {
            found.add(field, "task.error.tags_many", ["count": .number(tags.count), "most": .number(most)])
        }
        return tags
    }
}

extension TaskStore {
    func tags(of task: ID<TaskItem>) -> Question<[String]> {
        Question("SELECT tag FROM task_tag WHERE task_id = \(task) ORDER BY position") { try $0.map { try $0.text(0) } }
    }

    /// The rows of a page with their tags, read in one go.
    func tagged(_ rows: [TaskRow]) throws -> [TaskRow] {
        guard !rows.isEmpty else { return [] }
        var tags: [Int64: [String]] = [:]
        for row in try tx.all(
            """
            SELECT task_id, tag FROM task_tag WHERE task_id IN (\(list: rows.map(\.task.id)))
            ORDER BY task_id, position
            """)
        {
            tags[try row.int64(0), default: []].append(try row.text(1))
        }
        return rows.map { row in
            var row = row
            row.tags = tags[row.task.id.value] ?? []
            return row
        }
    }

    /// Of tasks that have none.
    func writeTags(_ tasks: [ID<TaskItem>], _ tags: [String]) throws {
        let cells = tags.enumerated().map { index, tag -> [SQLValue] in
            [.integer(Int64(index)), .text(tag), .text(TextFold.fold(tag))]
        }
        try tx.insert(
            into: "task_tag", ["task_id", "position", "tag", "tag_key"],
            rows: tasks.flatMap { task in cells.map { [task.sqlValue] + $0 } })
    }
}
