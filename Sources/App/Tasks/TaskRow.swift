import Storage

/// A task as lists show it.
public struct TaskRow: Sendable, Equatable {
    public let task: TaskItem
    public let leadUnit: UnitLink
    /// The viewer may know more of it than the name.
    public var isUnitKnown = true
    /// Of the office that does it; empty while none is named.
    public let performerTitle: String
    /// Nil when the viewer may not know of the person.
    public let performerName: String?
    /// When the office that does it ends or has ended; ``Day/never`` of one that goes on, and while none is named.
    public var performerUntil = Day.never
    public let field: TaskField?
    /// Of lists only where they are asked for: see `TaskStore.tagged`.
    public var tags: [String] = []
    /// Of the committee that it was given under, where a list has asked for them.
    public var rules = CommitteeRules.standard

    public func status(on today: Day) -> TaskStatus { task.status(on: today, rules: rules) }
    public var uid: UID { task.uid }
    public var href: String { "/tasks/\(task.uid)" }

    /// Since which day nobody holds the office that is to do what is still open; nil while somebody does.
    public func vacantSince(_ today: Day) -> Day? {
        task.workflow.isOpen && performerUntil <= today ? performerUntil : nil
    }

    /// `Trần Thị B, Chuyên viên`, or the office alone.
    public var performer: String {
        [performerName ?? "", performerTitle].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension TaskRow {
    /// The columns that ``init(_:)`` reads, of `task t`, its lead unit `u`, the performer's office `o` and person `p`,
    /// and its field `w`.
    static func columns(_ today: Day, _ viewer: Viewer) -> SQL {
        """
        t.id, t.uid, t.title, t.description, t.lead_unit_id, t.assigning_unit_id, t.performer_id, t.leader_id, \
        t.authority_id, t.document_id, t.paragraph, t.parent_id, t.priority, t.is_key, t.pillar, t.task_group, \
        t.secrecy, t.deadline_kind, t.due, t.deadline_words, t.review_on, t.original_due, t.start_on, t.weight, \
        t.state, t.state_before, t.percent, t.declared_on, t.has_evidence, t.extensions, t.updated_at, t.version, \
        u.uid, \(UnitLife.name(today)), o.title, p.name, t.field_id, w.uid, w.name, w.name_en, \
        CASE WHEN \(UnitScope(viewer).condition) THEN 1 ELSE 0 END, o.to_day
        """
    }

    /// So many columns.
    static let width = 42

    static func tables(_ known: SQL) -> SQL { "task t \(joins(known))" }

    /// What hangs on `task t`. `known`: which people the viewer may know of.
    static func joins(_ known: SQL) -> SQL {
        """
        JOIN unit u ON u.id = t.lead_unit_id LEFT JOIN office o ON o.id = t.performer_id \
        LEFT JOIN person p ON p.id = o.person_id AND \(known) LEFT JOIN work_field w ON w.id = t.field_id
        """
    }

    init(_ row: Row) throws {
        task = try TaskItem(row)
        leadUnit = UnitLink(uid: try row.uid(32), name: try row.text(33))
        isUnitKnown = try row.bool(40)
        performerTitle = try row.optionalText(34) ?? ""
        performerName = try row.optionalText(35)
        performerUntil = try row.optionalText(41).flatMap(Day.init(parsing:)) ?? .never
        let fieldUID = try row.optionalText(37).flatMap(UID.init(parsing:))
        field = try fieldUID.map {
            TaskField(uid: $0, name: try row.text(38), english: try row.text(39))
        }
    }
}

extension TaskItem {
    fileprivate init(_ row: Row) throws {
        let before = try row.text(25)
        guard let priority = Priority(rawValue: try row.text(12)), let secrecy = Secrecy(rawValue: try row.int(16)),
            let state = TaskWorkflow.State(rawValue: try row.text(24)),
            let workflow = TaskWorkflow(state, before: before.isEmpty ? nil : TaskWorkflow.State(rawValue: before))
        else { throw StorageError.decoding("a task of an unknown state, priority or secrecy") }
        let declared = try row.day(27)
        self.init(
            id: try row.id(0), uid: try row.uid(1), title: try row.text(2), description: try row.text(3),
            leadUnit: try row.id(4), assigningUnit: try row.id(5), performer: try row.optionalID(6),
            leader: try row.optionalID(7), authority: try row.optionalID(8), document: try row.optionalID(9),
            paragraph: try row.text(10), parent: try row.optionalID(11), priority: priority,
            isKey: try row.bool(13), pillar: try row.text(14), group: try row.text(15),
            field: try row.optionalID(36), secrecy: secrecy,
            deadline: try TaskItem.deadline(row), originalDue: try row.day(21), start: try row.day(22),
            weight: try row.int(23), workflow: workflow, percent: try row.int(26),
            declaredOn: declared == .never ? nil : declared, hasEvidence: try row.bool(28),
            extensions: try row.int(29), updatedAt: try row.instant(30), version: try row.int(31))
    }

    private static func deadline(_ row: Row) throws -> Deadline? {
        let kind = try row.text(17)
        guard !kind.isEmpty else { return nil }
        let columns = Deadline.Columns(
            kind: kind, due: try row.day(18), words: try row.text(19), review: try row.day(20))
        guard let deadline = Deadline(columns) else {
            throw StorageError.decoding("a deadline that contradicts itself")
        }
        return deadline
    }
}
