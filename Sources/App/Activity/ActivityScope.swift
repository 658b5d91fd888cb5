import Storage

/// Which events a viewer may know of. The one place where it is decided; every list of events splices this in.
///
/// An event of a unit is known to whoever may know of the unit (``UnitScope``). An event of a person, an office,
/// a grant … belongs to a unit too, and is known to whoever holds a grant over it or an office in it. An event of a
/// document is known to whoever may know of the document (``DocumentScope``); one of a requirement to whoever may know
/// of its document and of the unit's duties (``CoverageScope``), one of a gap to whoever may know of these, and one of a task to whoever may know of the task (``TaskScope``). Of
/// signing in, of accounts and tokens, only administrators of that unit know, and everybody what they did themselves: it
/// tells from where somebody works and when. An event of no unit is for administrators of the whole country, and for the
/// system.
struct ActivityScope {
    let tx: Transaction
    let viewer: Viewer
    /// The viewer administers the whole.
    let isWhole: Bool

    init(tx: Transaction, viewer: Viewer) throws {
        self.tx = tx
        self.viewer = viewer
        isWhole = try viewer.administersAll(in: tx)
    }

    /// A condition on `event e LEFT JOIN unit u ON u.id = e.unit_id`.
    var condition: SQL {
        if viewer.isSystem { return "1 = 1" }
        let byUnit: SQL = """
            ((e.subject_kind = 'unit' AND \(rule(.unit))) \
            OR (e.subject_kind = 'document' AND \(rule(.document))) \
            OR (e.subject_kind = 'requirement' AND \(rule(.requirement))) \
            OR (e.subject_kind = 'task' AND \(rule(.task))) \
            OR (e.subject_kind = 'gap' AND \(rule(.gap))) \
            OR (e.subject_kind IN ('account', 'token', 'session') AND \(managed)) \
            OR (e.subject_kind NOT IN ('unit', 'document', 'requirement', 'gap', 'task', 'account', 'token', 'session') \
            AND \(held)))
            """
        return isWhole ? "(e.unit_id IS NULL OR \(byUnit))" : "(e.unit_id IS NOT NULL AND \(byUnit))"
    }

    /// The same on the events of one record: the rules of the other kinds are not even written, since PostgreSQL pays
    /// for each subquery that it starts. SQLite gives the number of a record that was deleted again, never its uid.
    func condition(of subject: Subject) -> SQL {
        let events: SQL = """
            e.subject_kind = \(subject.kind.rawValue) AND e.subject_id = \(subject.id) \
            AND e.subject_uid = \(subject.uid)
            """
        if viewer.isSystem { return events }
        let known = rule(subject.kind, of: "\(subject.id)")
        return isWhole
            ? "\(events) AND (e.unit_id IS NULL OR \(known))" : "\(events) AND e.unit_id IS NOT NULL AND \(known)"
    }

    /// The same on the events of several records of one kind.
    func condition(of kind: Subject.Kind, among subjects: [Subject]) -> SQL {
        let events: SQL = """
            e.subject_kind = \(kind.rawValue) AND e.subject_id IN (\(list: subjects.map(\.id))) \
            AND e.subject_uid IN (\(list: subjects.map(\.uid)))
            """
        if viewer.isSystem { return events }
        let known = rule(kind)
        return isWhole
            ? "\(events) AND (e.unit_id IS NULL OR \(known))" : "\(events) AND e.unit_id IS NOT NULL AND \(known)"
    }

    /// Who knows of the events of a kind that belong to a unit.
    private func rule(_ kind: Subject.Kind, of subject: SQL = "e.subject_id") -> SQL {
        switch kind {
        case .unit: UnitScope(viewer).condition
        case .document: DocumentScope(viewer).eventCondition(insider: held, of: subject)
        case .requirement: CoverageScope(viewer).eventCondition(of: subject)
        case .gap: CoverageScope(viewer).condition
        case .task: TaskScope(viewer).eventCondition(of: subject)
        case .account, .token, .session: managed
        case .person, .office, .grant, .installation, .committee: held
        }
    }

    private var held: SQL {
        let granted = UnitScope(viewer).within(Role.allCases)
        guard let own = viewer.office?.unit else { return granted }
        return "(u.id = \(own) OR \(granted))"
    }

    private var managed: SQL {
        let administered = UnitScope(viewer).within([.administrator])
        guard let own = viewer.office?.unit, let me = viewer.personID else { return administered }
        return "((u.id = \(own) AND e.person_id = \(me)) OR \(administered))"
    }
}
