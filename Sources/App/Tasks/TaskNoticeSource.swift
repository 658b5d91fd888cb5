import Storage

extension NoticeSource {
    /// A task is found again by both its names: of a draft that was deleted nothing is told.
    static let tasks = NoticeSource(kind: .task) { viewer in
        """
        EXISTS (SELECT 1 FROM task t WHERE t.id = n.subject_id AND t.uid = n.subject_uid \
        AND \(TaskScope(viewer).condition()) LIMIT 1 OFFSET 0)
        """
    } name: { tx, viewer, today, ids in
        let store = TaskStore(tx: tx, viewer: viewer, today: today)
        let rows = try store.rows("t.id IN (\(list: ids))", order: "t.id", limit: ids.count)
        return Dictionary(
            rows.map { row in
                (
                    row.task.id.value,
                    NoticeSubject(title: row.task.title, href: row.href, unit: row.leadUnit.name)
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
