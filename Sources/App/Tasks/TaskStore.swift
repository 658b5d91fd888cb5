public import Storage

/// Everything that is read and written about tasks. Made from a transaction and a viewer, so that nothing is read
/// unscoped.
public struct TaskStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day
    /// So many tasks of an office that hands them on are read at a time.
    var handoverBatch = 200
    /// So many tasks of a scope are looked through for their acts; of more the acts are, the newest first.
    var fewInScope = 5_000

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    var units: UnitStore { UnitStore(tx: tx, viewer: viewer, today: today) }
    var documents: DocumentStore { DocumentStore(tx: tx, viewer: viewer, today: today) }
    var people: PersonStore { PersonStore(tx: tx, viewer: viewer, today: today) }
    var scope: TaskScope { TaskScope(viewer) }

    /// Parts of a cursor of ``list(_:page:)``.
    static let cursorParts = 2

    /// A page of the tasks that the viewer may know of. An unknown unit, person or document is ``AppError/notFound``.
    public func list(_ filter: TaskFilter = TaskFilter(), page: PageRequest = .first) throws -> Page<TaskRow> {
        let query = try query(filter)
        guard query.hasSources else { return Page(items: [], next: nil, total: 0) }
        let rows = query.page(
            after: try position(page.after, filter), limit: page.limit + 1, known: try knownPeople())
        let answers = try tx.answers(to: [rows, query.count(cap: countCap)])
        let found = answers.first ?? []
        let items = try warned(found.prefix(page.limit).map(TaskRow.init))
        let next = found.count > page.limit ? items.last.map { cursor(after: $0, filter) } : nil
        let total = try answers.last?.first?.int(0) ?? 0
        return Page(items: items, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
    }

    /// The first tasks of a list, without its total.
    func top(_ query: TaskQuery, limit: Int) throws -> [TaskRow] {
        guard query.hasSources, limit > 0 else { return [] }
        return try warned(tx.all(query.page(after: nil, limit: limit, known: try knownPeople())).map(TaskRow.init))
    }

    /// Throws ``AppError/notFound`` also when the viewer may not know of it.
    public func find(_ uid: UID) throws -> TaskRow { try row("t.uid = \(uid)") }

    func find(_ id: ID<TaskItem>) throws -> TaskRow { try row("t.id = \(id)") }

    func rows(_ which: SQL, order: SQL, limit: Int) throws -> [TaskRow] {
        try tx.all(
            """
            SELECT \(TaskRow.columns(today, viewer)) FROM \(TaskRow.tables(try knownPeople()))
            WHERE \(which) AND \(scope.condition()) ORDER BY \(order) LIMIT \(limit)
            """
        ).map(TaskRow.init)
    }

    private func row(_ which: SQL) throws -> TaskRow {
        guard let row = try rows(which, order: "t.id", limit: 1).first else { throw AppError.notFound }
        return row
    }

    func knownPeople() throws -> SQL {
        try PersonAccess(tx: tx, viewer: viewer, today: today).known()
    }

    // MARK: - Lists

    /// So many tasks of one document are read and sorted; more are looked for in the scopes.
    private static let fewTasks = 300

    func query(_ filter: TaskFilter) throws -> TaskQuery {
        let field = try filter.field.map(fieldChoice)
        let awaiting = try awaiting(filter)
        let schedule = try scheduleAsked(filter), vacant = try filter.isVacant ? vacant() : nil
        func made(_ driver: TaskQuery.Driver, document: ID<Document>? = nil) -> TaskQuery {
            var query = TaskQuery(viewer: viewer, filter: filter, today: today, driver: driver)
            query.awaiting = awaiting
            query.schedule = schedule
            query.document = document
            query.field = field
            if case .vacant = driver {} else { query.vacant = vacant }
            return query
        }
        let document = try filter.document.map { try documents.find($0).document.id }
        let unit = try filter.unit.map { try units.find($0).unit.id }
        /// Driven by few tasks, each of which says the rest itself.
        func narrowed(_ driver: TaskQuery.Driver, person: ID<Person>? = nil) -> TaskQuery {
            var query = made(driver, document: document)
            (query.unit, query.person) = (unit, person)
            query.isNarrowedToMine = filter.isMine
            return query
        }
        let person = try filter.person.map { try people.find($0).person.id }
        if let parent = filter.parent { return narrowed(.parent(try find(parent).task.id), person: person) }
        if let person { return narrowed(.person(person)) }
        if let vacant { return narrowed(.vacant(vacant)) }
        if filter.isCoordinated {
            var query = narrowed(.scopes(scope.ownBranches, named: []))
            query.isCoordinatedScope = true
            return query
        }
        if filter.isMine {
            var query = made(.scopes(scope.ownBranches, named: scope.offices), document: document)
            query.unit = unit
            return query
        }
        if let document, unit == nil, !filter.isWaiting, filter.order != .updated || filter.which != .open,
            try hasFewTasks(document, filter)
        {
            return made(.document(document))
        }
        if let few = try few(filter, field) { return narrowed(.few(few)) }
        if let unit {
            let branches = try scope.branches(of: unit, filter.which, in: tx)
            guard let below = filter.below else { return made(.scopes(branches, named: []), document: document) }
            let only = try branch(of: unit, by: below, among: branches)
            return made(.scopes(only.map { [$0] } ?? [], named: []), document: document)
        }
        if viewer.isSystem { return made(.all, document: document) }
        return made(.scopes(scope.branches, named: scope.offices), document: document)
    }

    /// A tag or a field of a committee that only few tasks have, as a condition on `task t` that an index answers.
    private func few(_ filter: TaskFilter, _ field: TaskFieldChoice?) throws -> SQL? {
        if !filter.tag.isEmpty {
            let key = TextFold.fold(filter.tag)
            let tagged: SQL = "SELECT g.task_id FROM task_tag g WHERE g.tag_key = \(key)"
            if try isFew(tagged) { return "t.id IN (\(tagged))" }
        }
        if case .own(let own)? = field {
            let same: SQL = "SELECT t.id FROM task t WHERE t.field_id = \(own)"
            if try isFew(same) { return "t.field_id = \(own)" }
        }
        return nil
    }

    private func isFew(_ tasks: SQL) throws -> Bool {
        let row = try tx.first("SELECT COUNT(*) FROM (\(tasks) LIMIT \(TaskStore.fewTagged + 1)) n")
        return try row?.int(0) ?? 0 <= TaskStore.fewTagged
    }

    /// So many tasks of a tag or field are read and sorted.
    private static let fewTagged = 1_000

    private func hasFewTasks(_ document: ID<Document>, _ filter: TaskFilter) throws -> Bool {
        let row = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM task WHERE document_id = \(document)
            AND closed = \(filter.which.code) LIMIT \(TaskStore.fewTasks + 1)) n
            """)
        return try row?.int(0) ?? 0 <= TaskStore.fewTasks
    }

    func count(_ query: TaskQuery) throws -> Int { try tx.first(query.count(cap: countCap))?.int(0) ?? 0 }

    private func cursor(after row: TaskRow, _ filter: TaskFilter) -> Cursor {
        let place =
            switch filter.order {
            case .due: row.task.due.text
            case .updated: String(row.task.updatedAt.milliseconds)
            case .title: SortKey.vietnamese(row.task.title)
            case .unit: SortKey.vietnamese(row.leadUnit.name)
            }
        return Cursor([place, row.uid.text])
    }

    /// Nil for the first page. A cursor of another order is none of this list.
    private func position(_ cursor: Cursor?, _ filter: TaskFilter) throws -> TaskQuery.Position? {
        guard let cursor else { return nil }
        guard cursor.parts.count == TaskStore.cursorParts, let uid = UID(parsing: cursor.parts[1])
        else { throw AppError.malformed(Message("field.cursor")) }
        let place: SQLValue
        if filter.order == .updated {
            guard let moment = Int64(cursor.parts[0]) else { throw AppError.malformed(Message("field.cursor")) }
            place = .integer(moment)
        } else {
            place = .text(cursor.parts[0])
        }
        return TaskQuery.Position(place: place, id: try border(uid, filter))
    }

    /// A draft that was deleted since still marks its place: uids grow as ids do, so it lay right behind the task with
    /// the next smaller uid, which was shown before it where the list ascends and comes after it where it descends.
    private func border(_ uid: UID, _ filter: TaskFilter) throws -> Int64 {
        let row = try tx.first("SELECT id, uid FROM task WHERE uid <= \(uid) ORDER BY uid DESC LIMIT 1")
        guard let row else { return filter.isDescending ? 1 : 0 }
        let id = try row.int64(0)
        return try row.uid(1) != uid && filter.isDescending ? id &+ 1 : id
    }

    // MARK: - Events

    func record(
        _ verb: Event.Verb, _ task: TaskItem, before: [String: String] = [:], after: [String: String],
        replaced: [ID<Office>] = [], at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, task.subject, unit: unitOfEvents(task),
                before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
        try tell(of: verb, task.id, after, replaced: replaced, at: now)
    }

    /// The unit whose events tell of the task.
    func unitOfEvents(_ task: TaskItem) -> ID<OrgUnit> {
        task.workflow.state == .draft ? task.assigningUnit : task.leadUnit
    }

    /// What was done to the task, newest first.
    public func history(of row: TaskRow, page: PageRequest = .first) throws -> Page<EventRow> {
        try ActivityStore(tx: tx, viewer: viewer).history(of: row.task.subject, page: page)
    }

    /// Counts the change and refuses one that was made from an older state.
    func bump(_ row: TaskRow, seen: Int?, at now: Instant) throws {
        try Overtaken.check(seen, against: row.task.version, of: row.task.subject, "task.error.stale")
        try tx.run("UPDATE task SET version = version + 1, updated_at = \(now) WHERE id = \(row.task.id)")
    }
}

extension TaskQuery {
    /// Somebody without an office and without rights has nothing to list.
    var hasSources: Bool {
        if case .scopes(let branches, let named) = driver { return !branches.isEmpty || !named.isEmpty }
        return true
    }
}
