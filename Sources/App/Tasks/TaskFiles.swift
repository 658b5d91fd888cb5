import Storage

/// A file of a task: of the task itself, or shown with a report.
public struct TaskFile: Sendable, Equatable {
    public let attachment: Attachment
    /// Nil of a file of the task itself.
    public let report: UID?
    /// Part of a result that has been declared: it stays, whatever comes after.
    public let isDeclared: Bool
    /// It came after the declaration with which it is shown.
    public let isLater: Bool
}

/// The files of tasks: who may know of the task may know of them. Those who direct keep the files of the task, those
/// who perform what they show with their reports.
extension TaskStore {
    var attachments: AttachmentStore { AttachmentStore(tx: tx, viewer: viewer, today: today) }

    /// All of them in the order in which they came, withdrawn ones too.
    public func files(of row: TaskRow) throws -> [TaskFile] {
        let places = try tx.all(
            """
            SELECT f.attachment_id, r.uid, CASE WHEN r.id <= (SELECT COALESCE(MAX(d.id), 0) FROM task_report d
                WHERE d.task_id = f.task_id AND d.act = 'declare') THEN 1 ELSE 0 END,
                CASE WHEN r.act = 'declare' THEN r.at ELSE 0 END
            FROM task_file f LEFT JOIN task_report r ON r.id = f.report_id WHERE f.task_id = \(row.task.id)
            """)
        guard !places.isEmpty else { return [] }
        var reports: [ID<Attachment>: (UID?, Bool, Int64)] = [:]
        for place in places {
            reports[try place.id(0)] = (
                try place.optionalText(1).flatMap(UID.init(parsing:)), try place.bool(2), try place.int64(3)
            )
        }
        return try attachments.list(of: row.task.subject).map { attachment in
            let (report, isDeclared, declaredAt) = reports[attachment.id] ?? (nil, false, 0)
            return TaskFile(
                attachment: attachment, report: report, isDeclared: isDeclared,
                isLater: declaredAt > 0 && attachment.addedAt.milliseconds > declaredAt)
        }
    }

    /// One file of a task that the viewer may know of.
    public func file(_ file: UID, of uid: UID) throws -> (row: TaskRow, file: TaskFile) {
        let row = try find(uid)
        guard let found = try files(of: row).first(where: { $0.attachment.uid == file }) else {
            throw AppError.notFound
        }
        return (row, found)
    }

    /// Asked before the first byte of a file is kept.
    func requireMayAttach(to uid: UID) throws {
        let rights = try rights(try find(uid).task)
        guard rights.directs || rights.performs else {
            throw AppError.forbidden(Message("task.error.forbidden_directing"))
        }
    }

    /// The task, and the number of the report, to which this viewer may add files now; 0 for the task itself.
    func attachable(_ uid: UID, _ report: UID?) throws -> (row: TaskRow, report: Int64) {
        let row = try find(uid)
        let rights = try rights(row.task)
        guard let report else {
            guard rights.directs else { throw AppError.forbidden(Message("task.error.forbidden_directing")) }
            if row.task.workflow.isClosed { throw AppError.conflict(Message("task.error.files_closed")) }
            return (row, 0)
        }
        guard rights.performs else { throw AppError.forbidden(Message("task.error.forbidden_performing")) }
        let found = try tx.first(
            "SELECT id FROM task_report WHERE uid = \(report) AND task_id = \(row.task.id)")
        guard let found else { throw AppError.notFound }
        guard try tx.ask(openReport(of: row.task)) == report else {
            throw AppError.conflict(Message("task.error.report_answered"))
        }
        return (row, try found.int64(0))
    }

    /// The report to which files may still be added: the last one, as long as nothing has been answered to it.
    func openReport(of task: TaskItem) -> Question<UID?> {
        guard [.inProgress, .declared].contains(task.workflow.state) else { return .known(nil) }
        return Question("SELECT uid, act FROM task_report WHERE task_id = \(task.id) ORDER BY id DESC LIMIT 1") {
            rows in
            guard let last = rows.first, ["progress", "declare"].contains(try last.text(1)) else { return nil }
            return try last.uid(0)
        }
    }

    /// Gives files to a task, or to its newest report, that have been received and examined.
    @discardableResult
    public func attach(_ files: [KeptFile], to uid: UID, report: UID? = nil, at now: Instant) throws -> [TaskFile] {
        let (row, number) = try attachable(uid, report)
        try bump(row, seen: nil, at: now)
        let added = Set(try lay(files, of: row.task, report: number, at: now).map(\.uid))
        if number > 0 { try showLater(row.task) }
        try TaskMap(tx: tx).touch(row.task.id, at: now)
        return try self.files(of: row).filter { added.contains($0.attachment.uid) }
    }

    @discardableResult
    func lay(_ files: [KeptFile], of task: TaskItem, report: Int64, at now: Instant) throws -> [Attachment] {
        guard !files.isEmpty else { return [] }
        let added = try attachments.add(files, to: task.subject, unit: unitOfEvents(task), at: now)
        try tx.insert(
            into: "task_file", ["attachment_id", "task_id", "report_id"],
            rows: added.map { [$0.id.sqlValue, task.id.sqlValue, .integer(report)] })
        return added
    }

    /// Throws unless this viewer may take the file away now.
    func requireMayDetach(_ file: TaskFile, of row: TaskRow) throws {
        let rights = try rights(row.task)
        guard file.report != nil else {
            guard rights.directs else { throw AppError.forbidden(Message("task.error.forbidden_directing")) }
            if row.task.workflow.isClosed { throw AppError.conflict(Message("task.error.files_closed")) }
            return
        }
        guard rights.performs else { throw AppError.forbidden(Message("task.error.forbidden_performing")) }
        if file.isDeclared { throw AppError.conflict(Message("task.error.file_declared")) }
        if row.task.workflow.isClosed { throw AppError.conflict(Message("task.error.files_closed")) }
    }

    /// Takes a file away: from a draft for good, from an issued task by withdrawing it with a reason.
    public func detach(_ uid: UID, of task: UID, reason: String, at now: Instant) throws {
        let (row, found) = try file(uid, of: task)
        try requireMayDetach(found, of: row)
        let isIssued = row.task.workflow.state != .draft
        try bump(row, seen: nil, at: now)
        if !isIssued { try tx.run("DELETE FROM task_file WHERE attachment_id = \(found.attachment.id)") }
        try attachments.remove(
            uid, of: row.task.subject, unit: unitOfEvents(row.task), isIssued: isIssued, reason: reason, at: now)
        try TaskMap(tx: tx).touch(row.task.id, at: now)
    }

    /// The files of a draft that is given up.
    func dropFiles(of row: TaskRow, at now: Instant) throws {
        try tx.run("DELETE FROM task_file WHERE task_id = \(row.task.id)")
        try attachments.removeAll(of: row.task.subject, at: now)
    }
}
