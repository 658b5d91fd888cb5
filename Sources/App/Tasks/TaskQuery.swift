import Storage

/// The statements behind every list of tasks: page, count and export share their conditions.
///
/// A list is driven by one table, chosen here and not by the planner: by the scopes of the viewer and by the tasks that
/// name their office, each ordered and limited by itself, or by the tasks of one person, of one document, of one task
/// that has parts, or of a rare tag or field. Aliases: `s` a row of a scope, `t` the task, `k` the keys of the page.
struct TaskQuery {
    let viewer: Viewer
    private(set) var filter: TaskFilter
    let today: Day
    let driver: Driver

    enum Driver {
        case scopes([TaskScope.Branch], named: [ID<Office>])
        case person(ID<Person>)
        case document(ID<Document>)
        case parent(ID<TaskItem>)
        /// Those whose office has ended, in a few units.
        case vacant(SQL)
        /// Few tasks that have something in common, such as a tag.
        case few(SQL)
        /// The system reads the tasks themselves.
        case all
    }

    /// Where a page begins: behind the task that the one before ended with.
    struct Position {
        let place: SQLValue
        let id: Int64
    }

    private var isDescending: Bool { filter.isDescending }
    private var direction: SQL { isDescending ? " DESC" : "" }
    private var place: SQL {
        switch filter.order {
        case .due: "t.due"
        case .updated: "t.updated_at"
        case .title: "t.title_key"
        case .unit: UnitLife.sortKey(today, of: "t.lead_unit_id")
        }
    }

    func page(after: Position?, limit: Int, known: SQL) -> SQL {
        """
        SELECT \(TaskRow.columns(today, viewer)) FROM (\(keys(after: after, limit: limit))) k JOIN task t ON t.id = k.id \
        \(TaskRow.joins(known)) ORDER BY k.place\(direction), k.id\(direction)
        """
    }

    /// How many there are does not depend on their order, and rows in the order of the deadline need no task.
    func count(cap: Int) -> SQL {
        var plain = self
        plain.filter.order = .due
        return plain.counting(cap)
    }

    /// Of one scope and some named tasks: those of the scope, and the named ones outside it, each looked up by itself: the
    /// limit keeps PostgreSQL from reading the whole scope for a few of them. Several scopes have tasks in common, which are
    /// found by comparing all of them.
    private func counting(_ cap: Int) -> SQL {
        guard case .scopes(let branches, let offices) = driver, branches.count == 1, let only = branches.first else {
            return "SELECT COUNT(*) FROM (SELECT id FROM (\(union(sources, cap))) m LIMIT \(cap + 1)) n"
        }
        let inside: SQL = "SELECT COUNT(*) FROM (SELECT 1 AS found FROM \(scope(only).from) LIMIT \(cap + 1)) a"
        let named = offices.flatMap(named)
        guard !named.isEmpty else { return inside }
        return """
            SELECT (\(inside)) + (SELECT COUNT(*) FROM (\(union(named, cap))) m WHERE NOT EXISTS (SELECT 1 FROM task_scope v \
            WHERE v.task_id = m.id AND v.scope_id = \(only.id) AND v.secrecy <= \(only.ceiling.rawValue)\(led) LIMIT 1 OFFSET 0))
            """
    }

    /// Of what is coordinated or assigned there the scope finds nothing.
    private var led: SQL { filter.isLed || filter.isMine ? " AND v.led = 1" : "" }

    private func union(_ sources: [Source], _ cap: Int) -> SQL {
        sources.map { source -> SQL in
            "SELECT * FROM (SELECT \(source.id) AS id FROM \(source.from) LIMIT \(cap + 1)) b"
        }
        .joined(" UNION ")
    }

    /// How many there are of each state, and how many of these are late: of so many more than `cap` that it shows.
    func tally(cap: Int) -> SQL {
        let branches = branches { source in
            """
            SELECT * FROM (SELECT \(source.id) AS id, \(source.state) AS state, \(source.late) AS late \
            FROM \(source.from) LIMIT \(cap + 1)) b
            """
        }
        return """
            SELECT state, late, COUNT(*) FROM (SELECT id, state, late FROM (\(branches.joined(" UNION "))) m \
            LIMIT \(cap + 1)) n GROUP BY state, late ORDER BY state, late
            """
    }

    /// `id` and `place` of a page.
    func keys(after: Position?, limit: Int) -> SQL {
        let branches = branches { source in
            """
            SELECT * FROM (SELECT \(source.id) AS id, \(source.place) AS place FROM \(source.from)\
            \(beyond(after, source)) ORDER BY \(source.place)\(direction), \(source.id)\(direction) LIMIT \(limit)) b
            """
        }
        return """
            SELECT id, place FROM (\(branches.joined(" UNION "))) m ORDER BY place\(direction), id\(direction) \
            LIMIT \(limit)
            """
    }

    /// One source of keys: `from` holds its conditions too.
    private struct Source {
        let id: SQL
        let place: SQL
        let from: SQL
        /// The number of the state, and 1 for what is late.
        let state: SQL
        let late: SQL
    }

    private func branches(_ body: (Source) -> SQL) -> [SQL] { sources.map(body) }

    private var sources: [Source] {
        let condition = TaskScope(viewer).condition()
        switch driver {
        case .all: return [tasks("1 = 1")]
        case .person(let person): return [tasks("t.responsible_id = \(person) AND \(condition)")]
        case .vacant(let which): return [tasks("\(which) AND \(condition)", closed: "t.closed + 0")]
        case .few(let which): return [tasks("\(which) AND \(condition)")]
        case .document(let document): return [tasks("t.document_id = \(document) AND \(condition)")]
        case .parent(let parent): return [tasks("t.parent_id = \(parent) AND \(condition)", closed: "t.closed + 0")]
        case .scopes(let branches, let offices): return branches.map(scope) + offices.flatMap(named)
        }
    }

    /// Whom a draft names does not know of it.
    private func named(_ office: ID<Office>) -> [Source] {
        guard filter.which != .draft else { return [] }
        return [
            tasks("t.performer_id = \(office)"), tasks("t.leader_id = \(office)"),
            tasks("t.authority_id = \(office)"),
        ]
    }

    /// `closed`: a sum where no index holds both, so that a few tasks are not looked for among all open ones.
    private func tasks(_ which: SQL, closed: SQL = "t.closed") -> Source {
        let waiting: SQL = "EXISTS (SELECT 1 FROM task_extension x WHERE x.task_id = t.id AND x.decision = '')"
        let conditions = [which, "\(closed) = \(filter.which.code)"] + ofTask + (filter.isWaiting ? [waiting] : [])
        return source("t.id", place, from: "task t WHERE \(conditions.joined(" AND "))")
    }

    /// Of the task itself.
    private func source(_ id: SQL, _ place: SQL, from: SQL) -> Source {
        Source(
            id: id, place: place, from: from, state: TaskMap.code("t"),
            late: late("t.due", running: TaskMap.running("t")))
    }

    private func late(_ due: SQL, running: SQL) -> SQL {
        "CASE WHEN \(due) < \(today) AND (\(running)) = 1 THEN 1 ELSE 0 END"
    }

    /// By last change the rows of open tasks lie in a table of their own; others, and all by title, are sorted within the
    /// scope.
    private func scope(_ branch: TaskScope.Branch) -> Source {
        let reached: SQL = "s.scope_id = \(branch.id) AND s.secrecy <= \(branch.ceiling.rawValue)"
        switch filter.order {
        case .updated where filter.which == .open:
            let conditions = [reached] + ofTask + flagged(branch)
            return source(
                "s.task_id", "s.updated_at",
                from: "task_recency s CROSS JOIN task t WHERE t.id = s.task_id AND \(conditions.joined(" AND "))")
        case .updated, .title, .unit:
            let conditions = [reached, "s.closed = \(filter.which.code)"] + ofTask + flags
            return source(
                "t.id", place,
                from: "task_scope s CROSS JOIN task t WHERE t.id = s.task_id AND \(conditions.joined(" AND "))")
        case .due:
            let conditions = [reached] + openOrClosed + ofScope
            let from: SQL =
                needsTask
                ? """
                task_scope s CROSS JOIN task t WHERE t.id = s.task_id \
                AND \((conditions + ofWords).joined(" AND "))
                """ : "task_scope s WHERE \(conditions.joined(" AND "))"
            return Source(
                id: "s.task_id", place: "s.due", from: from, state: "s.state",
                late: late("s.due", running: "s.running"))
        }
    }

    /// By last change the rows of the other table do not know it.
    private func flagged(_ branch: TaskScope.Branch) -> [SQL] {
        let conditions = flags.map { flag -> SQL in
            """
            EXISTS (SELECT 1 FROM task_scope s WHERE s.task_id = t.id AND s.scope_id = \(branch.id) AND \(flag))
            """
        }
        return conditions
    }

    private var needsTask: Bool { !ofWords.isEmpty }

    /// Said of a row of a scope, so that the index of those that wait for a word, of those that wait for another day, or
    /// of those that were done late leads to them: all of them are open, or closed, and the key must not seem to lead
    /// there as well.
    private var openOrClosed: [SQL] {
        if filter.which == .open, isCoordinatedScope || filter.schedule == .review { return [] }
        if filter.which == .closed, filter.schedule == .doneLate { return [] }
        guard filter.which == .open else { return ["s.closed = \(filter.which.code)"] }
        if filter.isWaiting { return [] }
        return filter.state.map(TaskQuery.awaiting.contains) ?? false ? ["s.state IN (4, 6, 7)"] : ["s.closed = 0"]
    }

    /// What only the task itself can say.
    private var ofWords: [SQL] {
        var all = TextFold.words(filter.text).map { word -> SQL in "t.title_fold LIKE \("%\(word)%") ESCAPE '\\'" }
        if let awaiting { all.append(awaiting) }
        if filter.isCoordinated, !isCoordinatedScope { all.append(coordinated) }
        if let window { all.append("t.start_on <= \(window.last)") }
        if let field { all.append(field.condition) }
        if let vacant { all.append(vacant) }
        all += schedule?.ofTask ?? []
        if let unit { all.append(below(unit)) }
        if isNarrowedToMine { all.append(mine) }
        if !filter.tag.isEmpty {
            all.append(
                "EXISTS (SELECT 1 FROM task_tag g WHERE g.task_id = t.id AND g.tag_key = \(TextFold.fold(filter.tag)))")
        }
        return all
    }

    /// What a row of a scope can say. The sum keeps SQLite from another index.
    private var ofScope: [SQL] {
        var all: [SQL] = []
        if let state = filter.state { all.append("s.state = \(state.code)") }
        if !filter.pillar.isEmpty { all.append("s.pillar = \(filter.pillar)") }
        all += days("s.due", running: "s.running") + (schedule?.review("s.review_on") ?? [])
        if let document { all.append("s.document_id + 0 = \(document)") }
        if filter.isKey { all.append("s.is_key = 1") }
        return all + flags
    }

    /// What only a row of a scope knows.
    private var flags: [SQL] {
        let waiting: [SQL] = filter.isWaiting ? ["s.waits = 1"] : []
        if isCoordinatedScope { return ["s.coordinates = 1"] + waiting }
        return (filter.isLed || filter.isMine ? ["s.led = 1"] : []) + waiting
    }

    private var ofTask: [SQL] {
        var all = ofWords
        if filter.isKey { all.append("t.is_key = 1") }
        if let state = filter.state { all.append("t.state = \(state.rawValue)") }
        if !filter.pillar.isEmpty { all.append("t.pillar = \(filter.pillar)") }
        all += days("t.due", running: TaskMap.running("t")) + (schedule?.review("t.review_on") ?? [])
        if let document { all.append("t.document_id = \(document)") }
        if let person { all.append("t.responsible_id = \(person)") }
        return all
    }

    private func days(_ due: SQL, running: SQL) -> [SQL] {
        var all = schedule?.days(due, running: running) ?? []
        if let window { all += ["\(due) >= \(window.first)", "\(due) < \(Day.never)"] }
        if let from = filter.dueFrom { all.append("\(due) >= \(from)") }
        if let to = filter.dueTo { all.append("\(due) <= \(to)") }
        if let period = filter.period { all += ["\(due) >= \(period.firstDay)", "\(due) <= \(period.lastDay)"] }
        return all
    }

    /// Set when only what awaits the viewer's word is asked for.
    var awaiting: SQL?
    /// Set when the calendar is asked.
    var schedule: TaskScheduleAsked?
    /// Set when the tasks of a document are read from the scopes, because they are many.
    var document: ID<Document>?
    /// Set when the tasks of offices that have ended are asked for, and something else drives the list.
    var vacant: SQL?
    /// Set when a field is asked for.
    var field: TaskFieldChoice?
    /// Set when the tasks of a person, the parts of a task, or the own tasks are asked for as far as they concern a unit or
    /// one below.
    var unit: ID<OrgUnit>?
    /// Set when the parts of a task are asked for as far as one person does them.
    var person: ID<Person>?
    /// Set when the tasks of a person or the parts of a task are asked for as far as they are of the office in use.
    var isNarrowedToMine = false
    /// Set when the scopes are those of the units that coordinate.
    var isCoordinatedScope = false
    /// Set when only what has a day and lies at least in part between two days is asked for.
    var window: (first: Day, last: Day)?

    private func beyond(_ after: Position?, _ source: Source) -> SQL {
        guard let after else { return "" }
        let sign: SQL = isDescending ? "<" : ">"
        return " AND (\(source.place), \(source.id)) \(sign) (\(after.place), \(after.id))"
    }
}
