import Storage

/// All that the page of one task shows besides the row itself, as far as the viewer may know of it.
public struct TaskDetail: Sendable {
    public let row: TaskRow
    public let assigner: TaskAssigner?
    public let coordinating: [UnitLink]
    /// Of units that coordinate it too, and of which the viewer may know no more.
    public let coordinatingNames: [String]
    public let performer: TaskOffice?
    public let leader: TaskOffice?
    public let authority: TaskOffice?
    /// When the viewer may know of it.
    public let document: DocumentRow?
    public let parent: TaskRow?
    public let parts: TaskParts
    /// The documents still to be issued for which it waits, as far as the viewer may know.
    public let waits: [GapRow]
    public let products: [TaskProduct]
    public let extensions: [TaskExtension]
    public let reports: [TaskReportRow]
    /// Of the task and of its reports.
    public let files: [TaskFile]
    /// The report to which its unit may still add files.
    public let openReport: UID?
    /// There is evidence from before a return, which counts only when it is shown once more.
    public let hasEarlierEvidence: Bool
    /// Who has had it from when to when, the newest first.
    public let assignments: [TaskAssignment]
    public let rights: TaskRights
    /// What this viewer may give to somebody else now.
    public let reassignable: [TaskPart]
    public let rules: CommitteeRules
    /// The pillar and the group of tasks that it belongs to.
    public let pillar: WorkField?
    public let group: WorkField?
    /// What keeps a draft from being issued; nil for who may not issue it.
    public let clarity: TaskClarity?

    /// A later deadline is asked for, and this viewer may decide on it.
    public let mayExtend: Bool
    /// Of whoever decides on it, while it waits: who stands in for whom.
    let instead: [TaskExtenders.Instead]
    /// The viewer may give parts of it to units.
    public let mayBreakDown: Bool

    public var acts: [TaskWorkflow.Act] { rights.acts(on: row.task.workflow) }
    func status(on today: Day) -> TaskStatus { row.task.status(on: today, rules: rules) }
}

/// An office that a task names.
public struct TaskOffice: Sendable, Equatable {
    public let id: ID<Office>
    public let uid: UID
    public let title: String
    public let unitName: String
    /// Nil when the viewer may not know of the person.
    public let person: String?
    /// The viewer may know of its unit, and so of the office by itself.
    public var isKnown = true
    /// The first day on which nobody holds it any more.
    public var until = Day.never

    public var knownUID: UID? { isKnown ? uid : nil }

    /// `Trần Thị B, Giám đốc, Sở Tài chính`.
    public var name: String { [person ?? "", title, unitName].filter { !$0.isEmpty }.joined(separator: ", ") }
}

/// A report as the page shows it.
public struct TaskReportRow: Sendable, Equatable {
    public let uid: UID
    public let act: TaskWorkflow.Act
    public let at: Instant
    /// Nil of one from before days were kept beside moments.
    public let day: Day?
    public let actor: String
    public let text: String
    public let percent: Int
    public let evidence: TaskEvidence?
    /// What was shown before a return is shown once more.
    public let resubmits: Bool
}

extension TaskStore {
    /// Everything about one task. `withPast`: also who had it, what was asked, and what the buttons of its page need.
    public func detail(_ uid: UID, withPast: Bool = true) throws -> TaskDetail {
        var row = try find(uid)
        let task = row.task, id = task.id
        let hasFields = withPast && !(task.pillar + task.group).isEmpty
        let (
            tags, regulations, rights, named, units, groups, products, extensions, reports, openReport, assignments,
            fields, waits
        ) =
            try tx.ask(
                tags(of: id), regulations(binding: [task.assigningUnit]), rights(on: task), named(in: task),
                units(of: task), partGroups(of: id), products(of: id), withPast ? extensions(of: id) : .known([]),
                reports(of: id), withPast ? openReport(of: task) : .known(nil),
                withPast ? assignments(of: id) : .known([]), hasFields ? WorkField.common : .known([]),
                GapStore(tx: tx, viewer: viewer, today: today).waited(by: id))
        row.tags = tags
        row.rules = try rulesInForce(by: regulations[task.assigningUnit]).rules
        let mayDeclare = withPast && rights.may(.declare) && task.workflow.next(.declare) != nil
        let isAsked = extensions.contains { $0.decision == nil }
        let extenders = isAsked ? try extenders(by: regulations[task.assigningUnit]) : nil
        let canIssue = rights.directs && task.workflow.next(.issue) != nil
        return TaskDetail(
            row: row, assigner: units.assigner, coordinating: units.coordinating, coordinatingNames: units.names,
            performer: task.performer.flatMap { named[$0] }, leader: task.leader.flatMap { named[$0] },
            authority: task.authority.flatMap { named[$0] },
            document: try task.document.flatMap { try ifKnown(documents.find($0)) },
            parent: try task.parent.flatMap { try ifKnown(find($0)) },
            parts: try parts(of: id, groups, isParty: rights.performs || rights.directs || isNamed(in: task)),
            waits: waits, products: products, extensions: extensions,
            reports: reports,
            files: try files(of: row), openReport: rights.performs ? openReport : nil,
            hasEarlierEvidence: mayDeclare ? try hasEarlierEvidence(id) : false, assignments: assignments,
            rights: rights,
            reassignable: withPast && TaskStore.reassignable.contains(task.workflow.state)
                ? try TaskPart.allCases.filter { try mayReassign($0, task, rights) } : [],
            rules: row.rules, pillar: fields.first { $0.family == .pillar && $0.code == task.pillar },
            group: fields.first { $0.family == .group && $0.code == task.group },
            clarity: canIssue ? try clarity(of: row) : nil,
            mayExtend: try extenders.map { try mayExtend(task, rights, $0) } ?? false,
            instead: extenders?.instead ?? [],
            mayBreakDown: mayCreateSomewhere() && (rights.directs || rights.performs) && !task.workflow.isClosed)
    }

    private func isNamed(in task: TaskItem) -> Bool {
        [task.performer, task.leader, task.authority].contains { $0.map(scope.offices.contains) ?? false }
    }

    private func named(in task: TaskItem) throws -> Question<[ID<Office>: TaskOffice]> {
        let named = [task.performer, task.leader, task.authority].compactMap(\.self)
        guard !named.isEmpty else { return .known([:]) }
        return Question(try asking("o.id IN (\(list: named))")) { rows in
            Dictionary(try rows.map(TaskOffice.init).map { ($0.id, $0) }) { first, _ in first }
        }
    }

    func offices(_ which: SQL) throws -> [TaskOffice] { try tx.all(asking(which)).map(TaskOffice.init) }

    /// Of `office o` in `unit u`.
    private func asking(_ which: SQL) throws -> SQL {
        """
        SELECT o.uid, o.title, \(UnitLife.name(today)), p.name, o.id,
        CASE WHEN \(UnitScope(viewer).condition) THEN 1 ELSE 0 END, o.to_day FROM office o JOIN unit u ON u.id = o.unit_id
        LEFT JOIN person p ON p.id = o.person_id AND \(try knownPeople()) WHERE \(which)
        ORDER BY 3, o.title, o.id LIMIT 500
        """
    }

    /// Who could do a task of this unit: offices held today in it, or in a body that stands there.
    func possiblePerformers(_ lead: ID<OrgUnit>) throws -> [TaskOffice] {
        try offices("\(heldToday) AND \(UnitScope(viewer).condition) AND \(isIn(lead))")
    }

    /// Who could answer for it or decide: those, the offices of the units above, and of the viewer's own unit.
    func possibleLeaders(_ lead: ID<OrgUnit>) throws -> [TaskOffice] {
        let own: SQL = "o.unit_id IN (\(list: try ownUnits()))"
        let above: SQL = "o.unit_id IN (SELECT ancestor_id FROM unit_reach WHERE unit_id = \(lead))"
        return try offices(
            "\(heldToday) AND \(UnitScope(viewer).condition) AND (\(isIn(lead)) OR \(above) OR \(leading(lead)) OR \(own))"
        )
    }

    /// Those of them who may answer for a task of the unit, not only decide on it.
    func accountableLeaders(_ lead: ID<OrgUnit>) throws -> [TaskOffice] {
        let known = try possibleLeaders(lead)
        let seats = try TaskSeats(known.map(\.id), leading: [lead], in: tx, on: today)
        return known.filter { seats.isInOrAbove(lead, $0.id) }
    }

    /// Of the committees that lead a territory above, as ``isAbove(_:)`` takes them.
    private func leading(_ lead: ID<OrgUnit>) -> SQL {
        """
        o.unit_id IN (SELECT e.unit_id FROM unit_reach a JOIN unit_edge e ON e.parent_id = a.ancestor_id \
        JOIN unit_version k ON k.unit_id = e.unit_id WHERE a.unit_id = \(lead) \
        AND a.hierarchy = \(Hierarchy.territory.rawValue) AND e.hierarchy = \(Hierarchy.territory.rawValue) \
        AND e.from_day <= \(today) AND e.to_day > \(today) AND k.from_day <= \(today) AND k.to_day > \(today) \
        AND k.kind IN (\(list: TaskStore.leadingKinds)))
        """
    }

    private var heldToday: SQL { "o.from_day <= \(today) AND o.to_day > \(today)" }

    private func isIn(_ lead: ID<OrgUnit>) -> SQL {
        """
        (o.unit_id = \(lead) OR o.unit_id IN (SELECT r.unit_id FROM unit_reach r JOIN unit_version w \
        ON w.unit_id = r.unit_id WHERE r.ancestor_id = \(lead) AND w.level >= \(UnitKind.Level.body.rawValue) \
        AND (\(ViewerStore.place(on: today))) = \(lead)))
        """
    }

    /// What was said by those who work on it and to them; that it was given stands in its history.
    private func reports(of task: ID<TaskItem>) -> Question<[TaskReportRow]> {
        Question(
            """
            SELECT act, at, actor, text, percent, evidence_name, evidence_url, uid, resubmits, day FROM task_report
            WHERE task_id = \(task) AND act <> 'issue' ORDER BY id DESC LIMIT 100
            """
        ) { rows in try rows.compactMap(TaskReportRow.init) }
    }
}

extension TaskOffice {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.id(4), uid: try row.uid(0), title: try row.text(1), unitName: try row.text(2),
            person: try row.optionalText(3), isKnown: try row.bool(5), until: try row.day(6))
    }
}

extension TaskReportRow {
    fileprivate init?(_ row: Row) throws {
        guard let act = TaskWorkflow.Act(rawValue: try row.text(0)) else { return nil }
        let url = try row.text(6)
        self.init(
            uid: try row.uid(7), act: act, at: try row.instant(1), day: Day(parsing: try row.text(9)),
            actor: try row.text(2),
            text: try row.text(3), percent: try row.int(4),
            evidence: url.isEmpty ? nil : TaskEvidence(name: try row.text(5), url: url),
            resubmits: try row.bool(8))
    }
}
