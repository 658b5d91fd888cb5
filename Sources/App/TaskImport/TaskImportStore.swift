import Storage

/// An import that was taken, as the offices of its unit find it again.
public struct TaskImportRecord: Sendable {
    let id: Int64
    public let uid: UID
    public let name: String
    public let hash: String
    public let takenAt: Instant
    public let rows: Int
    public let taken: Int
    public let issued: Int

    static func path(_ uid: UID) -> String { "/tasks/imports/\(uid)" }
}

extension TaskStore {
    /// Writes down what was taken; the file itself is not needed any more.
    func settleImport(
        _ kept: Int64?, _ report: TaskImportReport, assigning: ID<OrgUnit>, at now: Instant
    ) throws -> (id: Int64, uid: UID) {
        if let kept {
            let row = try tx.first(
                """
                UPDATE task_import SET taken_at = \(now), lines = \(report.rows), taken = \(report.taken),
                issued = \(report.issued), content = NULL WHERE id = \(kept) RETURNING id, uid
                """)
            guard let row else { throw AppError.notFound }
            return (try row.int64(0), try row.uid(1))
        }
        let uid = UID.new(at: now), person = viewer.personID.map { SQLValue.integer($0.value) } ?? .null
        let row = try tx.first(
            """
            INSERT INTO task_import (uid, person_id, unit_id, name, sha256, made_at, taken_at, lines, taken, issued)
            VALUES (\(uid), \(person), \(assigning), \(report.file), \(report.hash), \(now), \(now), \(report.rows),
                \(report.taken), \(report.issued)) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("the new import has no id") }
        return (try row.int64(0), uid)
    }

    /// When the unit took the same file before.
    func earlierImport(of hash: String, by unit: ID<OrgUnit>) throws -> Instant? {
        try tx.first(
            """
            SELECT taken_at FROM task_import WHERE sha256 = \(hash) AND unit_id = \(unit) AND taken_at > 0
            ORDER BY id DESC LIMIT 1
            """)?.instant(0)
    }

    /// What was taken, for the offices of the unit that gave the tasks.
    func taskImport(_ uid: UID) throws -> TaskImportRecord {
        let units = try ownUnits()
        let known: SQL = viewer.isSystem ? "1 = 1" : units.isEmpty ? "1 = 0" : "unit_id IN (\(list: units))"
        let row = try tx.first(
            """
            SELECT id, uid, name, sha256, taken_at, lines, taken, issued FROM task_import
            WHERE uid = \(uid) AND taken_at > 0 AND \(known)
            """)
        guard let row else { throw AppError.notFound }
        return TaskImportRecord(
            id: try row.int64(0), uid: try row.uid(1), name: try row.text(2), hash: try row.text(3),
            takenAt: try row.instant(4), rows: try row.int(5), taken: try row.int(6), issued: try row.int(7))
    }

    /// Its tasks in the order of the file, as far as the viewer may know of them.
    func tasks(of made: TaskImportRecord, page: PageRequest) throws -> Page<TaskRow> {
        guard let after = Int64(page.after?.parts.first ?? "0") else {
            throw AppError.malformed(Message("field.cursor"))
        }
        let found = try tx.all(
            """
            SELECT r.line, t.id FROM task_import_row r JOIN task t ON t.id = r.task_id
            WHERE r.import_id = \(made.id) AND r.line > \(after) AND \(scope.condition())
            ORDER BY r.line LIMIT \(page.limit + 1)
            """
        ).map { (line: try $0.int64(0), id: try $0.id(1, of: TaskItem.self)) }
        let shown = found.prefix(page.limit)
        guard let last = shown.last else { return Page(items: [], next: nil, total: 0) }
        var known: [ID<TaskItem>: TaskRow] = [:]
        for row in try rows("t.id IN (\(list: shown.map(\.id)))", order: "t.id", limit: page.limit) {
            known[row.task.id] = row
        }
        let total = try tx.first(
            """
            SELECT COUNT(*) FROM task_import_row r JOIN task t ON t.id = r.task_id
            WHERE r.import_id = \(made.id) AND \(scope.condition())
            """)?.int(0)
        return Page(
            items: shown.compactMap { known[$0.id] },
            next: found.count > shown.count ? Cursor([String(last.line)]) : nil, total: total ?? 0)
    }
}
