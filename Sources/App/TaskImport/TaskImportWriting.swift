import Storage

/// Writes the rows of a plan: the drafts, the one event of the whole act, and where its rows are found.
struct TaskImportWriting {
    let store: TaskStore
    let assigning: ID<OrgUnit>
    let now: Instant
    let progress: ImportProgress.Callback?

    func write(
        _ plan: TaskImportPlan, _ options: TaskImportOptions, kept: Int64?, _ report: inout TaskImportReport
    ) throws {
        let total = plan.items.count
        var made: [Int: ID<TaskItem>] = [:]
        var tasks: [(line: Int, id: ID<TaskItem>, uid: UID, isClear: Bool)] = []
        for item in plan.items {
            if tasks.count.isMultiple(of: 100) {
                progress?(ImportProgress(.writing, done: tasks.count, total: total))
            }
            var known = item.known
            if let parent = item.parent.flatMap({ made[$0] }) { known.parent = parent }
            let (id, uid) = try store.insert(item.draft, known, assigning: assigning, at: now)
            made[item.place] = id
            tasks.append((plan.file.rows[item.place].line, id, uid, item.missing.isEmpty))
        }
        progress?(ImportProgress(.mapping, done: 0, total: total))
        try TaskMap(tx: store.tx).refresh(tasks.map(\.id.value))
        report.issued = options.issuesClear ? report.clear : 0
        let uid = try store.settleImport(kept, report, assigning: assigning, at: now)
        report.uid = uid.uid
        try store.tx.insert(
            into: "task_import_row", ["import_id", "line", "task_id"],
            rows: tasks.map { [.integer(uid.id), .integer(Int64($0.line)), $0.id.sqlValue] })
        try record(report)
        guard options.issuesClear else { return }
        for task in tasks where task.isClear { try store.issue(task.uid, seen: nil, at: now) }
        progress?(ImportProgress(.mapping, done: total, total: total))
    }

    /// Said in the unit that gives the tasks: there it is read.
    private func record(_ report: TaskImportReport) throws {
        var after = ["file": report.file, "sha256": report.hash, "rows": String(report.taken)]
        if report.issued > 0 { after["tasks_issued"] = String(report.issued) }
        if report.rows > report.taken { after["refused"] = String(report.rows - report.taken) }
        if let uid = report.uid { after["tasks_at"] = TaskImportRecord.path(uid) }
        let subject = Subject(.installation, id: 0, uid: try Installation.origin(store.tx))
        try ActivityStore(tx: store.tx, viewer: store.viewer).record(
            Event(.imported, subject, unit: assigning, after: after), at: now)
    }
}
